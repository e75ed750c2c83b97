import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { diskTrouble } from '../../serving/disk-trouble.ts'
import type { Failure } from '../client/failure.ts'
import type { Inventory } from '../client/inventory.ts'
import { localUrl } from '../client/open-inventory.ts'
import { Announcements } from './announcements.ts'
import { Breaker, type Weather } from './breaker.ts'
import { Insertion } from './insert-operation.ts'
import { type Attempt, type OperationKinds, operationKinds, type Workbench } from './operation-kind.ts'
import type { Operation } from './operation-row.ts'
import { Operations, sweepAfterMs } from './operations.ts'
import { Pace } from './pace.ts'
import { openReferences } from './references.ts'
import { afterFailure, again, answered } from './retry-rules.ts'

export interface OutboxDeps {
  database: LabDatabase
  clock: Clock
  inventory: Inventory
  photoBytes(attachmentId: string): Promise<Uint8Array>
  random?: () => number
  /** Told of a bug that ended an attempt (the operation then needs a person), and of a disk that takes nothing. */
  report?: (error: unknown) => void
  /** Instead of those in `kinds/`. */
  kinds?: OperationKinds
}

const inParallel = 3
const diskRetryMs = 5_000

/** Takes due operations, a few at a time, attempts them, and writes down what came of it. */
export class OutboxWorker {
  readonly operations: Operations
  readonly announcements: Announcements
  readonly breaker: Breaker
  readonly pace = new Pace()
  readonly changeListeners = new Set<() => void>()
  readonly #insertion: Insertion
  readonly #deps: OutboxDeps
  readonly #random: () => number
  readonly #references: ReturnType<typeof openReferences>
  readonly #active = new Map<string, Promise<void>>()
  /** NetBox's ids of what an attempt that is not over has created. */
  readonly #placed = new Map<string, number>()
  /** Confirmed too lately to look for twins, by a clock that nobody sets. */
  readonly #unripe = new Set<string>()
  /** What came of attempts and is not on disk yet. */
  #outcomes: (() => void)[] = []
  #diskWords: string | null = null
  #running = false
  #stopping = new AbortController()
  #cancelTimer: (() => void) | null = null

  constructor(deps: OutboxDeps) {
    const { database, clock, inventory, kinds = operationKinds } = deps
    const nowMs = () => clock.nowMs()
    this.#deps = deps
    this.#random = deps.random ?? Math.random
    this.operations = new Operations({ database, nowMs, kinds })
    this.announcements = new Announcements(database, this.operations)
    this.#insertion = new Insertion({ database, nowMs, kinds })
    this.#references = openReferences(inventory.rest)
    this.breaker = new Breaker({
      clock,
      probe: () => inventory.probe(),
      random: this.#random,
      onChange: (weather) => this.#weatherChanged(weather),
    })
  }

  /** Why the disk takes nothing now; null: it does. */
  diskWords(): string | null {
    return this.#diskWords
  }

  enqueue(operationKey: string, kind: string, intent: unknown): void {
    if (this.#insertion.insert(operationKey, kind, intent) === 'new') this.wake()
  }

  /** What a person has settled is told at once. */
  settled(): void {
    const bug = this.announcements.tell()
    if (bug !== null) throw bug
    this.wake()
  }

  /** Something may go that could not before. */
  tryAgain(): void {
    if (this.breaker.weather().kind !== 'clear') void this.check()
    this.wake()
  }

  check(): Promise<Weather> {
    return this.breaker.check()
  }

  start(): void {
    if (this.#running) return
    this.#running = true
    this.#stopping = new AbortController()
    this.#outcomes.push(() => this.operations.doubtInFlight())
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
  wake(): void {
    queueMicrotask(() => {
      if (!this.#running) return
      this.#changed()
      this.#pump()
    })
  }

  /** Writes down what came of attempts and, in the same commit, what is taken up next. */
  #pump(): void {
    this.#cancelTimer?.()
    this.#cancelTimer = null
    let taken: Operation[] = []
    let bug: unknown = null
    const isWritten = this.#written(() => {
      for (const outcome of this.#outcomes) outcome()
      // While HWLab stops, those who listen stop one after another: what is settled then is told at the next start.
      bug = this.#running ? this.announcements.tell() : null
      taken = this.#mayRun() ? this.#take() : []
    })
    if (!isWritten) return
    this.#outcomes = []
    if (bug !== null) throw bug
    for (const operation of taken) this.#active.set(operation.id, this.#run(operation))
    if (!this.#mayRun() || this.#active.size >= inParallel) return
    for (const operation of this.operations.sweepable(inParallel - this.#active.size))
      if (!this.#active.has(operation.id) && !this.#unripe.has(operation.id))
        this.#active.set(operation.id, this.#sweep(operation))
    this.#pumpWhenDue()
  }

  #mayRun(): boolean {
    return this.#running && this.breaker.weather().kind === 'clear'
  }

  #take(): Operation[] {
    const taken: Operation[] = []
    while (this.#active.size + taken.length < inParallel) {
      const operation = this.operations.nextDue()
      if (!operation || !this.operations.begin(operation.id)) break
      taken.push(operation)
    }
    return taken
  }

  /** One commit; false when the disk takes nothing: everything stands still and is tried again a little later. */
  #written(work: () => void): boolean {
    const before = this.#diskWords
    try {
      this.#deps.database.transaction(work)()
      this.#diskWords = null
    } catch (error) {
      this.#diskWords = diskTrouble(error)
      if (this.#diskWords === null) throw error
      if (before === null) this.#deps.report?.(error)
      if (this.#running) this.#cancelTimer = this.#deps.clock.after(diskRetryMs, () => this.#pump())
    }
    if (this.#diskWords !== before) this.#changed()
    return this.#diskWords === null
  }

  #pumpWhenDue(): void {
    if (this.#active.size >= inParallel) return
    const times = [this.operations.nextDueAtMs(), this.operations.nextSweepAtMs()].filter((at) => at !== null)
    if (times.length === 0) return
    const delayMs = Math.max(Math.min(...times) - this.#deps.clock.nowMs(), 1)
    this.#cancelTimer = this.#deps.clock.after(delayMs, () => this.#pump())
  }

  #workbench(): Workbench {
    return {
      rest: this.#deps.inventory.rest,
      features: () => this.#deps.inventory.features(),
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
    if (attempt.kind !== 'failed' || answered.has(attempt.cause)) this.breaker.heard()
    const outcome = await this.#outcome(operation, attempt)
    this.#outcomes.push(outcome)
    this.#active.delete(operation.id)
    this.#placed.delete(operation.id)
    this.#pump()
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

  /** What is to be written down. */
  async #outcome(operation: Operation, attempt: Attempt): Promise<() => void> {
    const { id } = operation
    switch (attempt.kind) {
      case 'confirmed': {
        const { record } = attempt
        const seen = record && { ...record, url: localUrl(record.url) }
        this.pace.confirmed(this.#deps.clock.nowMs())
        if (operation.maybeSent) this.#ripen(id)
        return () => this.operations.confirm(id, { ...attempt, record: seen })
      }
      case 'conflict':
        return () => this.operations.conflict(id, attempt.why, attempt.fields)
      case 'needs-human':
        return () => this.operations.needHuman(id, attempt.why)
      case 'failed':
        return this.#putOff(operation, attempt)
    }
  }

  #ripen(id: string): void {
    this.#unripe.add(id)
    this.#deps.clock.after(sweepAfterMs, () => {
      this.#unripe.delete(id)
      if (this.#mayRun()) this.#pump()
    })
  }

  async #putOff(operation: Operation, failure: Failure): Promise<() => void> {
    const { id } = operation
    const recordId = this.#placed.get(id) ?? operation.recordId
    const wait = (why: string) => () =>
      this.operations.wait(id, { notBeforeMs: 0, counted: false, why, recordId })
    if (failure.cause === 'dependency') this.#references.forget()
    switch (afterFailure[failure.cause]) {
      case 'stopped':
        return wait(failure.why)
      case 'pause':
        this.breaker.pause(failure.retryAfterMs ?? 10_000, failure.why)
        return wait(failure.why)
      case 'person':
        return () => this.operations.needHuman(id, failure.why)
      case 'ask': {
        // If NetBox itself is well, the trouble is this operation's own and must not stop the others.
        const weather = await this.breaker.check()
        if (weather.kind !== 'clear') return wait(weather.why)
      }
    }
    const next = again(failure, operation.attempts + 1, this.#random)
    if (next.kind === 'needs-human') return () => this.operations.needHuman(id, next.why)
    const notBeforeMs = this.#deps.clock.nowMs() + next.forMs
    return () => this.operations.wait(id, { notBeforeMs, counted: true, why: failure.why, recordId })
  }

  async #sweep(operation: Operation): Promise<void> {
    const { id } = operation
    let swept: { kind: 'right' } | Failure = { kind: 'right' }
    try {
      swept = (await operation.kind.sweep?.(this.#workbench(), operation)) ?? swept
      if (swept.kind === 'failed' && swept.cause === 'offline') await this.breaker.check()
    } catch (error) {
      this.#deps.report?.(error)
    }
    // What NetBox refuses now it refuses in a minute as well.
    const isOver = swept.kind === 'right' || afterFailure[swept.cause] === 'person'
    this.#outcomes.push(() => (isOver ? this.operations.swept(id) : this.operations.sweepLater(id)))
    this.#active.delete(id)
    this.#pump()
  }
}
