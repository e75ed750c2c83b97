import { useState } from 'react'
import type { Message } from '../../agent/protocol/messages.ts'
import { type CardHomes, cardHomes } from './card-homes.ts'

/** The same map as long as nothing moved, so that a streaming answer does not redraw the messages above it. */
export function useCardHomes(messages: Message[]): CardHomes {
  const [held, setHeld] = useState(() => ({ messages, homes: cardHomes(messages) }))
  if (held.messages === messages) return held.homes
  const next = cardHomes(messages)
  const same =
    next.size === held.homes.size && [...next].every(([card, home]) => held.homes.get(card) === home)
  const homes = same ? held.homes : next
  setHeld({ messages, homes })
  return homes
}
