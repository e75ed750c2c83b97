import { z } from 'zod'

/** The list of conversations: found again, named, pinned, deleted. */

const titleCharactersMax = 80

export const conversationSummarySchema = z.object({
  id: z.string(),
  title: z.string(),
  updatedAt: z.string(),
  /** Above the others, and never summarised. */
  pinned: z.boolean(),
})
export type ConversationSummary = z.infer<typeof conversationSummarySchema>

/** A conversation in which every word was found, in its title or in one message. */
export interface FoundConversation extends ConversationSummary {
  /** Around the first word in the newest message that has them all; null: they are in the title. */
  excerpt: { messageId: string; before: string; found: string; after: string } | null
}

const id = z.string().min(1).max(64)

export const conversationRequests = {
  /** Every word has to be there; signs are plain text. */
  'conversation-search': z.object({ text: z.string().max(200) }),
  'conversation-rename': z.object({ conversationId: id, title: z.string().max(1000) }),
  'conversation-pin': z.object({ conversationId: id, pinned: z.boolean() }),
  'conversation-delete': z.object({ conversationId: id }),
} as const

export interface ConversationResponses {
  'conversation-search': { found: FoundConversation[]; more: boolean }
  'conversation-rename': { title: string }
  'conversation-pin': { pinned: boolean }
  'conversation-delete': { deletedId: string }
}

/** A sentence when a conversation cannot be called so, or null. */
export function titleRefusal(title: string): string | null {
  if (title === '') return 'Type a name first.'
  if (title.length <= titleCharactersMax) return null
  return `This name has ${title.length} characters; a conversation’s can have ${titleCharactersMax}.`
}
