import type { Clock } from '../clock.ts'
import type { CallRow, ModelCallsTable } from '../store/model-calls.ts'
import { type CallBook, costAtMost } from './call-book.ts'
import { lookUpGeneration, type PaidServer } from './generation.ts'

/** Between two looks; the last one repeats. */
const waitsMs = [2_000, 5_000, 15_000, 60_000, 300_000, 1_800_000]
/** About a day of HWLab running; then the full reservation stands. */
const looksMax = 50
/** No turn takes that long: whoever read the answer is gone. */
const forgottenAfterMs = 30 * 60_000
/** After trouble with the database. */
const restMs = 60_000

export interface ReconcilerDeps {
  clock: Clock
  calls: ModelCallsTable
  book: CallBook
  servers(): PaidServer[]
  fetch: typeof globalThis.fetch
  onSettled(queryId: string): void
  onError(error: unknown): void
}

export interface Reconciler {
  /** Something may have become unsure. */
  wake(): void
  close(): Promise<void>
}

/** Asks in the background what cut answers cost, also those of before a restart. Until it is known they count in full. */
export function openReconciler(deps: ReconcilerDeps): Reconciler {
  const { clock, calls, book } = deps
  const stop = new AbortController()
  let cancelTimer = () => {}
  let looking: Promise<void> | null = null

  function settle({ id, queryId }: CallRow, picoUsd: number, source: 'generation' | 'estimate'): void {
    book.settle(id, picoUsd, source)
    deps.onSettled(queryId)
  }
  async function lookAt(row: CallRow): Promise<void> {
    const { id, generationId, modelKey, looks } = row
    const nowMs = clock.nowMs()
    const server = deps.servers().find((one) => modelKey.startsWith(`${one.id}/`))
    const found =
      server && generationId
        ? await lookUpGeneration(server, generationId, { fetch: deps.fetch, signal: stop.signal })
        : { kind: 'not-yet' as const }
    if (stop.signal.aborted) return
    if (found.kind === 'cost') settle(row, found.picoUsd, 'generation')
    else if (looks >= looksMax) settle(row, costAtMost(row), 'estimate')
    else calls.lookLater(id, looks + 1, nowMs + (waitsMs[looks] ?? waitsMs.at(-1) ?? 0))
  }
  async function lookAround(): Promise<void> {
    for (const row of calls.open()) {
      if (stop.signal.aborted) return
      const nowMs = clock.nowMs()
      if (row.state === 'reserved') {
        if (nowMs - row.atMs > forgottenAfterMs) book.unsure(row.id)
      } else if ((row.lookAtMs ?? 0) <= nowMs) await lookAt(row)
    }
  }
  function schedule(atLeastMs = 0): void {
    cancelTimer()
    if (stop.signal.aborted) return
    const dueMs = calls
      .open()
      .map((row) => (row.state === 'unsure' ? (row.lookAtMs ?? 0) : row.atMs + forgottenAfterMs + 1))
    if (dueMs.length > 0)
      cancelTimer = clock.after(Math.max(atLeastMs, Math.min(...dueMs) - clock.nowMs()), run)
  }
  function run(): void {
    looking ??= lookAround()
      .then(() => 0)
      .catch((error: unknown) => {
        deps.onError(error)
        return restMs
      })
      .then((atLeastMs) => {
        looking = null
        schedule(atLeastMs)
      })
  }

  calls.interruptReserved()
  for (const row of calls.open()) if (row.state === 'reserved') book.unsure(row.id)
  schedule()
  return {
    wake() {
      if (!looking) schedule()
    },
    async close() {
      stop.abort()
      cancelTimer()
      await looking
    },
  }
}
