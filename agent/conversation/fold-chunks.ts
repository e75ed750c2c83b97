import type { Message, Part } from '../protocol/messages.ts'
import type { ChunkBody } from '../store/chunks.ts'

/** The advisor's message that a run's chunks make, or null before it starts. Chunks about other messages change nothing. */
export function foldChunks(bodies: ChunkBody[]): Message | null {
  return bodies.reduce<Message | null>(foldChunk, null)
}

/** One chunk more: a pure step, the same on both ends of the socket. */
export function foldChunk(message: Message | null, body: ChunkBody): Message | null {
  if (body.kind === 'message-start') return body.message.role === 'advisor' ? body.message : message
  if (!message || body.messageId !== message.id) return message
  if (body.kind === 'run-end' || body.kind === 'cost-settled')
    return { ...message, answeredBy: body.answeredBy }
  const parts = [...message.parts]
  if (body.kind === 'part-set') parts[body.partIndex] = body.part
  else {
    const before = parts[body.partIndex]
    parts[body.partIndex] = withText(before, body.text)
  }
  return { ...message, parts }
}

function withText(part: Part | undefined, text: string): Part {
  if (part?.kind === 'text' || part?.kind === 'reasoning') return { ...part, text: part.text + text }
  return { kind: 'text', text }
}
