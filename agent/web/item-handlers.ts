import type { Conversations } from '../conversation/open-conversations.ts'
import type { OperatorDesk } from '../operator-desk.ts'
import { type ItemResponses, itemRequests } from '../protocol/items.ts'
import type { RequestBody } from '../protocol.ts'
import { type Asked, checked, type Handler } from './socket-handler.ts'

export interface ItemDeps {
  conversations: Pick<Conversations, 'send'>
  desk: OperatorDesk
  onPhotosAdded(body: RequestBody<'photo-add'>): void
}

/** What a signed-in page may do with items on their way into the inventory. */
export function itemHandlers({
  conversations,
  desk,
  onPhotosAdded,
}: ItemDeps): Record<keyof ItemResponses, Handler> {
  async function sample(body: RequestBody<'sample-start'>) {
    const photo = await desk.storeSamplePhoto()
    return conversations.send({ ...body, text: '', photos: [photo] })
  }
  async function addPhoto(body: RequestBody<'photo-add'>, { operator }: Asked) {
    const isRecorded = desk.items().some(({ id, state }) => id === body.itemId && state === 'complete')
    const answer = await desk['photo-add'](body, operator)
    if (answer.kind === 'ok' && !isRecorded) onPhotosAdded(body)
    return answer
  }

  return {
    'sample-start': checked('sample-start', (body) => itemRequests['sample-start'].safeParse(body), sample),
    'photo-add': checked('photo-add', (body) => itemRequests['photo-add'].safeParse(body), addPhoto),
    'field-correct': checked(
      'field-correct',
      (body) => itemRequests['field-correct'].safeParse(body),
      (body, { operator }) => desk['field-correct'](body, operator),
    ),
    'item-propose': checked(
      'item-propose',
      (body) => itemRequests['item-propose'].safeParse(body),
      (body, { operator }) => desk['item-propose'](body, operator),
    ),
    'items-propose': checked(
      'items-propose',
      (body) => itemRequests['items-propose'].safeParse(body),
      (body, { operator }) => desk['items-propose'](body, operator),
    ),
    'item-discard': checked(
      'item-discard',
      (body) => itemRequests['item-discard'].safeParse(body),
      (body, { operator }) => desk['item-discard'](body, operator),
    ),
    'printer-choose': checked(
      'printer-choose',
      (body) => itemRequests['printer-choose'].safeParse(body),
      (body, { operator }) => desk['printer-choose'](body, operator),
    ),
  }
}
