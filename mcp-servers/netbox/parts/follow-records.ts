import type { Approvals } from '../../approval/approvals.ts'
import { connectCableSchema } from '../cables/cable-intent.ts'
import { itemOf } from '../changes/recorded-item.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import { takeRecorded } from '../intake/take-recorded.ts'
import { addPhotosSchema } from '../notes/addition-intent.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { Settled } from '../outbox/operation.ts'
import { movePartSchema, type Shelf } from './move-intent.ts'

interface Deps {
  approvals: Approvals
  store: IntakeStore
  outbox: Outbox
}

/** A thing that went elsewhere is another record: HWLab's own item, and so its label, leads there from then on. */
export function followRecords({ approvals, store, outbox }: Deps): void {
  outbox.onSettled((settled) => {
    const moved = settled.outcome.kind === 'confirmed' ? movedThing(settled) : null
    const itemId = moved && itemOf(store, moved.tag)
    if (settled.outcome.kind !== 'confirmed' || !moved || itemId === null) return
    const { record } = settled.outcome
    const by = approvals.ofStep(settled.operationKey)?.decidedBy ?? 'operator'
    for (const attachmentId of moved.photos) store.photos.add(itemId, attachmentId)
    if (record) {
      const { kind, id, display: name, url } = record
      store.items.setRecord(itemId, { kind, id, name, url, confirmedAtMs: store.clock.nowMs() })
    }
    const values = moved.shelf
      ? { location: moved.shelf.location.join(' / ') }
      : record
        ? { location: '' }
        : {}
    takeRecorded({ store, audit: approvals.audit }, itemId, { values, record, who: `operator:${by}` })
  })
}

interface Moved {
  tag: string
  /** null: it is in use, or stayed where it was. */
  shelf: Shelf | null
  photos: string[]
}

function movedThing({ operation, intent }: Settled): Moved | null {
  switch (operation) {
    case 'move_part': {
      const { part, to } = movePartSchema.parse(intent)
      return { tag: part.tag, shelf: to.kind === 'shelf' ? to : null, photos: [] }
    }
    case 'connect_cable':
    case 'remove_cable': {
      const { loose } = connectCableSchema.parse(intent)
      return (
        loose && { tag: loose.part.tag, shelf: operation === 'remove_cable' ? loose.from : null, photos: [] }
      )
    }
    case 'add_photos': {
      const { target, photos } = addPhotosSchema.parse(intent)
      return { tag: target.assetTag, shelf: null, photos: photos.map(({ attachmentId }) => attachmentId) }
    }
    default:
      return null
  }
}
