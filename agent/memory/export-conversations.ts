import type { LabDatabase } from '../store/lab-database.ts'
import { routeDecisionsTable } from '../store/route-decisions.ts'
import { openTranscript } from '../store/transcript.ts'

/**
 * Every conversation as one line of JSON, newest first: its messages as they are stored, and for each answer how its model
 * was found. Times are ISO 8601 UTC.
 */
export function* exportConversations(database: LabDatabase): Generator<string> {
  const { conversations, messages } = openTranscript(database)
  const routes = routeDecisionsTable(database)
  for (const row of conversations.list(-1)) {
    const { id, title, createdAtMs, updatedAtMs, pinnedAtMs } = row
    yield JSON.stringify({
      ...{ id, title, pinned: pinnedAtMs !== null },
      createdAt: new Date(createdAtMs).toISOString(),
      updatedAt: new Date(updatedAtMs).toISOString(),
      messages: messages.list(id).map((message) => {
        const route = message.role === 'advisor' ? routes.ofMessage(message.id) : null
        if (!route) return message
        const { wish, decidedBy, task, asked, models } = route
        return { ...message, route: { wish, decidedBy, task, asked, models } }
      }),
    })
  }
}
