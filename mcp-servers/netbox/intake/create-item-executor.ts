import type { Approvals } from '../../approval/approvals.ts'
import type { StepExecutor } from '../../approval/change-request.ts'
import type { Inventory } from '../client/inventory.ts'
import { createItemSchema } from '../outbox/item-intent.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { SettledOutcome } from '../outbox/operation.ts'
import { checkDuplicates } from './duplicates.ts'
import { type DraftDeps, isAsPlanned, obstacleTo } from './record-draft.ts'
import { moveItem, serverItself } from './settle-gate.ts'

export interface ExecutorDeps extends DraftDeps {
  approvals: Approvals
  inventory: Inventory
  outbox: Outbox
  threshold: number
}

/** Carries out `netbox.create_item`: an approved record goes to the outbox under the id of its step. */
export function createItemExecutor(deps: ExecutorDeps): StepExecutor {
  const { store, outbox } = deps
  return {
    kind: 'netbox.create_item',
    async recheck(payload) {
      const planned = createItemSchema.parse(payload)
      const itemId = planned.item.hwlabId
      const objection = objectionTo(deps, planned)
      if (objection !== null) return { kind: 'stale', why: objection }
      const { duplicates } = await checkDuplicates(deps, itemId)
      const same = duplicates.find((duplicate) => duplicate.certain)
      return same ? { kind: 'stale', why: `${same.words} Nothing was written.` } : { kind: 'fresh' }
    },
    begin(stepId, payload) {
      const planned = createItemSchema.parse(payload)
      const item = store.items.find(planned.item.hwlabId)
      if (item?.operationKey !== stepId) {
        const objection = objectionTo(deps, planned)
        if (objection !== null) throw new Error(objection)
        store.items.set(planned.item.hwlabId, 'operation_key', stepId, store.clock.nowMs())
      }
      outbox.enqueue(stepId, 'create_item', planned)
    },
  }
}

function objectionTo(
  deps: ExecutorDeps,
  planned: { item: { hwlabId: string }; photos: unknown },
): string | null {
  const itemId = planned.item.hwlabId
  const item = deps.store.items.find(itemId)
  const obstacle = obstacleTo(item)
  if (obstacle !== null) return obstacle
  if (item?.state !== 'researched') return 'The item needs research again, so nothing was written.'
  return isAsPlanned(deps, itemId, planned)
    ? null
    : 'The item was changed after this was proposed. Check it and propose it again.'
}

/** What the outbox reports about an approved record. Idempotent: the same report twice changes nothing. */
export function settleOperation(
  deps: ExecutorDeps,
  settled: { operationKey: string; outcome: SettledOutcome },
): void {
  const { store, approvals } = deps
  const { operationKey, outcome } = settled
  const item = store.items.findByOperation(operationKey)
  if (!item) return
  store.database.transaction(() => {
    const nowMs = store.clock.nowMs()
    if (outcome.kind === 'confirmed') {
      const { record, words } = outcome
      if (record && moveItem({ ...deps, audit: approvals.audit }, item.id, 'written', serverItself))
        store.items.setRecord(item.id, {
          kind: record.kind,
          id: record.id,
          name: record.display,
          url: record.url,
          confirmedAtMs: nowMs,
        })
      approvals.finishStep(operationKey, { kind: 'done', words })
    } else if (outcome.kind === 'needs-human') {
      store.items.set(item.id, 'trouble', outcome.why, nowMs)
    } else if (item.state !== 'complete') {
      store.items.set(item.id, 'trouble', null, nowMs)
      store.items.set(item.id, 'operation_key', null, nowMs)
      approvals.finishStep(operationKey, {
        kind: 'failed',
        words: 'The record was not written: it was cancelled in the queue.',
      })
    }
  })()
  store.changed(item.id)
}
