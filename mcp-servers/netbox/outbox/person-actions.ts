import { type Refusal, refused } from '../../serving/tool.ts'
import type { OutboxWorker } from './outbox-worker.ts'

type Done = { kind: 'done' } | Refusal

/** What a person does with what stands in the queue. */
export interface PersonActions {
  retry(id: string): Done
  /** Everything that needs a person, for instance after a right was granted in NetBox; conflicts stay. */
  retryAll(): { kind: 'done'; count: number } | Refusal
  cancel(id: string): Done
  /** After a conflict: what counts, field by field; where nothing is said, what NetBox has. */
  choose(id: string, choices: Record<string, 'mine' | 'netbox'>): Done
}

export function personActions(worker: OutboxWorker): PersonActions {
  const { operations } = worker

  function cancel(id: string): Done {
    if (!operations.cancel(id))
      return refused('This cannot be cancelled: it is being written, or it is done.')
    worker.settled()
    return { kind: 'done' }
  }

  return {
    retry(id) {
      if (!operations.retry(id)) return refused('This is not waiting for a retry.')
      worker.tryAgain()
      return { kind: 'done' }
    },
    retryAll() {
      const count = operations.retryAll()
      if (count === 0) return refused('Nothing here needs another try.')
      worker.tryAgain()
      return { kind: 'done', count }
    },
    cancel,
    choose(id, choices) {
      const operation = operations.get(id)
      if (operation?.state !== 'conflict') return refused('There is nothing to choose here any more.')
      const unknown = Object.keys(choices).find(
        (name) => !operation.conflict.some(({ field }) => field === name),
      )
      if (unknown !== undefined) return refused('This is another conflict than the one shown. Look again.')
      const intent = operation.kind.settle?.(operation.intent, operation.conflict, choices) ?? null
      if (intent === null) return cancel(id)
      if (!operations.settleConflict(id, intent)) return refused('There is nothing to choose here any more.')
      worker.wake()
      return { kind: 'done' }
    },
  }
}
