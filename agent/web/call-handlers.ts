import type { Conversations } from '../conversation/open-conversations.ts'
import { type CallResponses, callRequests } from '../protocol/calls.ts'
import { checked, type Handler } from './socket-handler.ts'

/** What a signed-in page may do with a tool call that runs. */
export function callHandlers(
  conversations: Pick<Conversations, 'cancelCall'>,
): Record<keyof CallResponses, Handler> {
  return {
    'call-cancel': checked(
      'call-cancel',
      (body) => callRequests['call-cancel'].safeParse(body),
      async (body) => conversations.cancelCall(body),
    ),
  }
}
