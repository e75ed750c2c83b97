import type { Refusal } from '../../serving/tool.ts'
import type { Weather } from './breaker.ts'
import type { QueueRow, Settled } from './operation.ts'
import { type OutboxDeps, OutboxWorker } from './outbox-worker.ts'
import { countOpen, openTags, viewOperations } from './queue-view.ts'
import { queueRow, statusWords } from './queue-words.ts'

export interface QueueStatus {
  target: string
  weather: Weather
  waiting: number
  needsHuman: number
  /** "Everything is saved.", "2 waiting for NetBox", "NetBox is away; 3 waiting". */
  words: string
}

export interface Outbox {
  /**
   * Puts the intent of one of `kinds/` on disk, inside the caller's transaction. Idempotent by `operationKey`; throws when
   * the key was used for something else, and when the intent is not of that kind.
   */
  enqueue(operationKey: string, kind: string, intent: unknown): void
  /**
   * Told once of every settlement, also after a restart, inside the transaction that marks it told: what the listener
   * writes to the same database is kept with the mark or not at all. `needs-human` may be followed by a later
   * `confirmed` or `cancelled` of the same key. Register before `start`.
   */
  onSettled(listener: (settled: Settled) => void): () => void
  /** Open operations first, then the newest settled ones; at most 100. */
  view(): QueueRow[]
  status(): QueueStatus
  /** Asset tags to which something is on its way, or stands still in the queue. */
  openTags(): ReadonlySet<string>
  retry(id: string): { kind: 'done' } | Refusal
  cancel(id: string): { kind: 'done' } | Refusal
  /** After a conflict: what counts, field by field; where nothing is said, what NetBox has. */
  choose(id: string, choices: Record<string, 'mine' | 'netbox'>): { kind: 'done' } | Refusal
  /** Asks NetBox now instead of at the next probe. */
  check(): Promise<Weather>
  start(): void
  /** Gives up what is under way (it is looked for at the next start) and waits until nothing runs. */
  stop(): Promise<void>
  onChange(listener: () => void): () => void
}

export function openOutbox(deps: OutboxDeps): Outbox {
  const worker = new OutboxWorker(deps)
  return {
    enqueue: (operationKey, kind, intent) => worker.enqueue(operationKey, kind, intent),
    onSettled(listener) {
      worker.settledListeners.add(listener)
      return () => worker.settledListeners.delete(listener)
    },
    view: () => viewOperations(deps.database, 100).map(queueRow),
    status() {
      const counts = countOpen(deps.database)
      const weather = worker.breaker.weather()
      return { target: deps.inventory.describe(), weather, ...counts, words: statusWords(weather, counts) }
    },
    openTags: () => openTags(deps.database),
    retry: (id) => worker.retry(id),
    cancel: (id) => worker.cancel(id),
    choose: (id, choices) => worker.choose(id, choices),
    check: () => worker.check(),
    start: () => worker.start(),
    stop: () => worker.stop(),
    onChange(listener) {
      worker.changeListeners.add(listener)
      return () => worker.changeListeners.delete(listener)
    },
  }
}
