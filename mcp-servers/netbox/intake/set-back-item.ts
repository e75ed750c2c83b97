import type { Approvals } from '../../approval/approvals.ts'
import { confirmedAsShown } from './confirm-as-shown.ts'
import type { IntakeStore } from './intake-store.ts'
import type { Item } from './items-table.ts'
import { noSuchItem } from './record-draft.ts'
import { type Mover, moveItem } from './settle-gate.ts'

export interface SetBackDeps {
  store: IntakeStore
  approvals: Approvals
  threshold: number
}

/** Why the item cannot go back to draft now; null when it can. */
export function obstacleToSetBack(item: Item | null): string | null {
  if (!item) return noSuchItem
  if (item.discardedAtMs !== null) return 'This draft was put aside.'
  if (item.state === 'draft') return 'It is being read already.'
  if (item.operationKey !== null && item.state !== 'complete')
    return 'It is being written to the inventory. Wait until that has ended.'
  return null
}

/** Its record is still in the inventory from before it was set back. */
export function isRecordedBefore({ database }: IntakeStore, itemId: string): boolean {
  return (
    database.prepare('select 1 from set_backs where item_id = ? and was_recorded = 1 limit 1').get(itemId) !==
    undefined
  )
}

/**
 * Back to draft, inside the caller's transaction. Its record stays as it is in NetBox. With `readAgain` its photos are read
 * anew, and what was read, said by a model or confirmed as it was shown is dropped; what a person typed stays.
 */
export function setBackItem(
  { store, approvals, threshold }: SetBackDeps,
  item: Item,
  how: { readAgain: boolean; why: string; mover: Mover },
): void {
  const { readAgain, why, mover } = how
  const nowMs = store.clock.nowMs()
  const open = approvals.latestForItem(item.id)
  if (open?.state === 'proposed') approvals.cancel(open.id, why, mover.who)
  if (!moveItem({ store, audit: approvals.audit, threshold }, item.id, 'set-back', mover))
    throw new Error(`item ${item.id} could not be set back from ${item.state}`)
  store.items.set(item.id, 'operation_key', null, nowMs)
  store.items.set(item.id, 'trouble', null, nowMs)
  store.items.clearRecord(item.id)
  if (!readAgain) return
  for (const { attachmentId } of store.photos.of(item.id)) {
    store.readings.remove(attachmentId)
    store.photos.markUnread(item.id, attachmentId)
  }
  store.evidence.removeSaid(item.id)
  store.evidence.removeOperatorQuote(item.id, confirmedAsShown)
}
