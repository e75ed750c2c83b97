import type { Approvals } from '../../approval/approvals.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { placeText, readRecord } from '../changes/read-record.ts'
import type { Failure } from '../client/failure.ts'
import type { Inventory } from '../client/inventory.ts'
import type { RecordKind, RecordSeen } from '../client/record-seen.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import { fieldsOf, recordedValue } from '../intake/item-fields.ts'
import type { SetBack } from '../intake/set-back.ts'
import { placePath } from '../parts/place-path.ts'
import { fieldDrifts } from './managed-fields.ts'
import type { RecordsTable, Watched } from './records-table.ts'
import type { Finding, FindingAction } from './report.ts'
import { type PlacePaths, restorePlan } from './restore-plan.ts'
import type { StrangersTable } from './strangers-table.ts'
import { takeIntoItem } from './take-netbox.ts'

interface Deps {
  database: LabDatabase
  approvals: Approvals
  store: IntakeStore
  inventory: Inventory
  readOnly: boolean
  setBack: Pick<SetBack, 'recordAgain' | 'putAside'>
  records: RecordsTable
  strangers: StrangersTable
  findings(): Finding[]
  changed(): void
}

export type Filed = { kind: 'filed'; changeId: string } | Refusal

/** What a signed-in person does about a finding. Only `restore` and `recordAgain` lead to a write, after a decision. */
export interface FindingActions {
  /** HWLab's item and what HWLab last saw take what NetBox says. Nothing is written to NetBox. */
  take(findingId: string, operator: string): { kind: 'taken'; words: string } | Refusal
  /** Asks for a change that puts back what HWLab recorded. */
  restore(findingId: string, operator: string): Promise<Filed>
  /** For a record that is gone: asks for it to be made again, with its tag. */
  recordAgain(findingId: string, operator: string): Promise<Filed>
  /** HWLab does not watch it any more; the item of a record that is gone is put aside. */
  forget(findingId: string, operator: string): { kind: 'forgotten' } | Refusal
}

const settled = 'This was settled meanwhile. Look at the list again.'

export function openFindingActions(deps: Deps): FindingActions {
  const { database, approvals, store, records, strangers } = deps

  /** The record behind a finding that is still open and allows this. */
  function watchedFor(findingId: string, action: FindingAction): Watched | null {
    const finding = deps.findings().find(({ id }) => id === findingId)
    const id = /^record:(\d+)$/.exec(findingId)?.[1]
    return finding?.actions.includes(action) && id !== undefined ? records.get(Number(id)) : null
  }

  function ended(what: string, about: string, operator: string): void {
    approvals.audit.append({
      who: `operator:${operator}`,
      channel: 'chat-card',
      what,
      about,
      details: {},
    })
    deps.changed()
  }

  return {
    take(findingId, operator) {
      const watched = watchedFor(findingId, 'take')
      if (!watched?.now) return refused(settled)
      const { id, seen, now, hwlabId } = watched
      // The tag is on the thing itself, and the id is HWLab's own: neither is NetBox's to say.
      const kept = { ...now, assetTag: seen.assetTag, hwlabId: seen.hwlabId }
      const fields = fieldDrifts(seen, kept)
      if (fields.length === 0)
        return refused(
          `${seen.assetTag ?? 'This record'} keeps its tag: it is on the thing. Restore it, or change it in NetBox.`,
        )
      database.transaction(() => {
        records.accept(id, kept)
        const about = { itemId: hwlabId, recordId: `${now.kind} ${now.id}`, fields, now }
        takeIntoItem({ store, audit: approvals.audit }, about, operator)
      })()
      if (hwlabId !== null) store.changed(hwlabId)
      deps.changed()
      const labels = fields.map(({ label }) => label.toLowerCase()).join(', ')
      return { kind: 'taken', words: `NetBox’s ${labels} taken.` }
    },
    async restore(findingId, operator) {
      if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be restored.')
      const watched = watchedFor(findingId, 'restore')
      if (!watched?.now) return refused(settled)
      const place = await placesOf(deps, watched, watched.now)
      if (place.kind === 'failed') return refused(place.why)
      const planned = restorePlan(watched.seen, watched.now, { target: deps.inventory.describe(), place })
      if (planned.kind === 'refused') return planned
      const filed = approvals.fileIfRoom(planned.plan, {
        server: 'netbox',
        tool: 'restore_record',
        requester: `operator:${operator}`,
        callKey: findingId,
      })
      return filed.kind === 'filed' ? { kind: 'filed', changeId: filed.change.id } : filed
    },
    async recordAgain(findingId, operator) {
      if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be recorded.')
      const watched = watchedFor(findingId, 'record-again')
      if (!watched) return refused(settled)
      const item = watched.hwlabId === null ? null : store.items.find(watched.hwlabId)
      if (!item)
        return refused(
          'HWLab has no item for this record. Take the thing in again with a photo of it; its tag stays free for it.',
        )
      return deps.setBack.recordAgain(item.id, operator)
    },
    forget(findingId, operator) {
      const stranger = /^stranger:(device|module|asset|cable):(\d+)$/.exec(findingId)
      if (stranger) {
        strangers.dismiss(kindOf(stranger[1]), Number(stranger[2]))
        ended('foreign record dismissed', findingId, operator)
        return { kind: 'forgotten' }
      }
      const watched = watchedFor(findingId, 'forget')
      if (!watched) return refused(settled)
      const { id, hwlabId, tag } = watched
      database.transaction(() => {
        records.forget(id)
        if (hwlabId !== null) deps.setBack.putAside(hwlabId, operator)
        ended('record forgotten', tag ?? findingId, operator)
      })()
      return { kind: 'forgotten' }
    },
  }
}

/**
 * A record names only the innermost of its locations. Where it is now is read; where it was stands in the item, if the item
 * says a place that ends there.
 */
async function placesOf(
  { inventory, store }: Deps,
  { seen, hwlabId }: Watched,
  now: RecordSeen,
): Promise<PlacePaths | Failure> {
  if (seen.location === now.location) return { kind: 'paths', before: null, now: null }
  const live = await readRecord(inventory.rest, now)
  if (live.kind === 'failed') return live
  const path = hwlabId === null ? null : recordedValue(fieldsOf(store.evidence.of(hwlabId)), 'location')
  const names = path === null ? [] : placePath(path)
  const before = names.at(-1) === seen.location ? placeText(names) : null
  return { kind: 'paths', before, now: placeText(live.row.place) }
}

function kindOf(text: string | undefined): RecordKind {
  return recordKinds.find((kind) => kind === text) ?? 'device'
}

const recordKinds = ['device', 'module', 'asset', 'cable'] as const
