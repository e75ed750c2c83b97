import { chunksTable } from './chunks.ts'
import { conversationsTable } from './conversations.ts'
import type { LabDatabase } from './lab-database.ts'
import { messagesTable } from './messages.ts'
import { pendingCallsTable } from './pending-calls.ts'
import { runsTable } from './runs.ts'

/** The tables of a conversation, and `together` for changes that must be on disk both or neither. */
export function openTranscript(database: LabDatabase) {
  return {
    conversations: conversationsTable(database),
    messages: messagesTable(database),
    runs: runsTable(database),
    chunks: chunksTable(database),
    pendingCalls: pendingCallsTable(database),
    together<Result>(work: () => Result): Result {
      return database.transaction(work)()
    },
  }
}
export type Transcript = ReturnType<typeof openTranscript>
