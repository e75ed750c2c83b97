import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Failure } from '../client/failure.ts'
import type { Inventory } from '../client/inventory.ts'
import { localUrl } from '../client/open-inventory.ts'
import { customFields } from '../custom-fields.ts'
import { openBreaker, type Weather } from './breaker.ts'
import { type Attempt, createItem, removeLateTwins, type Workbench } from './create-item.ts'
import type { DesiredItem, QueueRow, SettledOutcome } from './operation.ts'
import { type Operation, openOperations } from './operations.ts'
import { queueRow } from './queue-words.ts'
import { openReferences } from './references.ts'

export interface Settled {
  operationKey: string
  outcome: SettledOutcome
}

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
   * Puts the intent on disk, inside the caller's transaction. Idempotent by `operationKey`; throws when the key was used
   * for something else.
   */
  enqueueCreateItem(wanted: {
    operationKey: string
    item: DesiredItem
    photos: { attachmentId: string; sha256: string }[]
    journal: string
  }): void
  /**
   * Told once of every settlement, also after a restart, inside the transaction that marks it told: what the listener
   * writes to the same database is kept with the mark or not at all. `needs-human` may be followed by a later
   * `confirmed` or `cancelled` of the same key. Register before `start`.
   */
  onSettled(listener: (settled: Settled) => void): () => void
  /** Open operations first, then the newest settled ones; at most 100. */
  view(): QueueRow[]
  status(): QueueStatus
  retry(id: string): { kind: 'done' } | Refusal
  cancel(id: string): { kind: 'done' } | Refusal
  /** Asks NetBox now instead of at the next probe. */
  check(): Promise<Weather>
  start(): void
  /** Gives up what is under way (it is looked for at the next start) and waits until nothing runs. */
  stop(): Promise<void>
  onChange(listener: () => void): () => void
}

const inParallel = 3
const mostAttempts = 10
const mostDependencyAttempts = 3

export function openOutbox(deps: {
  database: LabDatabase
  clock: Clock
  inventory: Inventory
  photoBytes(attachmentId: string): Promise<Uint8Array>
  random?: () => number
  /** Told of a bug that ended an attempt; the operation then needs a person. */
  report?: (error: unknown) => void
}): Outbox {
  const { database, clock, inventory } = deps
  const random = deps.random ?? Math.random
  const operations = openOperations(database, () => clock.nowMs())
  const references = openReferences(inventory.rest)
  const settledListeners = new Set<(settled: Settled) => void>()
  const changeListeners = new Set<() => void>()
  const active = new Map<string, Promise<void>>()
  let running = false
  let stopping = new AbortController()
  let cancelTimer: (() => void) | null = null
  const breaker = openBreaker({
    clock,
    probe: () => inventory.probe(),
    random,
    onChange() {
      if (breaker.weather().kind === 'clear') references.forget()
      changed()
      pump()
    },
  })

  function changed(): void {
    for (const listener of changeListeners) listener()
  }

  function pump(): void {
    cancelTimer?.()
    cancelTimer = null
    if (!running || breaker.weather().kind !== 'clear') return
    while (active.size < inParallel) {
      const operation = operations.nextDue()
      if (!operation || !operations.begin(operation.id)) break
      active.set(operation.id, run(operation))
    }
    for (const operation of operations.sweepable())
      if (active.size < inParallel && !active.has(operation.id)) active.set(operation.id, sweep(operation))
    const times = [operations.nextDueAtMs(), operations.nextSweepAtMs()].filter((at) => at !== null)
    if (active.size >= inParallel || times.length === 0) return
    const delayMs = Math.max(Math.min(...times) - clock.nowMs(), 1)
    cancelTimer = clock.after(delayMs, pump)
  }

  function workbench(): Workbench {
    return {
      rest: inventory.rest,
      references,
      photoBytes: deps.photoBytes,
      noteDevice: (id, deviceId) => operations.noteDevice(id, deviceId),
      signal: stopping.signal,
    }
  }

  async function run(operation: Operation): Promise<void> {
    changed()
    try {
      await settle(operation, await createItem(workbench(), operation))
    } catch (error) {
      deps.report?.(error)
      operations.needHuman(operation.id, 'HWLab failed on this item. Look at the log, then retry.')
    } finally {
      active.delete(operation.id)
    }
    announce()
    changed()
    pump()
  }

  async function settle(operation: Operation, attempt: Attempt): Promise<void> {
    if (attempt.kind === 'confirmed') {
      const { record } = attempt
      operations.confirm(operation.id, { ...record, url: localUrl(record.url) })
    } else if (attempt.kind === 'needs-human') operations.needHuman(operation.id, attempt.why)
    else await putOff(operation, attempt)
  }

  async function putOff(operation: Operation, failure: Failure): Promise<void> {
    const nowMs = clock.nowMs()
    switch (failure.cause) {
      case 'stopped':
        return operations.wait(operation.id, { notBeforeMs: 0, counted: false, why: failure.why })
      case 'throttled':
        breaker.pause(failure.retryAfterMs ?? 10_000, failure.why)
        return operations.wait(operation.id, { notBeforeMs: 0, counted: false, why: failure.why })
      case 'offline':
      case 'auth':
      case 'base-url': {
        // If NetBox itself is well, the trouble is this operation's own and must not stop the others.
        const weather = await breaker.check()
        if (weather.kind === 'clear') return again(operation, failure, mostAttempts)
        return operations.wait(operation.id, { notBeforeMs: nowMs, counted: false, why: weather.why })
      }
      case 'dependency':
        references.forget()
        return again(operation, failure, mostDependencyAttempts)
      case 'doubt':
      case 'exists':
      case 'stale':
        return again(operation, failure, mostAttempts)
      case 'denied':
      case 'invalid':
      case 'gone':
        return operations.needHuman(operation.id, failure.why)
    }
  }

  /** Later, with a look before anything is sent: the server may still be at work on what we gave up. */
  function again(operation: Operation, failure: Failure, most: number): void {
    const attempts = operation.attempts + 1
    if (attempts >= most) {
      operations.needHuman(
        operation.id,
        `Tried ${attempts} times. ${failure.why} Look at NetBox, then retry.`,
      )
      return
    }
    const fullMs = Math.min(4_000 * 2 ** (attempts - 1), 60_000)
    const notBeforeMs = Math.ceil(clock.nowMs() + fullMs / 2 + random() * (fullMs / 2))
    operations.wait(operation.id, { notBeforeMs, counted: true, why: failure.why })
  }

  async function sweep(operation: Operation): Promise<void> {
    try {
      const swept = await removeLateTwins(workbench(), operation)
      if (swept.kind === 'right') operations.swept(operation.id)
      else if (swept.cause === 'offline' || swept.cause === 'auth') await breaker.check()
      else operations.sweepLater(operation.id)
    } catch (error) {
      deps.report?.(error)
      operations.swept(operation.id)
    } finally {
      active.delete(operation.id)
    }
    pump()
  }

  function announce(): void {
    if (settledListeners.size === 0) return
    for (const { id, operationKey, outcome } of operations.unannounced())
      database.transaction(() => {
        operations.announced(id)
        for (const listener of settledListeners) listener({ operationKey, outcome })
      })()
  }

  function wake(): void {
    queueMicrotask(() => {
      if (!running) return
      changed()
      pump()
    })
  }

  return {
    enqueueCreateItem({ operationKey, item, photos, journal }) {
      const known: string[] = customFields.map((field) => field.name)
      const stranger = Object.keys(item.customFields).find((name) => !known.includes(name))
      if (stranger !== undefined) throw new Error(`${stranger} is not in custom-fields.ts`)
      if (operations.insert(operationKey, { item, photos, journal }) === 'new') wake()
    },
    onSettled(listener) {
      settledListeners.add(listener)
      return () => settledListeners.delete(listener)
    },
    view: () => operations.view(100).map(queueRow),
    status() {
      const { waiting, needsHuman } = operations.countOpen()
      const weather = breaker.weather()
      return {
        target: inventory.describe(),
        weather,
        waiting,
        needsHuman,
        words: statusWords(weather, waiting, needsHuman),
      }
    },
    retry(id) {
      if (!operations.retry(id)) return refused('This is not waiting for a retry.')
      breaker.check().catch((error: unknown) => deps.report?.(error))
      wake()
      return { kind: 'done' }
    },
    cancel(id) {
      if (!operations.cancel(id))
        return refused('This cannot be cancelled: it is being written, or it is done.')
      announce()
      wake()
      return { kind: 'done' }
    },
    check: () => breaker.check(),
    start() {
      if (running) return
      running = true
      stopping = new AbortController()
      operations.doubtInFlight()
      announce()
      pump()
    },
    async stop() {
      running = false
      cancelTimer?.()
      breaker.close()
      stopping.abort()
      await Promise.all(active.values())
    },
    onChange(listener) {
      changeListeners.add(listener)
      return () => changeListeners.delete(listener)
    },
  }
}

function statusWords(weather: Weather, waiting: number, needsHuman: number): string {
  const needs = needsHuman === 0 ? '' : `${needsHuman} ${needsHuman === 1 ? 'needs' : 'need'} you`
  if (weather.kind === 'clear') {
    const waits = waiting === 0 ? '' : `${waiting} waiting for NetBox`
    return [waits, needs].filter((part) => part !== '').join(', ') || 'Everything is saved.'
  }
  const state = weather.kind === 'away' ? 'NetBox is away' : weather.why
  return [state, `${waiting} waiting`, needs].filter((part) => part !== '').join('; ')
}
