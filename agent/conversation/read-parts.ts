import type { Message, Part } from '../protocol/messages.ts'

/** How many calls the armour made good. */
export function salvagedIn(parts: Part[]): number {
  return parts.filter((part) => part.kind === 'tool-call' && part.origin === 'salvaged').length
}

/** What the person wrote, piece by piece. */
export function wordsOfPerson(messages: Message[]): string[] {
  const parts = messages.flatMap((message) => (message.role === 'operator' ? message.parts : []))
  return parts.flatMap((part) => (part.kind === 'text' ? [part.text] : []))
}

/** The parts of a call's message with one part replaced. */
export function withPart(parts: Part[], index: number, part: Part): Part[] {
  return parts.map((old, position) => (position === index ? part : old))
}
