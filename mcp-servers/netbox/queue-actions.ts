import type { Audit } from '../approval/audit.ts'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import type { Refusal } from '../serving/tool.ts'
import { exportQueue } from './outbox/export-queue.ts'
import type { Outbox } from './outbox/open-outbox.ts'
import { operationCard, type QueueOperationCard } from './queue-card.ts'

/** For the operator's desk: what a person does about the queue as a whole. */
export interface QueueActions {
  retryAll(operator: string): { kind: 'done'; count: number } | Refusal
  /** Asks the inventory now; the queue in one line afterwards. */
  check(): Promise<string>
  history(beforeId: string | null): { operations: QueueOperationCard[]; hasEarlier: boolean }
  /** JSON text of everything that is not written yet. */
  exported(): string
}

const perPage = 25

export function openQueueActions(deps: {
  outbox: Outbox
  database: LabDatabase
  clock: Clock
  audit: Audit
  canUndo(operationId: string): boolean
}): QueueActions {
  const { outbox, database, clock, audit, canUndo } = deps
  return {
    retryAll(operator) {
      const tried = outbox.retryAll()
      if (tried.kind === 'done')
        audit.append({
          who: `operator:${operator}`,
          channel: 'chat-card',
          what: 'queue retry all',
          about: 'queue',
          details: { count: tried.count },
        })
      return tried
    },
    async check() {
      await outbox.check()
      return outbox.status().words
    },
    history(beforeId) {
      const { rows, hasOlder } = outbox.history(beforeId, perPage)
      return { operations: rows.map((row) => operationCard(row, canUndo)), hasEarlier: hasOlder }
    },
    exported: () => `${JSON.stringify(exportQueue(database, clock.nowMs()), null, 2)}\n`,
  }
}
