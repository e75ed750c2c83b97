import type { ItemView, Message, Part } from '../../agent/protocol.ts'

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

/** Items that began in this conversation and that no message is about yet: the reading is still going on. */
export function homelessItems(items: ItemView[], conversationId: string, homes: CardHomes): ItemView[] {
  return items.filter((item) => item.conversationId === conversationId && !homes.has(`item:${item.id}`))
}
