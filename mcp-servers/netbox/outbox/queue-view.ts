import type Database from 'better-sqlite3'
import type { LabDatabase } from '../../serving/database.ts'
import type { OperationKinds } from './operation-kind.ts'
import { type Operation, type OperationRow, operationOf } from './operation-row.ts'

/** What another operation has to be done with first. */
export interface Blocker {
  tag: string
  /** `stuck`: it stands still itself until a person acts. `late`: it is done, but a request of it may still come. */
  kind: 'open' | 'stuck' | 'late'
}

export interface QueueCounts {
  /** On its way, or able to go as soon as NetBox and what is before it let it. */
  waiting: number
  /** Of the waiting: behind something that needs a person. */
  blocked: number
  needsHuman: number
  /** Of the oldest that waits; null: nothing does. */
  oldestAtMs: number | null
}

const open = "state not in ('confirmed', 'cancelled', 'superseded')"

/** What a person is shown of the table. */
export class QueueView {
  readonly #database: LabDatabase
  readonly #kinds: OperationKinds
  /** Asked at every change of the queue. */
  readonly #prepared = new Map<string, Database.Statement<(string | number)[], OperationRow>>()
  /** Asked once per row. */
  #blocker: Database.Statement<{ id: string }, { tag: string; kind: Blocker['kind'] }> | null = null

  constructor(database: LabDatabase, kinds: OperationKinds) {
    this.#database = database
    this.#kinds = kinds
  }

  #operations(sql: string, ...bound: (string | number)[]): Operation[] {
    const statement =
      this.#prepared.get(sql) ?? this.#database.prepare<(string | number)[], OperationRow>(sql)
    this.#prepared.set(sql, statement)
    return statement.all(...bound).map((row) => operationOf(this.#kinds, row))
  }

  /** What needs a person, then what is being written, then what waits, each oldest first; at most `most`. */
  open(most: number): Operation[] {
    return this.#operations(
      `select * from outbox_operations where ${open}
       order by case state when 'needs_human' then 0 when 'conflict' then 0 when 'in_flight' then 1 else 2 end, position
       limit ?`,
      most,
    )
  }

  /** Newest first, those from before `beforeId`; null: from the newest on. */
  settled(beforeId: string | null, most: number): Operation[] {
    const before =
      beforeId === null ? '' : 'and position < (select position from outbox_operations where id = ?)'
    return this.#operations(
      `select * from outbox_operations where state in ('confirmed', 'cancelled') ${before}
       order by position desc limit ?`,
      ...(beforeId === null ? [] : [beforeId]),
      most,
    )
  }

  /** Everything that is not written, in the order of the queue. */
  *unwritten(): Generator<Operation> {
    const rows = this.#database
      .prepare<[], OperationRow>(`select * from outbox_operations where ${open} order by position`)
      .all()
    for (const row of rows) yield operationOf(this.#kinds, row)
  }

  /** By the key that it was filed under. */
  filedAs(operationKey: string): Operation | null {
    const [operation] = this.#operations(
      'select * from outbox_operations where operation_key = ?',
      operationKey,
    )
    return operation ?? null
  }

  /** What it waits for, rather something that needs a person than not; null: nothing. */
  blockerOf(id: string): Blocker | null {
    this.#blocker ??= this.#database.prepare<{ id: string }, { tag: string; kind: Blocker['kind'] }>(
      `select subject as tag,
           case when state in ('needs_human', 'conflict') then 'stuck' when ${open} then 'open' else 'late' end as kind
         from (
           select earlier.subject, earlier.state, earlier.position
           from outbox_operations as one join outbox_operations as earlier
             on earlier.subject = one.subject and earlier.position < one.position and earlier.${open}
           where one.id = @id
           union all
           select late.subject, late.state, late.position
           from outbox_operations as one join outbox_operations as late
             on late.subject = one.subject and late.position < one.position and late.sweep_at_ms is not null
           where one.id = @id and late.state in ('confirmed', 'cancelled')
           union all
           select needed.subject, needed.state, needed.position
           from outbox_needs as needs join outbox_operations as needed on needed.id = needs.needs_id
           where needs.operation_id = @id and (needed.${open} or needed.sweep_at_ms is not null))
         order by kind = 'stuck' desc, kind = 'open' desc, position limit 1`,
    )
    const row = this.#blocker.get({ id })
    return row ?? null
  }

  counts(): QueueCounts {
    const row = this.#database
      .prepare<[], { waiting: number | null; needs: number | null; oldest: number | null }>(
        `select sum(state not in ('needs_human', 'conflict')) as waiting,
           sum(state in ('needs_human', 'conflict')) as needs,
           min(case when state in ('needs_human', 'conflict') then null else created_at_ms end) as oldest
         from outbox_operations where ${open}`,
      )
      .get()
    const needsHuman = row?.needs ?? 0
    return {
      waiting: row?.waiting ?? 0,
      blocked: needsHuman === 0 ? 0 : this.#blocked(),
      needsHuman,
      oldestAtMs: row?.oldest ?? null,
    }
  }

  #blocked(): number {
    const row = this.#database
      .prepare<[], { blocked: number }>(
        `with recursive stuck (id) as (
           select id from outbox_operations where state in ('needs_human', 'conflict')
           union
           select later.id from stuck
             join outbox_operations as one on one.id = stuck.id
             join outbox_operations as later
               on later.subject = one.subject and later.position > one.position and later.${open}
           union
           select needs.operation_id from stuck join outbox_needs as needs on needs.needs_id = stuck.id)
         select count(*) as blocked from stuck join outbox_operations as one on one.id = stuck.id
         where one.${open} and one.state not in ('needs_human', 'conflict')`,
      )
      .get()
    return row?.blocked ?? 0
  }

  /** What any open operation is about or touches. */
  openTags(): Set<string> {
    const rows = this.#database
      .prepare<[], { tag: string }>(
        `select subject as tag from outbox_operations where ${open} union select subject from outbox_touches`,
      )
      .all()
    return new Set(rows.map(({ tag }) => tag))
  }
}
