import type { Weather } from './breaker.ts'
import type { QueueRow, Settled } from './operation.ts'
import { operationKinds } from './operation-kind.ts'
import { type OutboxDeps, OutboxWorker } from './outbox-worker.ts'
import { type PersonActions, personActions } from './person-actions.ts'
import { QueueView } from './queue-view.ts'
import { queueRow, statusWords } from './queue-words.ts'

export interface QueueStatus {
  target: string
  weather: Weather
  waiting: number
  needsHuman: number
  /** Of the oldest that waits; null: nothing does. */
  oldestAtMs: number | null
  /** When NetBox last answered in its own words; null: not since HWLab was started. */
  lastContactMs: number | null
  /** Until the queue is empty, at the pace of the last minutes; null: that cannot be said. */
  restMs: number | null
  /** Why the disk takes nothing now; null: it does. */
  diskWords: string | null
  /** "Everything is saved.", "2 waiting for NetBox", "NetBox is away; 3 waiting". */
  words: string
}

export interface Outbox extends PersonActions {
  /**
   * Puts the intent of one of `kinds/` on disk, inside the caller's transaction. Idempotent by `operationKey`; throws when
   * the key was used for something else, when the intent is not of that kind, and when the disk takes nothing.
   */
  enqueue(operationKey: string, kind: string, intent: unknown): void
  /**
   * Told once of every settlement, also after a restart, inside the transaction that marks it told: what the listener
   * writes to the same database is kept with the mark or not at all. `needs-human` may be followed by a later
   * `confirmed` or `cancelled` of the same key. Register before `start`.
   */
  onSettled(listener: (settled: Settled) => void): () => void
  /** What needs a person first, then what waits, then the newest settled ones; at most 100. */
  view(): QueueRow[]
  /** Settled ones, newest first, those from before `beforeId`. */
  history(beforeId: string | null, most: number): { rows: QueueRow[]; hasOlder: boolean }
  status(): QueueStatus
  /** Why an operation goes no further before a person does something; null: it goes on, has ended, or never was. */
  standsBecause(operationKey: string): string | null
  /** Asset tags to which something is on its way, or stands still in the queue. */
  openTags(): ReadonlySet<string>
  /** Asks NetBox now instead of at the next probe. */
  check(): Promise<Weather>
  start(): void
  /** Gives up what is under way (it is looked for at the next start) and waits until nothing runs. */
  stop(): Promise<void>
  onChange(listener: () => void): () => void
}

const mostViewed = 100

export function openOutbox(deps: OutboxDeps): Outbox {
  const worker = new OutboxWorker(deps)
  const view = new QueueView(deps.database, deps.kinds ?? operationKinds)
  return {
    ...personActions(worker),
    enqueue: (operationKey, kind, intent) => worker.enqueue(operationKey, kind, intent),
    onSettled: (listener) => worker.announcements.listen(listener),
    view() {
      const open = view.open(mostViewed).map((operation) => queueRow(operation, view.blockerOf(operation.id)))
      const settled = view.settled(null, mostViewed - open.length)
      return [...open, ...settled.map((operation) => queueRow(operation, null))]
    },
    history(beforeId, most) {
      const rows = view.settled(beforeId, most + 1).map((operation) => queueRow(operation, null))
      return { rows: rows.slice(0, most), hasOlder: rows.length > most }
    },
    status() {
      const { waiting, blocked, needsHuman, oldestAtMs } = view.counts()
      const weather = worker.breaker.weather()
      const diskWords = worker.diskWords()
      const isDraining = weather.kind === 'clear' && diskWords === null
      return {
        target: deps.inventory.describe(),
        weather,
        waiting,
        needsHuman,
        oldestAtMs,
        lastContactMs: worker.breaker.lastContactMs(),
        restMs: isDraining ? worker.pace.restMs(waiting - blocked, deps.clock.nowMs()) : null,
        diskWords,
        words: statusWords({ weather, diskWords, waiting, needsHuman }),
      }
    },
    standsBecause(operationKey) {
      const operation = view.filedAs(operationKey)
      if (operation === null) return null
      if (operation.state === 'needs_human' || operation.state === 'conflict') return operation.why
      const blocker = view.blockerOf(operation.id)
      return blocker?.kind === 'stuck' ? `It waits for ${blocker.tag}, which needs you.` : null
    },
    openTags: () => view.openTags(),
    check: () => worker.check(),
    start: () => worker.start(),
    stop: () => worker.stop(),
    onChange(listener) {
      worker.changeListeners.add(listener)
      return () => worker.changeListeners.delete(listener)
    },
  }
}
