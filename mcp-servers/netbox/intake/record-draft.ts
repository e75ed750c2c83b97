import { canonicalJson } from '../../approval/digest.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import type { CreateItem, DesiredItem } from '../outbox/item-intent.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { allocateTag, areTagsInDoubt, claimTag, tagOfItem } from '../tags/tags.ts'
import { desiredItem } from './desired-item.ts'
import { isProven } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import type { ScoredField } from './item.ts'
import { fieldNamed, fieldsOf, recordedValue } from './item-fields.ts'
import type { Item } from './items-table.ts'

export interface DraftDeps {
  store: IntakeStore
  attachments: Attachments
  catalogue: Catalogue
  site: { name: string; slug: string }
}

/** The record that an item would become as it stands now. */
export type RecordDraft =
  | {
      kind: 'drafted'
      item: Item
      tag: string
      fields: ScoredField[]
      desired: DesiredItem
      entry: CatalogueEntry | null
      photos: CreateItem['photos']
    }
  | { kind: 'refused'; why: string }

/** Writes only the tag, the first time; call it inside the transaction that needs the tag. */
export function draftRecord(deps: DraftDeps, itemId: string): RecordDraft {
  const { store } = deps
  const item = store.items.find(itemId)
  const obstacle = obstacleTo(item)
  if (!item || obstacle !== null) return { kind: 'refused', why: obstacle ?? noSuchItem }
  const fields = fieldsOf(store.evidence.of(itemId))
  const tag = takeTag(store, itemId, fields)
  if (tag.kind === 'refused') return tag
  const wanted = desiredItem(deps.catalogue, { item, tag: tag.tag, fields, site: deps.site })
  if (wanted.kind === 'refused') return wanted
  const photos = store.photos.of(itemId).flatMap(({ attachmentId }) => {
    const attachment = deps.attachments.find(attachmentId)
    return attachment ? [{ attachmentId, sha256: attachment.sha256 }] : []
  })
  return { kind: 'drafted', item, tag: tag.tag, fields, desired: wanted.item, entry: wanted.entry, photos }
}

export const noSuchItem = 'There is no such item here. Ask for the list of items, or start an intake.'

/** Why the item cannot be changed or proposed now; null when it can. */
export function obstacleTo(item: Item | null): string | null {
  if (!item) return noSuchItem
  if (item.discardedAtMs !== null) return 'This draft was put aside. Start a new intake with its photo.'
  if (item.state === 'complete')
    return `It is in the inventory already: ${item.record?.url ?? item.id}. Change it there.`
  if (item.operationKey !== null) return 'It is being written to the inventory. Wait until that has ended.'
  return null
}

/** A tag that was read on the thing and is proven is claimed; else the next free one is its own for ever. */
function takeTag(
  { database }: IntakeStore,
  itemId: string,
  fields: ScoredField[],
): { kind: 'claimed'; tag: string } | { kind: 'refused'; why: string } {
  const own = tagOfItem(database, itemId)
  if (own !== null) return { kind: 'claimed', tag: own }
  const read = recordedValue(fields, 'asset_tag')
  const isClaim = read !== null && tagNumber(read) !== null && isProven(fieldNamed(fields, 'asset_tag'))
  if (isClaim) return claimTag(database, itemId, read)
  if (areTagsInDoubt(database)) return { kind: 'refused', why: doubtWords }
  return { kind: 'claimed', tag: allocateTag(database, itemId) }
}

const doubtWords =
  'HWLab was restored from a backup, and the inventory does not say which tags were given since. Propose this again when the inventory answers.'

/** Record and photos are the same; the journal's words about evidence may differ. */
export function isAsPlanned(
  deps: DraftDeps,
  itemId: string,
  planned: { item: unknown; photos: unknown },
): boolean {
  const draft = draftRecord(deps, itemId)
  return (
    draft.kind === 'drafted' &&
    canonicalJson({ item: draft.desired, photos: draft.photos }) ===
      canonicalJson({ item: planned.item, photos: planned.photos })
  )
}
