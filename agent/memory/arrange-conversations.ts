import type { Clock } from '../clock.ts'
import {
  type ConversationResponses,
  type ConversationSummary,
  type FoundConversation,
  titleRefusal,
} from '../protocol/conversations.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import type { ConversationSearch } from '../store/conversation-search.ts'
import type { ConversationRow } from '../store/conversations.ts'
import type { Transcript } from '../store/transcript.ts'
import { excerptOf } from './excerpt.ts'

const listedMax = 100
const foundMax = 50
const wordsMax = 12
const gone = {
  kind: 'refused',
  why: 'This conversation is not there any more. Open another one.',
} as const

/** What a person does with conversations as a whole. */
export interface Arranging {
  summaries(): ConversationSummary[]
  search: Act<'conversation-search'>
  rename: Act<'conversation-rename'>
  pin: Act<'conversation-pin'>
  /** With all that was said in it. What it cost, what was decided and the items stay. */
  remove: Act<'conversation-delete'>
}
type Act<Name extends keyof ConversationResponses> = (
  body: RequestBody<Name>,
) => Answer<ConversationResponses[Name]>

export function openArranging(deps: {
  transcript: Transcript
  search: ConversationSearch
  clock: Clock
  isAnswering(conversationId: string): boolean
  onListChanged(): void
}): Arranging {
  const { transcript, clock } = deps
  const { conversations, pendingCalls } = transcript

  return {
    summaries: () => conversations.list(listedMax).map(summaryOf),
    search({ text }) {
      const words = [...new Set(text.normalize('NFC').split(/[\s\p{Cc}]+/u))].filter((word) => word !== '')
      if (words.length === 0) return { kind: 'ok', value: { found: [], more: false } }
      // A conversation comes at most twice: for its title, and for its messages.
      const hits = deps.search.find(words.slice(0, wordsMax), 2 * foundMax + 1)
      const found = new Map<string, FoundConversation>()
      for (const hit of hits) {
        const row = conversations.get(hit.conversationId)
        const { messageId, text: line } = hit
        if (!row || (found.has(row.id) && line === null)) continue
        const excerpt = line === null || messageId === null ? null : { messageId, ...excerptOf(line, words) }
        found.set(row.id, { ...summaryOf(row), excerpt })
      }
      const more = found.size > foundMax || hits.length > 2 * foundMax
      return { kind: 'ok', value: { found: [...found.values()].slice(0, foundMax), more } }
    },
    rename({ conversationId, title: typed }) {
      const title = typed.trim().replace(/\s+/g, ' ')
      const why = titleRefusal(title)
      if (why !== null) return { kind: 'refused', why }
      if (!conversations.name(conversationId, title, clock.nowMs())) return gone
      deps.onListChanged()
      return { kind: 'ok', value: { title } }
    },
    pin({ conversationId, pinned }) {
      if (!conversations.pin(conversationId, pinned ? clock.nowMs() : null)) return gone
      deps.onListChanged()
      return { kind: 'ok', value: { pinned } }
    },
    remove({ conversationId }) {
      if (deps.isAnswering(conversationId))
        return { kind: 'refused', why: 'An answer is being made in it. Stop the answer first.' }
      if (pendingCalls.areOpenIn(conversationId))
        return {
          kind: 'refused',
          why: 'A request in it waits for your decision. Approve or decline it first.',
        }
      if (!conversations.remove(conversationId)) return gone
      deps.onListChanged()
      return { kind: 'ok', value: { deletedId: conversationId } }
    },
  }
}

function summaryOf({ id, title, updatedAtMs, pinnedAtMs }: ConversationRow): ConversationSummary {
  return { id, title, updatedAt: new Date(updatedAtMs).toISOString(), pinned: pinnedAtMs !== null }
}
