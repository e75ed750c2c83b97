import type Database from 'better-sqlite3'
import canonicalize from 'canonicalize'
import { monotonicFactory } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'
import { type RecordSeen, recordSeenSchema } from '../client/record-seen.ts'
import { type CreateItem, createItemSchema, type OperationState, type SettledOutcome } from './operation.ts'

/** One row of `outbox_operations`. */
export interface Operation {
  position: number
  id: string
  operationKey: string
  assetTag: string
  intent: CreateItem
  state: OperationState
  /** Something of it may be in NetBox: look before sending. */
  maybeSent: boolean
  attempts: number
  deviceId: number | null
  record: RecordSeen | null
  why: string | null
  updatedAtMs: number
}

interface OperationRow {
  position: number
  id: string
  operation_key: string
  asset_tag: string
  intent: string
  state: OperationState
  maybe_sent: number
  attempts: number
  not_before_ms: number
  device_id: number | null
  record: string | null
  why: string | null
  updated_at_ms: number
}

/** Marks, not secrets: the default generator asks the kernel for every character, a tenth of an enqueue. */
const nextId = monotonicFactory(Math.random)

/** The table. Every method is one commit, or part of the caller's transaction. */
export class Operations {
  readonly #database: LabDatabase
  readonly #nowMs: () => number
  readonly #insert: Database.Statement<[string, string, string, string, number, number]>
  readonly #byKey: Database.Statement<[string], { intent: string }>
  readonly #byId: Database.Statement<[string], OperationRow>
  readonly #due: Database.Statement<[number], OperationRow>

  constructor(database: LabDatabase, nowMs: () => number) {
    this.#database = database
    this.#nowMs = nowMs
    this.#insert = database.prepare(
      `insert into outbox_operations
         (id, operation_key, asset_tag, intent, state, created_at_ms, updated_at_ms)
       values (?, ?, ?, ?, 'queued', ?, ?)
       on conflict (operation_key) do nothing`,
    )
    this.#byKey = database.prepare('select intent from outbox_operations where operation_key = ?')
    this.#byId = database.prepare('select * from outbox_operations where id = ?')
    this.#due = database.prepare(
      `select * from outbox_operations as one
       where state in ('queued', 'ambiguous', 'retry_wait') and not_before_ms <= ?
         and not exists (
           select 1 from outbox_operations as earlier
           where earlier.asset_tag = one.asset_tag and earlier.position < one.position
             and earlier.state not in ('confirmed', 'cancelled'))
       order by position limit 1`,
    )
  }

  #change(id: string, from: readonly OperationState[], set: string, values: unknown[]): boolean {
    const states = from.map(() => '?').join(', ')
    const sql = `update outbox_operations set ${set}, updated_at_ms = ? where id = ? and state in (${states})`
    return this.#database.prepare<unknown[]>(sql).run(...values, this.#nowMs(), id, ...from).changes === 1
  }

  /** Idempotent by key; the same key for something else is a bug. */
  insert(operationKey: string, intent: CreateItem): 'new' | 'known' {
    const text = canonicalize(createItemSchema.parse(intent))
    if (text === undefined) throw new Error('an intent is an object')
    const nowMs = this.#nowMs()
    const { changes } = this.#insert.run(nextId(), operationKey, intent.item.assetTag, text, nowMs, nowMs)
    if (changes === 1) return 'new'
    if (this.#byKey.get(operationKey)?.intent !== text)
      throw new Error(`operation ${operationKey} was filed before with other contents`)
    return 'known'
  }

  get(id: string): Operation | null {
    const row = this.#byId.get(id)
    return row ? operation(row) : null
  }

  /** The oldest operation that may go now; of one asset never a later one before an earlier one. */
  nextDue(): Operation | null {
    const row = this.#due.get(this.#nowMs())
    return row ? operation(row) : null
  }

  /** When the next waiting operation becomes due; null when none waits for a time. */
  nextDueAtMs(): number | null {
    const row = this.#database
      .prepare<[number], { at: number | null }>(
        `select min(not_before_ms) as at from outbox_operations
         where state in ('queued', 'ambiguous', 'retry_wait') and not_before_ms > ?`,
      )
      .get(this.#nowMs())
    return row?.at ?? null
  }

  /** Committed before the first byte leaves. */
  begin(id: string): boolean {
    return this.#change(id, ['queued', 'ambiguous', 'retry_wait'], "state = 'in_flight', maybe_sent = 1", [])
  }

  /** At start: what was in flight may or may not have happened. */
  doubtInFlight(): void {
    this.#database
      .prepare<[number]>(
        `update outbox_operations set state = 'ambiguous', sweep_at_ms = coalesce(sweep_at_ms, 0), updated_at_ms = ?
         where state = 'in_flight'`,
      )
      .run(this.#nowMs())
  }

  /** `counted`: one of the attempts that an operation has. */
  wait(
    id: string,
    until: { notBeforeMs: number; counted: boolean; why: string; deviceId: number | null },
  ): void {
    const set = `state = 'retry_wait', not_before_ms = ?, attempts = attempts + ?, why = ?, device_id = ?,
      sweep_at_ms = coalesce(sweep_at_ms, 0)`
    const values = [until.notBeforeMs, until.counted ? 1 : 0, until.why, until.deviceId]
    this.#change(id, ['in_flight'], set, values)
  }

  confirm(id: string, record: RecordSeen): void {
    // Only an operation that was sent more than once can have left twins; those are looked for once more, later.
    const set = `state = 'confirmed', record = ?, device_id = ?, why = null, announced = 0,
      sweep_at_ms = case when sweep_at_ms is null then null else ? end`
    this.#change(id, ['in_flight'], set, [JSON.stringify(record), record.id, this.#nowMs() + sweepAfterMs])
  }

  needHuman(id: string, why: string): void {
    this.#change(id, ['in_flight'], "state = 'needs_human', why = ?, announced = 0", [why])
  }

  /** A person asks for another try; with `gone`, for a new record in place of a deleted one. */
  retry(id: string): boolean {
    const set =
      "state = 'ambiguous', attempts = 0, not_before_ms = 0, device_id = null, why = null, sweep_at_ms = coalesce(sweep_at_ms, 0)"
    return this.#change(id, ['needs_human', 'retry_wait', 'ambiguous'], set, [])
  }

  cancel(id: string): boolean {
    const from = ['queued', 'needs_human', 'retry_wait', 'ambiguous'] as const
    return this.#change(id, from, "state = 'cancelled', announced = 0", [])
  }

  /** Settled operations that nobody was told about, oldest first. */
  unannounced(): { id: string; operationKey: string; outcome: SettledOutcome }[] {
    return this.#database
      .prepare<[], OperationRow>(
        `select * from outbox_operations
         where announced = 0 and state in ('needs_human', 'confirmed', 'cancelled') order by position`,
      )
      .all()
      .map((row) => ({ id: row.id, operationKey: row.operation_key, outcome: outcome(operation(row)) }))
  }

  announced(id: string): void {
    this.#database.prepare<[string]>('update outbox_operations set announced = 1 where id = ?').run(id)
  }

  /** Confirmed operations whose late twins should be looked for now. */
  sweepable(most: number): Operation[] {
    return this.#database
      .prepare<[number, number], OperationRow>(
        "select * from outbox_operations where sweep_at_ms <= ? and state = 'confirmed' limit ?",
      )
      .all(this.#nowMs(), most)
      .map(operation)
  }

  nextSweepAtMs(): number | null {
    return (
      this.#database
        .prepare<[], { at: number | null }>(
          "select min(sweep_at_ms) as at from outbox_operations where sweep_at_ms is not null and state = 'confirmed'",
        )
        .get()?.at ?? null
    )
  }

  sweepLater(id: string): void {
    this.#database
      .prepare<[number, string]>('update outbox_operations set sweep_at_ms = ? where id = ?')
      .run(this.#nowMs() + 60_000, id)
  }

  swept(id: string): void {
    this.#database.prepare<[string]>('update outbox_operations set sweep_at_ms = null where id = ?').run(id)
  }

  /** Open ones first, then the newest settled ones; bounded. */
  view(most: number): Operation[] {
    return this.#database
      .prepare<[number], OperationRow>(
        `select * from outbox_operations
         order by state in ('confirmed', 'cancelled'), position * (case when state in ('confirmed', 'cancelled') then -1 else 1 end)
         limit ?`,
      )
      .all(most)
      .map(operation)
  }

  countOpen(): { waiting: number; needsHuman: number } {
    const count = this.#database.prepare<[string], { count: number }>(
      "select count(*) as count from outbox_operations where state not in ('confirmed', 'cancelled') and (state = 'needs_human') = (? = 'needs')",
    )
    return { waiting: count.get('waits')?.count ?? 0, needsHuman: count.get('needs')?.count ?? 0 }
  }
}

/** Longer than NetBox's own request limit: a request that was given up may still be carried out until then. */
const sweepAfterMs = 150_000

function operation(row: OperationRow): Operation {
  return {
    position: row.position,
    id: row.id,
    operationKey: row.operation_key,
    assetTag: row.asset_tag,
    intent: createItemSchema.parse(JSON.parse(row.intent)),
    state: row.state,
    maybeSent: row.maybe_sent === 1,
    attempts: row.attempts,
    deviceId: row.device_id,
    record: row.record === null ? null : recordSeenSchema.parse(JSON.parse(row.record)),
    why: row.why,
    updatedAtMs: row.updated_at_ms,
  }
}

function outcome(settled: Operation): SettledOutcome {
  if (settled.state === 'confirmed' && settled.record) return { kind: 'confirmed', record: settled.record }
  if (settled.state === 'cancelled') return { kind: 'cancelled' }
  return { kind: 'needs-human', why: settled.why ?? 'Look at the record in NetBox.' }
}
