import { z } from 'zod'
import { type Message, messageSchema, type Part, partSchema } from '../protocol.ts'
import type { LabDatabase } from './lab-database.ts'

interface MessageRow {
  id: string
  conversationId: string
  role: 'operator' | 'advisor'
  parts: string
  answeredBy: string | null
  createdAtMs: number
}

/** No model is sent more: short messages of that number are more than a history may take. */
const newestMin = 400

const partsSchema = z.array(partSchema)
const answeredBySchema = messageSchema.shape.answeredBy

const columns =
  'id, conversation_id as conversationId, role, parts, answered_by as answeredBy, created_at_ms as createdAtMs'

/** Table `messages`: the canonical transcript. Parts are checked when they are read back. */
export function messagesTable(database: LabDatabase) {
  const byConversation = database.prepare<[string], MessageRow>(
    `select ${columns} from messages where conversation_id = ? order by position`,
  )
  const count = database.prepare<[string], { messages: number }>(
    'select count(*) as messages from messages where conversation_id = ?',
  )
  const byConversationFrom = database.prepare<[string, number], MessageRow>(
    `select ${columns} from messages where conversation_id = ? order by position limit -1 offset ?`,
  )
  const byId = database.prepare<[string], MessageRow>(`select ${columns} from messages where id = ?`)
  const insert = database.prepare<[string, string, string, string, string | null, number]>(
    'insert into messages (id, conversation_id, role, parts, answered_by, created_at_ms) values (?, ?, ?, ?, ?, ?)',
  )
  const setParts = database.prepare<[string, string]>('update messages set parts = ? where id = ?')
  const setEnd = database.prepare<[string, string | null, string]>(
    'update messages set parts = ?, answered_by = ? where id = ?',
  )
  return {
    list: (conversationId: string): Message[] => byConversation.all(conversationId).map(toMessage),
    /** The newest ones. Where they begin stays the same for many messages, so that what is made of them begins the same. */
    newest(conversationId: string): Message[] {
      const { messages = 0 } = count.get(conversationId) ?? {}
      const left = Math.max(0, messages - newestMin)
      return byConversationFrom.all(conversationId, left - (left % newestMin)).map(toMessage)
    },
    get(id: string): Message | null {
      const row = byId.get(id)
      return row ? toMessage(row) : null
    },
    insert(conversationId: string, message: Message): void {
      const answeredBy = message.answeredBy ? JSON.stringify(message.answeredBy) : null
      const createdAtMs = Date.parse(message.createdAt)
      insert.run(
        message.id,
        conversationId,
        message.role,
        JSON.stringify(message.parts),
        answeredBy,
        createdAtMs,
      )
    },
    setParts(id: string, parts: Part[]): void {
      setParts.run(JSON.stringify(parts), id)
    },
    setEnd(id: string, parts: Part[], answeredBy: Message['answeredBy']): void {
      setEnd.run(JSON.stringify(parts), answeredBy ? JSON.stringify(answeredBy) : null, id)
    },
  }
}

function toMessage(row: MessageRow): Message {
  return {
    id: row.id,
    role: row.role,
    createdAt: new Date(row.createdAtMs).toISOString(),
    parts: partsSchema.parse(JSON.parse(row.parts)),
    answeredBy: row.answeredBy ? answeredBySchema.parse(JSON.parse(row.answeredBy)) : null,
  }
}
