import type Database from 'better-sqlite3'
import { monotonicFactory } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'
import type { OperationKind, OperationKinds } from './operation-kind.ts'
import { intentText, kindNamed, type Operation, type OperationRow, operationOf } from './operation-row.ts'

/** Marks, not secrets: the default generator asks the kernel for every character, a tenth of an enqueue. */
const nextId = monotonicFactory(Math.random)

/** Puts operations into the queue, in an order that keeps what touches the same asset apart. */
export class Insertion {
  readonly #database: LabDatabase
  readonly #nowMs: () => number
  readonly #kinds: OperationKinds
  readonly #insert: Database.Statement<
    [string, string, string, string, string, string | null, number, number]
  >
  readonly #insertAlone: Database.Statement<Record<string, string | number>>
  readonly #byKey: Database.Statement<[string], { asked: string }>
  readonly #touching: Database.Statement<[string], { operation_id: string }>
  readonly #open: Database.Statement<{ other: string }, { id: string }>
  readonly #touch: Database.Statement<[string, string]>
  readonly #need: Database.Statement<[string, string]>

  constructor(deps: { database: LabDatabase; nowMs: () => number; kinds: OperationKinds }) {
    const { database } = deps
    this.#database = database
    this.#nowMs = deps.nowMs
    this.#kinds = deps.kinds
    this.#insert = database.prepare(
      `insert into outbox_operations
         (id, operation_key, kind, subject, intent, asked, state, created_at_ms, updated_at_ms)
       values (?, ?, ?, ?, ?, ?, 'queued', ?, ?)`,
    )
    // Looking and writing as one statement: a look of its own costs a tenth of an enqueue.
    this.#insertAlone = database.prepare(
      `insert into outbox_operations
         (id, operation_key, kind, subject, intent, state, created_at_ms, updated_at_ms)
       select @id, @operationKey, @kindName, @subject, @asked, 'queued', @nowMs, @nowMs
       where not exists (select 1 from outbox_touches where subject = @subject)
       on conflict (operation_key) do nothing`,
    )
    this.#byKey = database.prepare(
      'select coalesce(asked, intent) as asked from outbox_operations where operation_key = ?',
    )
    this.#touching = database.prepare('select operation_id from outbox_touches where subject = ?')
    this.#open = database.prepare(
      `select id from outbox_operations
       where subject = @other and state not in ('confirmed', 'cancelled', 'superseded')
       union
       select id from outbox_operations where subject = @other and sweep_at_ms is not null`,
    )
    this.#touch = database.prepare('insert into outbox_touches values (?, ?)')
    this.#need = database.prepare('insert into outbox_needs values (?, ?)')
  }

  /** Idempotent by key; the same key for something else is a bug. An unsent earlier one may be taken in. One commit. */
  insert(operationKey: string, kindName: string, wanted: unknown): 'new' | 'known' {
    const kind = kindNamed(this.#kinds, kindName)
    const intent = kind.schema.parse(wanted)
    const asked = intentText(intent)
    const [subject, ...touched] = kind.subjects(intent)
    const nowMs = this.#nowMs()
    const isAlone = !kind.merge && touched.length === 0
    if (
      isAlone &&
      this.#insertAlone.run({ id: nextId(), operationKey, kindName, subject, asked, nowMs }).changes
    )
      return 'new'
    return this.#database.transaction(() => {
      const known = this.#byKey.get(operationKey)
      if (known) return sameAs(known, { operationKey, asked })
      const earlier = this.#mergeable(kind, subject)
      const merged = earlier && (kind.merge?.(earlier.intent, intent) ?? null)
      const also = merged === null ? [] : kind.subjects(merged)
      const id = nextId()
      const text = merged === null ? asked : intentText(merged)
      const original = merged === null ? null : asked
      this.#insert.run(id, operationKey, kindName, subject, text, original, nowMs, nowMs)
      if (earlier && merged !== null) this.#supersede(earlier.id, id)
      this.#orderAfter(id, subject, [...touched, ...also])
      return 'new'
    })()
  }

  /** The last open operation of the subject, when nothing of it was sent and nothing waits for it. */
  #mergeable(kind: OperationKind<unknown>, subject: string): Operation | null {
    if (!kind.merge) return null
    const row = this.#database
      .prepare<[string], OperationRow>(
        `select * from outbox_operations
         where subject = ? and state not in ('confirmed', 'cancelled', 'superseded') order by position desc limit 1`,
      )
      .get(subject)
    if (!row || row.kind !== kind.kind || row.state !== 'queued' || row.maybe_sent === 1) return null
    const isNeeded = this.#database
      .prepare<[string, string], { found: number }>(
        `select 1 as found from outbox_needs where needs_id = ?
         union select 1 from outbox_touches where subject = ? limit 1`,
      )
      .get(row.id, subject)
    return isNeeded ? null : operationOf(this.#kinds, row)
  }

  /** Also of what the earlier one had taken in itself. */
  #supersede(earlierId: string, id: string): void {
    this.#database
      .prepare<[string, number, string]>(
        "update outbox_operations set state = 'superseded', superseded_by = ?, announced = 1, updated_at_ms = ? where id = ?",
      )
      .run(id, this.#nowMs(), earlierId)
    this.#database.prepare<[string]>('delete from outbox_touches where operation_id = ?').run(earlierId)
    this.#database
      .prepare<[string, string]>('update outbox_operations set superseded_by = ? where superseded_by = ?')
      .run(id, earlierId)
  }

  /** What shares a subject with an earlier open operation waits for it. */
  #orderAfter(id: string, subject: string, touched: readonly string[]): void {
    const needs = new Set(this.#touching.all(subject).map((row) => row.operation_id))
    for (const other of new Set(touched)) {
      if (other === subject) continue
      for (const row of this.#open.all({ other })) needs.add(row.id)
      for (const row of this.#touching.all(other)) needs.add(row.operation_id)
      this.#touch.run(other, id)
    }
    for (const needed of needs) this.#need.run(id, needed)
  }
}

function sameAs(known: { asked: string }, filed: { operationKey: string; asked: string }): 'known' {
  if (known.asked !== filed.asked)
    throw new Error(`operation ${filed.operationKey} was filed before with other contents`)
  return 'known'
}
