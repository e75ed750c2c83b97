import { ulid } from 'ulid'
import { clearWriteAheadLog } from './clear-write-ahead-log.ts'
import type { LabDatabase } from './lab-database.ts'

export interface ConversationRow {
  id: string
  title: string
  createdAtMs: number
  updatedAtMs: number
  pinnedAtMs: number | null
}

const columns =
  'id, title, created_at_ms as createdAtMs, updated_at_ms as updatedAtMs, pinned_at_ms as pinnedAtMs'

/** Table `conversations`. */
export function conversationsTable(database: LabDatabase) {
  const byId = database.prepare<[string], ConversationRow>(
    `select ${columns} from conversations where id = ?`,
  )
  const newest = database.prepare<[], ConversationRow>(
    `select ${columns} from conversations order by updated_at_ms desc, id desc limit 1`,
  )
  const pinnedFirst = database.prepare<[number], ConversationRow>(
    `select ${columns} from conversations
     order by pinned_at_ms is null, updated_at_ms desc, id desc limit ?`,
  )
  const insert = database.prepare<[string, string, number, number]>(
    'insert into conversations (id, title, created_at_ms, updated_at_ms) values (?, ?, ?, ?)',
  )
  const idle = database.prepare<[number, number], { id: string; updatedAtMs: number }>(
    `select id, updated_at_ms as updatedAtMs from conversations
     where pinned_at_ms is null and updated_at_ms < ?
       and exists (select 1 from messages where conversation_id = conversations.id and position > coalesce(summary_position, 0))
       and not exists (select 1 from pending_calls where conversation_id = conversations.id and state <> 'told')
       and not exists (select 1 from fact_proposals where conversation_id = conversations.id and state = 'proposed')
       and not exists (select 1 from runs where conversation_id = conversations.id and state = 'running')
     order by updated_at_ms limit ?`,
  )
  const touch = database.prepare<[number, string]>('update conversations set updated_at_ms = ? where id = ?')
  const rename = database.prepare<[string, string]>(
    'update conversations set title = ? where id = ? and named_at_ms is null',
  )
  const name = database.prepare<[string, number, string]>(
    'update conversations set title = ?, named_at_ms = ? where id = ?',
  )
  const pin = database.prepare<[number | null, string]>(
    'update conversations set pinned_at_ms = ? where id = ?',
  )
  const remove = database.prepare<[string]>('delete from conversations where id = ?')
  return {
    get: (id: string): ConversationRow | null => byId.get(id) ?? null,
    newest: (): ConversationRow | null => newest.get() ?? null,
    list: (limit: number): ConversationRow[] => pinnedFirst.all(limit),
    /** Nobody went on with them since, and nothing is open in them: oldest first. */
    idle: (sinceMs: number, count: number): { id: string; updatedAtMs: number }[] => idle.all(sinceMs, count),
    create(title: string, nowMs: number): ConversationRow {
      const id = ulid()
      insert.run(id, title, nowMs, nowMs)
      return { id, title, createdAtMs: nowMs, updatedAtMs: nowMs, pinnedAtMs: null }
    },
    touch(id: string, nowMs: number): void {
      touch.run(nowMs, id)
    },
    /** After what is in it; not when a person has named it. */
    rename(id: string, title: string): void {
      rename.run(title, id)
    },
    /** By a person; false when it is not there. */
    name: (id: string, title: string, nowMs: number): boolean => name.run(title, nowMs, id).changes === 1,
    pin: (id: string, atMs: number | null): boolean => pin.run(atMs, id).changes === 1,
    /** With everything that hangs on it. */
    remove(id: string): boolean {
      const isRemoved = remove.run(id).changes === 1
      if (isRemoved) clearWriteAheadLog(database)
      return isRemoved
    },
  }
}
