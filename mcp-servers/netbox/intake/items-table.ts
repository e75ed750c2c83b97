import type { LabDatabase } from '../../serving/database.ts'
import type { RecordKind } from '../client/record-seen.ts'
import type { GateState } from './item.ts'

/** One thing on its way into the inventory. */
export interface Item {
  /** ULID; also NetBox's `hwlab_id`. */
  id: string
  state: GateState
  /** What was typed when it was started, bounded; empty for photos alone. */
  note: string
  sample: boolean
  startedBy: string
  conversationId: string | null
  printerId: string | null
  /** The outbox operation that writes it; null until a person approved. */
  operationKey: string | null
  /** Why the outbox needs a person; null when all is well. */
  trouble: string | null
  record: ItemRecord | null
  /** NetBox's status, as a change left it; null: as it was created. */
  recordStatus: string | null
  discardedAtMs: number | null
  createdAtMs: number
  updatedAtMs: number
}

/** The record as it was read back from the inventory. */
export interface ItemRecord {
  kind: RecordKind
  id: number
  name: string
  url: string
  confirmedAtMs: number
}

interface Row {
  id: string
  state: GateState
  note: string
  sample: number
  started_by: string
  conversation_id: string | null
  printer_id: string | null
  operation_key: string | null
  trouble: string | null
  record_kind: RecordKind | null
  record_id: number | null
  record_name: string | null
  record_url: string | null
  confirmed_at_ms: number | null
  record_status: string | null
  discarded_at_ms: number | null
  created_at_ms: number
  updated_at_ms: number
}

/** The columns that change one by one after the item was inserted. */
type Settable =
  | 'conversation_id'
  | 'printer_id'
  | 'operation_key'
  | 'trouble'
  | 'note'
  | 'discarded_at_ms'
  | 'record_name'
  | 'record_status'

export interface ItemsTable {
  insert(item: Pick<Item, 'id' | 'note' | 'sample' | 'startedBy'>, nowMs: number): void
  find(id: string): Item | null
  findByOperation(operationKey: string): Item | null
  /** Neither recorded nor put aside. */
  countOpen(): number
  /** Not discarded, newest first. */
  list(limit: number): Item[]
  /** Not discarded, with this text in a value that was read or in the note; newest first. */
  search(text: string, limit: number): Item[]
  set(id: string, column: Settable, value: string | number | null, nowMs: number): void
  /** Compare-and-set: false when the item is no longer in `from`. */
  move(id: string, from: GateState, to: GateState, nowMs: number): boolean
  setRecord(id: string, record: ItemRecord): void
  clearRecord(id: string): void
  touch(id: string, nowMs: number): void
}

export function itemsTable(database: LabDatabase): ItemsTable {
  const one = (where: string, value: string) => {
    const row = database.prepare<[string], Row>(`select * from items where ${where} = ?`).get(value)
    return row ? fromRow(row) : null
  }
  return {
    insert(item, nowMs) {
      database
        .prepare(
          `insert into items (id, state, note, sample, started_by, created_at_ms, updated_at_ms)
           values (@id, 'draft', @note, @sample, @startedBy, @nowMs, @nowMs)`,
        )
        .run({ ...item, sample: item.sample ? 1 : 0, nowMs })
    },
    find: (id) => one('id', id),
    findByOperation: (operationKey) => one('operation_key', operationKey),
    countOpen: () =>
      database
        .prepare<[], { many: number }>(
          "select count(*) as many from items where discarded_at_ms is null and state <> 'complete'",
        )
        .get()?.many ?? 0,
    list: (limit) =>
      database
        .prepare<[number], Row>(
          'select * from items where discarded_at_ms is null order by created_at_ms desc, id desc limit ?',
        )
        .all(limit)
        .map(fromRow),
    search: (text, limit) =>
      database
        .prepare<{ text: string; limit: number }, Row>(
          `select * from items where discarded_at_ms is null and (
             instr(lower(note), lower(@text)) > 0
             or id in (select item_id from evidence where instr(lower(value), lower(@text)) > 0))
           order by created_at_ms desc, id desc limit @limit`,
        )
        .all({ text, limit })
        .map(fromRow),
    set(id, column, value, nowMs) {
      database.prepare(`update items set ${column} = ?, updated_at_ms = ? where id = ?`).run(value, nowMs, id)
    },
    move: (id, from, to, nowMs) =>
      database
        .prepare('update items set state = ?, updated_at_ms = ? where id = ? and state = ?')
        .run(to, nowMs, id, from).changes === 1,
    setRecord(id, record) {
      database
        .prepare(
          `update items set record_kind = @kind, record_id = @recordId, record_name = @name, record_url = @url,
             confirmed_at_ms = @confirmedAtMs, trouble = null, updated_at_ms = @confirmedAtMs where id = @id`,
        )
        .run({ ...record, recordId: record.id, id })
    },
    clearRecord(id) {
      database
        .prepare(
          `update items set record_kind = null, record_id = null, record_name = null, record_url = null,
             confirmed_at_ms = null where id = ?`,
        )
        .run(id)
    },
    touch(id, nowMs) {
      database.prepare('update items set updated_at_ms = ? where id = ?').run(nowMs, id)
    },
  }
}

function fromRow(row: Row): Item {
  const { record_kind: kind, record_id: id, record_url: url, confirmed_at_ms: confirmedAtMs } = row
  const isRecorded = kind !== null && id !== null && url !== null && confirmedAtMs !== null
  return {
    id: row.id,
    state: row.state,
    note: row.note,
    sample: row.sample === 1,
    startedBy: row.started_by,
    conversationId: row.conversation_id,
    printerId: row.printer_id,
    operationKey: row.operation_key,
    trouble: row.trouble,
    record: isRecorded ? { kind, id, name: row.record_name ?? '', url, confirmedAtMs } : null,
    recordStatus: row.record_status,
    discardedAtMs: row.discarded_at_ms,
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
