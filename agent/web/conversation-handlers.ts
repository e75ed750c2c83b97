import type { Arranging } from '../memory/arrange-conversations.ts'
import { type ConversationResponses, conversationRequests } from '../protocol/conversations.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may do with conversations as a whole. */
export function conversationHandlers(arranging: Arranging): Record<keyof ConversationResponses, Handler> {
  return {
    'conversation-search': checked(
      'conversation-search',
      (body) => conversationRequests['conversation-search'].safeParse(body),
      async (body) => arranging.search(body),
    ),
    'conversation-rename': checked(
      'conversation-rename',
      (body) => conversationRequests['conversation-rename'].safeParse(body),
      async (body) => arranging.rename(body),
    ),
    'conversation-pin': checked(
      'conversation-pin',
      (body) => conversationRequests['conversation-pin'].safeParse(body),
      async (body) => arranging.pin(body),
    ),
    'conversation-delete': checked(
      'conversation-delete',
      (body) => conversationRequests['conversation-delete'].safeParse(body),
      async (body) => arranging.remove(body),
    ),
  }
}
