import { ulid } from 'ulid'
import type { LabDatabase } from './lab-database.ts'

export interface ConversationRow {
  id: string
  title: string
  createdAtMs: number
  updatedAtMs: number
}

const columns = 'id, title, created_at_ms as createdAtMs, updated_at_ms as updatedAtMs'

/** Table `conversations`. */
export function conversationsTable(database: LabDatabase) {
  const byId = database.prepare<[string], ConversationRow>(
    `select ${columns} from conversations where id = ?`,
  )
  const newest = database.prepare<[number], ConversationRow>(
    `select ${columns} from conversations order by updated_at_ms desc, id desc limit ?`,
  )
  const insert = database.prepare<[string, string, number, number]>(
    'insert into conversations (id, title, created_at_ms, updated_at_ms) values (?, ?, ?, ?)',
  )
  const touch = database.prepare<[number, string]>('update conversations set updated_at_ms = ? where id = ?')
  const rename = database.prepare<[string, string]>('update conversations set title = ? where id = ?')
  return {
    get: (id: string): ConversationRow | null => byId.get(id) ?? null,
    list: (limit: number): ConversationRow[] => newest.all(limit),
    create(title: string, nowMs: number): ConversationRow {
      const id = ulid()
      insert.run(id, title, nowMs, nowMs)
      return { id, title, createdAtMs: nowMs, updatedAtMs: nowMs }
    },
    touch(id: string, nowMs: number): void {
      touch.run(nowMs, id)
    },
    rename(id: string, title: string): void {
      rename.run(title, id)
    },
  }
}
