import type Database from 'better-sqlite3'
import type { LabDatabase } from '../../serving/database.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { FieldConflict, OperationState, Undo } from './operation.ts'
import type { OperationKinds } from './operation-kind.ts'
import { intentText, type Operation, type OperationRow, operationOf } from './operation-row.ts'
import { longestRetryMs } from './retry-rules.ts'

/** Longer than NetBox's own request limit: a request that was given up may still be carried out until then. */
export const sweepAfterMs = 150_000

/** Done, but a request that was given up may still be carried out: what comes after it could be undone by that. */
const mayComeLate = "sweep_at_ms is not null and state in ('confirmed', 'cancelled')"

export interface Confirmation {
  record: RecordSeen | null
  words: string
  undo: Undo | null
}

/** The table. Every method is one commit, or part of the caller's transaction. */
export class Operations {
  readonly #database: LabDatabase
  readonly #nowMs: () => number
  readonly #byId: Database.Statement<[string], OperationRow>
  readonly #due: Database.Statement<[number, number], OperationRow>
  readonly #kinds: OperationKinds

  constructor(deps: { database: LabDatabase; nowMs: () => number; kinds: OperationKinds }) {
    const { database } = deps
    this.#database = database
    this.#nowMs = deps.nowMs
    this.#kinds = deps.kinds
    this.#byId = database.prepare('select * from outbox_operations where id = ?')
    this.#due = database.prepare(
      `select * from outbox_operations as one
       where state in ('queued', 'ambiguous', 'retry_wait') and (not_before_ms <= ? or not_before_ms > ?)
         and not exists (
           select 1 from outbox_operations as earlier
           where earlier.subject = one.subject and earlier.position < one.position
             and earlier.state not in ('confirmed', 'cancelled', 'superseded'))
         and not exists (
           select 1 from (select subject, position from outbox_operations where ${mayComeLate}) as late
           where late.subject = one.subject and late.position < one.position)
         and not exists (
           select 1 from outbox_needs as needs join outbox_operations as needed on needed.id = needs.needs_id
           where needs.operation_id = one.id
             and (needed.state not in ('confirmed', 'cancelled', 'superseded') or needed.sweep_at_ms is not null))
       order by position limit 1`,
    )
  }

  #change(id: string, from: readonly OperationState[], set: string, values: unknown[]): boolean {
    const states = from.map(() => '?').join(', ')
    const sql = `update outbox_operations set ${set}, updated_at_ms = ? where id = ? and state in (${states})`
    return this.#database.prepare<unknown[]>(sql).run(...values, this.#nowMs(), id, ...from).changes === 1
  }

  get(id: string): Operation | null {
    const row = this.#byId.get(id)
    return row ? operationOf(this.#kinds, row) : null
  }

  /** Intents of earlier ones of the same kind and subject that may have reached NetBox, oldest first. */
  sentBefore({ position, subject, kind }: Operation): unknown[] {
    return this.#database
      .prepare<[string, string, number], { intent: string }>(
        `select intent from outbox_operations
         where subject = ? and kind = ? and position < ? and maybe_sent = 1 order by position`,
      )
      .all(subject, kind.kind, position)
      .map(({ intent }) => JSON.parse(intent))
  }

  /**
   * The oldest operation that may go now; of one asset never a later one before an earlier one. What is put off for
   * longer than anything is put off was put off by a clock that has been set back since.
   */
  nextDue(): Operation | null {
    const row = this.#due.get(this.#nowMs(), this.#nowMs() + longestRetryMs)
    return row ? operationOf(this.#kinds, row) : null
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
    until: { notBeforeMs: number; counted: boolean; why: string; recordId: number | null },
  ): void {
    const set = `state = 'retry_wait', not_before_ms = ?, attempts = attempts + ?, why = ?, record_id = ?,
      sweep_at_ms = coalesce(sweep_at_ms, 0)`
    const values = [until.notBeforeMs, until.counted ? 1 : 0, until.why, until.recordId]
    this.#change(id, ['in_flight'], set, values)
  }

  confirm(id: string, { record, words, undo }: Confirmation): void {
    // Only an operation that was sent more than once can have left twins; those are looked for once more, later.
    const set = `state = 'confirmed', record = ?, record_id = coalesce(?, record_id), words = ?, undo = ?, why = null,
      conflict = null, announced = 0, sweep_at_ms = case when sweep_at_ms is null then null else ? end`
    const seen = record === null ? null : JSON.stringify(record)
    const taken = undo === null ? null : JSON.stringify(undo)
    this.#change(id, ['in_flight'], set, [
      seen,
      record?.id ?? null,
      words,
      taken,
      this.#nowMs() + sweepAfterMs,
    ])
    this.#tellSuperseded(id)
    this.#settled(id)
  }

  needHuman(id: string, why: string): void {
    this.#change(id, ['in_flight'], "state = 'needs_human', why = ?, announced = 0", [why])
    this.#tellSuperseded(id)
  }

  conflict(id: string, why: string, fields: FieldConflict[]): void {
    const set = "state = 'conflict', why = ?, conflict = ?, announced = 0"
    this.#change(id, ['in_flight'], set, [why, JSON.stringify(fields)])
    this.#tellSuperseded(id)
  }

  /** A person has chosen: the operation goes on with another intent. */
  settleConflict(id: string, intent: unknown): boolean {
    const set = `state = 'ambiguous', intent = ?, asked = coalesce(asked, intent), conflict = null, why = null, attempts = 0,
      not_before_ms = 0`
    return this.#change(id, ['conflict'], set, [intentText(intent)])
  }

  /** A person asks for another try; with `gone`, for a new record in place of a deleted one. */
  retry(id: string): boolean {
    const set = `state = 'ambiguous', attempts = 0, not_before_ms = 0, record_id = null, why = null, conflict = null,
      sweep_at_ms = coalesce(sweep_at_ms, 0)`
    return this.#change(id, ['needs_human', 'conflict', 'retry_wait', 'ambiguous'], set, [])
  }

  /** Everything that needs a person but a choice; how many. */
  retryAll(): number {
    const ids = this.#database
      .prepare<[], { id: string }>("select id from outbox_operations where state = 'needs_human'")
      .all()
    return this.#database.transaction(() => ids.filter(({ id }) => this.retry(id)).length)()
  }

  cancel(id: string): boolean {
    const from = ['queued', 'needs_human', 'conflict', 'retry_wait', 'ambiguous'] as const
    const set = `state = 'cancelled', announced = 0,
      sweep_at_ms = case when sweep_at_ms is null then null else ? end`
    const isDone = this.#change(id, from, set, [this.#nowMs() + sweepAfterMs])
    if (isDone) {
      this.#tellSuperseded(id)
      this.#settled(id)
    }
    return isDone
  }

  /** What was taken in hears the same as what took it in. */
  #tellSuperseded(id: string): void {
    this.#database
      .prepare<[string]>('update outbox_operations set announced = 0 where superseded_by = ?')
      .run(id)
  }

  /** Others go on, unless something of this one may still come late. */
  #settled(id: string): void {
    const late = this.#database
      .prepare<[string], { id: string }>(`select id from outbox_operations where id = ? and ${mayComeLate}`)
      .get(id)
    if (late) return
    this.#database.prepare<[string]>('delete from outbox_touches where operation_id = ?').run(id)
    this.#database.prepare<[string]>('delete from outbox_needs where needs_id = ?').run(id)
  }

  /** Settled operations that nobody was told about, oldest first; of what was taken in, with the outcome of the later one. */
  unannounced(): { operation: Operation; settledBy: Operation }[] {
    return this.#database
      .prepare<[], OperationRow & { superseded_by: string | null }>(
        `select * from outbox_operations
         where announced = 0 and state in ('conflict', 'needs_human', 'confirmed', 'cancelled', 'superseded')
         order by position`,
      )
      .all()
      .flatMap((row) => {
        const operation = operationOf(this.#kinds, row)
        const settledBy = row.superseded_by === null ? operation : this.get(row.superseded_by)
        return settledBy ? [{ operation, settledBy }] : []
      })
  }

  announced(id: string): void {
    this.#database.prepare<[string]>('update outbox_operations set announced = 1 where id = ?').run(id)
  }

  /** Settled operations whose late twins should be looked for now. */
  sweepable(most: number): Operation[] {
    const nowMs = this.#nowMs()
    return this.#database
      .prepare<[number, number, number], OperationRow>(
        `select * from outbox_operations
         where (sweep_at_ms <= ? or sweep_at_ms > ?) and ${mayComeLate} limit ?`,
      )
      .all(nowMs, nowMs + sweepAfterMs, most)
      .map((row) => operationOf(this.#kinds, row))
  }

  /** When the next one becomes sweepable; null when none waits for a time. */
  nextSweepAtMs(): number | null {
    return (
      this.#database
        .prepare<[number], { at: number | null }>(
          `select min(sweep_at_ms) as at from outbox_operations where sweep_at_ms > ? and ${mayComeLate}`,
        )
        .get(this.#nowMs())?.at ?? null
    )
  }

  sweepLater(id: string): void {
    this.#database
      .prepare<[number, string]>('update outbox_operations set sweep_at_ms = ? where id = ?')
      .run(this.#nowMs() + 60_000, id)
  }

  swept(id: string): void {
    this.#database.prepare<[string]>('update outbox_operations set sweep_at_ms = null where id = ?').run(id)
    this.#settled(id)
  }
}
