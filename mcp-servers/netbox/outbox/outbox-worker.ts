import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Failure } from '../client/failure.ts'
import type { Inventory } from '../client/inventory.ts'
import { localUrl } from '../client/open-inventory.ts'
import { Breaker, type Weather } from './breaker.ts'
import { Insertion } from './insert-operation.ts'
import type { Settled, SettledOutcome } from './operation.ts'
import type { Attempt, Workbench } from './operation-kind.ts'
import type { Operation } from './operation-row.ts'
import { Operations } from './operations.ts'
import { openReferences } from './references.ts'

export interface OutboxDeps {
  database: LabDatabase
  clock: Clock
  inventory: Inventory
  photoBytes(attachmentId: string): Promise<Uint8Array>
  random?: () => number
  /** Told of a bug that ended an attempt; the operation then needs a person. */
  report?: (error: unknown) => void
}

const inParallel = 3
const mostAttempts = 10
const mostDependencyAttempts = 3
const firstRetryMs = 4_000
const longestRetryMs = 60_000

/** Takes due operations, a few at a time, attempts them, and writes down what came of it. */
export class OutboxWorker {
  readonly operations: Operations
  readonly #insertion: Insertion
  readonly breaker: Breaker
  readonly settledListeners = new Set<(settled: Settled) => void>()
  readonly changeListeners = new Set<() => void>()
  readonly #deps: OutboxDeps
  readonly #random: () => number
  readonly #references: ReturnType<typeof openReferences>
  readonly #active = new Map<string, Promise<void>>()
  /** NetBox's ids of what an attempt that is not over has created. */
  readonly #placed = new Map<string, number>()
  #running = false
  #stopping = new AbortController()
  #cancelTimer: (() => void) | null = null

  constructor(deps: OutboxDeps) {
    this.#deps = deps
    this.#random = deps.random ?? Math.random
    this.operations = new Operations(deps.database, () => deps.clock.nowMs())
    this.#insertion = new Insertion(deps.database, () => deps.clock.nowMs())
    this.#references = openReferences(deps.inventory.rest)
    this.breaker = new Breaker({
      clock: deps.clock,
      probe: () => deps.inventory.probe(),
      random: this.#random,
      onChange: (weather) => this.#weatherChanged(weather),
    })
  }

  enqueue(operationKey: string, kind: string, intent: unknown): void {
    if (this.#insertion.insert(operationKey, kind, intent) === 'new') this.#wake()
  }

  retry(id: string): { kind: 'done' } | Refusal {
    if (!this.operations.retry(id)) return refused('This is not waiting for a retry.')
    if (this.breaker.weather().kind !== 'clear') this.check()
    this.#wake()
    return { kind: 'done' }
  }

  choose(id: string, choices: Record<string, 'mine' | 'netbox'>): { kind: 'done' } | Refusal {
    const operation = this.operations.get(id)
    if (operation?.state !== 'conflict') return refused('There is nothing to choose here any more.')
    const unknown = Object.keys(choices).find(
      (name) => !operation.conflict.some(({ field }) => field === name),
    )
    if (unknown !== undefined) return refused('This is another conflict than the one shown. Look again.')
    const intent = operation.kind.settle?.(operation.intent, operation.conflict, choices) ?? null
    if (intent === null) return this.cancel(id)
    if (!this.operations.settleConflict(id, intent))
      return refused('There is nothing to choose here any more.')
    this.#wake()
    return { kind: 'done' }
  }

  cancel(id: string): { kind: 'done' } | Refusal {
    if (!this.operations.cancel(id))
      return refused('This cannot be cancelled: it is being written, or it is done.')
    this.#announce()
    this.#wake()
    return { kind: 'done' }
  }

  check(): Promise<Weather> {
    return this.breaker.check()
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#stopping = new AbortController()
    this.operations.doubtInFlight()
    this.#announce()
    this.#pump()
  }

  async stop(): Promise<void> {
    this.#running = false
    this.#cancelTimer?.()
    this.breaker.close()
    this.#stopping.abort()
    await Promise.all(this.#active.values())
  }

  #weatherChanged(weather: Weather): void {
    if (weather.kind === 'clear') this.#references.forget()
    this.#changed()
    this.#pump()
  }

  #changed(): void {
    for (const listener of this.changeListeners) listener()
  }

  /** After the caller's transaction, which is synchronous. */
  #wake(): void {
    queueMicrotask(() => {
      if (!this.#running) return
      this.#changed()
      this.#pump()
    })
  }

  /** `finish`: what is to be written down before, in the same commit as what is taken up next. */
  #pump(finish: () => void = () => undefined): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    const taken: Operation[] = []
    this.#deps.database.transaction(() => {
      finish()
      if (!this.#running || this.breaker.weather().kind !== 'clear') return
      while (this.#active.size + taken.length < inParallel) {
        const operation = this.operations.nextDue()
        if (!operation || !this.operations.begin(operation.id)) break
        taken.push(operation)
      }
    })()
    for (const operation of taken) this.#active.set(operation.id, this.#run(operation))
    if (!this.#running || this.breaker.weather().kind !== 'clear') return
    if (this.#active.size < inParallel)
      for (const operation of this.operations.sweepable(inParallel - this.#active.size))
        if (!this.#active.has(operation.id)) this.#active.set(operation.id, this.#sweep(operation))
    this.#pumpWhenDue()
  }

  #pumpWhenDue(): void {
    const times = [this.operations.nextDueAtMs(), this.operations.nextSweepAtMs()].filter((at) => at !== null)
    if (this.#active.size >= inParallel || times.length === 0) return
    const delayMs = Math.max(Math.min(...times) - this.#deps.clock.nowMs(), 1)
    this.#cancelTimer = this.#deps.clock.after(delayMs, () => this.#pump())
  }

  #workbench(): Workbench {
    return {
      rest: this.#deps.inventory.rest,
      references: this.#references,
      photoBytes: this.#deps.photoBytes,
      noteRecord: (id, recordId) => this.#placed.set(id, recordId),
      sentBefore: (operation) => this.operations.sentBefore(operation),
      signal: this.#stopping.signal,
    }
  }

  async #run(operation: Operation): Promise<void> {
    this.#changed()
    const attempt = await this.#attempt(operation)
    if (attempt.kind === 'failed') await this.#putOff(operation, attempt)
    this.#active.delete(operation.id)
    this.#placed.delete(operation.id)
    let bug: unknown = null
    this.#pump(() => {
      if (attempt.kind === 'confirmed') {
        const { record } = attempt
        const seen = record && { ...record, url: localUrl(record.url) }
        this.operations.confirm(operation.id, { ...attempt, record: seen })
      } else if (attempt.kind === 'conflict') {
        this.operations.conflict(operation.id, attempt.why, attempt.fields)
      } else if (attempt.kind === 'needs-human') this.operations.needHuman(operation.id, attempt.why)
      try {
        this.#announce()
      } catch (error) {
        // The outcome stays on disk, untold; a listener that fails is a bug and ends the process.
        bug = error
      }
    })
    if (bug !== null) throw bug
    this.#changed()
  }

  async #attempt(operation: Operation): Promise<Attempt> {
    try {
      return await operation.kind.attempt(this.#workbench(), operation)
    } catch (error) {
      this.#deps.report?.(error)
      return { kind: 'needs-human', why: 'HWLab failed on this item. Look at the log, then retry.' }
    }
  }

  async #putOff(operation: Operation, failure: Failure): Promise<void> {
    const recordId = this.#placed.get(operation.id) ?? operation.recordId
    const untouched = { notBeforeMs: 0, counted: false, why: failure.why, recordId }
    switch (failure.cause) {
      case 'stopped':
        this.operations.wait(operation.id, untouched)
        return
      case 'throttled':
        this.breaker.pause(failure.retryAfterMs ?? 10_000, failure.why)
        this.operations.wait(operation.id, untouched)
        return
      case 'offline':
      case 'auth':
      case 'base-url': {
        // If NetBox itself is well, the trouble is this operation's own and must not stop the others.
        const weather = await this.breaker.check()
        if (weather.kind === 'clear') this.#again(operation, failure, mostAttempts)
        else this.operations.wait(operation.id, { ...untouched, why: weather.why })
        return
      }
      case 'dependency':
        this.#references.forget()
        this.#again(operation, failure, mostDependencyAttempts)
        return
      case 'doubt':
      case 'exists':
      case 'race':
      case 'stale':
        this.#again(operation, failure, mostAttempts)
        return
      case 'denied':
      case 'invalid':
      case 'gone':
        this.operations.needHuman(operation.id, failure.why)
    }
  }

  /** Later, with a look before anything is sent: the server may still be at work on what was given up. */
  #again(operation: Operation, failure: Failure, most: number): void {
    const attempts = operation.attempts + 1
    if (attempts >= most) {
      const why = `Tried ${attempts} times. ${failure.why} Look at NetBox, then retry.`
      this.operations.needHuman(operation.id, why)
      return
    }
    const fullMs = Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs)
    const notBeforeMs = Math.ceil(this.#deps.clock.nowMs() + fullMs / 2 + this.#random() * (fullMs / 2))
    const recordId = this.#placed.get(operation.id) ?? operation.recordId
    this.operations.wait(operation.id, { notBeforeMs, counted: true, why: failure.why, recordId })
  }

  async #sweep(operation: Operation): Promise<void> {
    try {
      const swept = (await operation.kind.sweep?.(this.#workbench(), operation)) ?? { kind: 'right' }
      if (swept.kind === 'right') this.operations.swept(operation.id)
      else this.operations.sweepLater(operation.id)
      if (swept.kind === 'failed' && swept.cause === 'offline') await this.breaker.check()
    } catch (error) {
      this.#deps.report?.(error)
      this.operations.swept(operation.id)
    }
    this.#active.delete(operation.id)
    this.#pump()
  }

  /** Told and marked as told in one transaction. */
  #announce(): void {
    if (this.settledListeners.size === 0) return
    for (const { operation, settledBy } of this.operations.unannounced())
      this.#deps.database.transaction(() => {
        this.operations.announced(operation.id)
        const { id, operationKey, kind, intent } = operation
        const outcome = outcomeOf(settledBy)
        for (const listener of this.settledListeners)
          listener({ id, operationKey, operation: kind.kind, intent, outcome })
      })()
  }
}

function outcomeOf(settled: Operation): SettledOutcome {
  if (settled.state === 'confirmed')
    return { kind: 'confirmed', record: settled.record, words: settled.words ?? 'Written and read back.' }
  if (settled.state === 'cancelled') return { kind: 'cancelled' }
  return { kind: 'needs-human', why: settled.why ?? 'Look at the record in NetBox.' }
}
