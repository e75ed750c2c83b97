import { z } from 'zod'
import { type Message, messageSchema, type Part, partSchema } from '../protocol/messages.ts'
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

/** Not summarised. */
const isRead = `position >= (
  select coalesce(summary_position, 0) from conversations where conversations.id = messages.conversation_id)`

/** Table `messages`: the canonical transcript. Parts are checked when they are read back. */
export function messagesTable(database: LabDatabase) {
  const byConversation = database.prepare<[string], MessageRow>(
    `select ${columns} from messages where conversation_id = ? and ${isRead} order by position`,
  )
  const count = database.prepare<[string], { messages: number }>(
    `select count(*) as messages from messages where conversation_id = ? and ${isRead}`,
  )
  const byConversationFrom = database.prepare<[string, number, number], MessageRow>(
    `select ${columns} from messages where conversation_id = ? and ${isRead} order by position limit ? offset ?`,
  )
  const beginAt = database.prepare<[string, string]>(
    'update conversations set summary_position = (select position from messages where id = ?) where id = ?',
  )
  const removeSummarised = database.prepare<[number]>(
    `delete from messages where position in (
       select messages.position from messages join conversations on conversations.id = conversation_id
       where messages.position < summary_position limit ?)`,
  )
  const byId = database.prepare<[string], MessageRow>(`select ${columns} from messages where id = ?`)
  const insert = database.prepare<[string, string, string, string, string | null, number]>(
    'insert into messages (id, conversation_id, role, parts, answered_by, created_at_ms) values (?, ?, ?, ?, ?, ?)',
  )
  const setParts = database.prepare<[string, string]>('update messages set parts = ? where id = ?')
  const setAnsweredBy = database.prepare<[string, string]>('update messages set answered_by = ? where id = ?')
  function insertMessage(conversationId: string, message: Message): void {
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
  }
  return {
    list: (conversationId: string): Message[] => byConversation.all(conversationId).map(toMessage),
    /** The newest ones. Where they begin stays the same for many messages, so that what is made of them begins the same. */
    newest(conversationId: string): Message[] {
      const { messages = 0 } = count.get(conversationId) ?? {}
      const left = Math.max(0, messages - newestMin)
      return byConversationFrom.all(conversationId, -1, left - (left % newestMin)).map(toMessage)
    },
    page: (conversationId: string, fromIndex: number, count: number): Message[] =>
      byConversationFrom.all(conversationId, count, fromIndex).map(toMessage),
    /** From now on the conversation begins with this message; call it within a transaction. */
    beginWith(conversationId: string, summary: Message): void {
      insertMessage(conversationId, summary)
      beginAt.run(summary.id, conversationId)
    },
    /** Removes some of those that a summary stands for; how many. */
    removeSummarised: (count: number): number => removeSummarised.run(count).changes,
    get(id: string): Message | null {
      const row = byId.get(id)
      return row ? toMessage(row) : null
    },
    insert: insertMessage,
    setParts(id: string, parts: Part[]): void {
      setParts.run(JSON.stringify(parts), id)
    },
    setAnsweredBy(id: string, answeredBy: NonNullable<Message['answeredBy']>): void {
      setAnsweredBy.run(JSON.stringify(answeredBy), id)
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
