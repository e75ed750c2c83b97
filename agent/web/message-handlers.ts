import type { Conversations } from '../conversation/open-conversations.ts'
import { type MessageResponses, messageRequests } from '../protocol/messages.ts'
import type { RequestBody } from '../protocol.ts'
import { type Asked, checked, type Handler, type LabSocket } from './socket-handler.ts'

/** Chunks of a conversation go to the room of this name. */
export const roomOf = (conversationId: string) => `conversation:${conversationId}`

/** What a signed-in page may say. `photoName` gives the names of uploaded photos, for the transcript. */
export function messageHandlers(
  conversations: Pick<Conversations, 'open' | 'create' | 'send' | 'stop'>,
  photoName: (attachmentId: string) => string,
): Record<keyof MessageResponses, Handler> {
  async function open(body: RequestBody<'conversation-open'>, { socket }: Asked) {
    const answer = conversations.open(body)
    if (answer.kind === 'ok') enter(socket, roomOf(answer.value.conversation.id))
    return answer
  }
  async function send(body: RequestBody<'message-send'>) {
    const photos = body.attachmentIds.map((attachmentId) => ({ attachmentId, name: photoName(attachmentId) }))
    return conversations.send({ ...body, photos })
  }

  return {
    'conversation-open': checked(
      'conversation-open',
      (body) => messageRequests['conversation-open'].safeParse(body),
      open,
    ),
    'conversation-new': checked(
      'conversation-new',
      (body) => messageRequests['conversation-new'].safeParse(body),
      async () => ({ kind: 'ok', value: conversations.create() }),
    ),
    'message-send': checked('message-send', (body) => messageRequests['message-send'].safeParse(body), send),
    'run-stop': checked(
      'run-stop',
      (body) => messageRequests['run-stop'].safeParse(body),
      async (body) => conversations.stop(body.conversationId),
    ),
  }
}

function enter(socket: LabSocket, room: string): void {
  for (const other of socket.rooms) if (other !== socket.id) socket.leave(other)
  socket.join(room)
}
