import type { NetboxServer } from '../netbox/main.ts'
import type { QueueOperationCard } from '../netbox/queue-card.ts'
import type { Refusal } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

/** What a signed-in person may do about the queue as a whole. */
export function queueDesk({ queueActions }: NetboxServer) {
  return {
    async 'queue-retry-all'(_body: object, operator: string): Answer<{ words: string }> {
      const tried = queueActions.retryAll(operator)
      if (tried.kind === 'refused') return tried
      const words = tried.count === 1 ? 'One is tried again.' : `${tried.count} are tried again.`
      return { kind: 'ok', value: { words } }
    },
    async 'queue-check'(): Answer<{ words: string }> {
      return { kind: 'ok', value: { words: await queueActions.check() } }
    },
    async 'queue-history'({
      before,
    }: {
      before: string | null
    }): Answer<{ operations: QueueOperationCard[]; hasEarlier: boolean }> {
      return { kind: 'ok', value: queueActions.history(before) }
    },
    /** JSON text of everything that is not written yet. */
    exportedQueue: () => queueActions.exported(),
  }
}
