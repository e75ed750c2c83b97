import type { ItemView } from '../../agent/protocol/items.ts'
import type { Message, Part } from '../../agent/protocol/messages.ts'

/** Where each card is drawn, so that it is on the page once: `<message id>` by `item:<id>` or `change:<id>`. */
export type CardHomes = ReadonlyMap<string, string>

/** A card lives in the last message that is about it. */
export function cardHomes(messages: Message[]): CardHomes {
  const homes = new Map<string, string>()
  for (const message of messages) {
    for (const part of message.parts) {
      const card = cardOf(part)
      if (card) homes.set(`${card.kind}:${card.id}`, message.id)
    }
  }
  return homes
}

/** The card that belongs behind the part at `index`: at the first mention inside the message that is its home. */
export function cardAt(
  message: Message,
  index: number,
  homes: CardHomes,
): { kind: 'none' } | { kind: 'item' | 'change'; id: string } {
  const part = message.parts[index]
  const card = part && cardOf(part)
  if (!card || homes.get(`${card.kind}:${card.id}`) !== message.id) return { kind: 'none' }
  const first = message.parts.findIndex((other) => {
    const same = cardOf(other)
    return same?.kind === card.kind && same.id === card.id
  })
  return first === index ? card : { kind: 'none' }
}

function cardOf(part: Part): { kind: 'item' | 'change'; id: string } | null {
  if (part.kind !== 'tool-call') return null
  if (part.itemId !== null) return { kind: 'item', id: part.itemId }
  return part.changeId === null ? null : { kind: 'change', id: part.changeId }
}

/** Items that no message is about yet, and whose photo was sent in this conversation: they are still being read. */
export function homelessItems(
  items: ItemView[],
  conversation: { id: string; messages: Message[] },
  homes: CardHomes,
): ItemView[] {
  const sent = new Set(
    conversation.messages.flatMap((message) =>
      message.parts.flatMap((part) => (part.kind === 'photo' ? [part.attachmentId] : [])),
    ),
  )
  return items.filter((item) => {
    if (homes.has(`item:${item.id}`)) return false
    return (
      item.conversationId === conversation.id || item.photos.some((photo) => sent.has(photo.attachmentId))
    )
  })
}
