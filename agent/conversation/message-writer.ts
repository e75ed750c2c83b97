import type { Message, Part } from '../protocol.ts'
import type { ChunkLog } from './chunk-log.ts'

export type ToolCallPart = Extract<Part, { kind: 'tool-call' }>

/** The message that is being made: every change goes to the chunk log, in order. */
export interface MessageWriter {
  messageId: string
  /** Text of one stretch; a new `stretch` begins a new part. */
  text(stretch: string, delta: string): void
  /** Adds the call, or changes what is known of it. */
  toolCall(part: ToolCallPart): void
  call(callId: string): { part: ToolCallPart; index: number } | null
  notice(tone: 'muted' | 'bad', text: string): void
  /** Takes back the text from a part on; the notice stands in its place. */
  discardText(fromIndex: number, notice: string): void
  parts(): Part[]
}

export function startMessage(message: Message, log: ChunkLog): MessageWriter {
  const parts: Part[] = [...message.parts]
  let openStretch: { stretch: string; index: number } | null = null
  log.append({ kind: 'message-start', message })

  function set(index: number, part: Part): void {
    parts[index] = part
    log.append({ kind: 'part-set', messageId: message.id, partIndex: index, part })
  }
  function call(callId: string): { part: ToolCallPart; index: number } | null {
    for (const [index, part] of parts.entries()) {
      if (part.kind === 'tool-call' && part.callId === callId) return { part, index }
    }
    return null
  }

  return {
    messageId: message.id,
    text(stretch, delta) {
      if (delta === '') return
      if (openStretch?.stretch !== stretch) openStretch = { stretch, index: parts.length }
      const { index } = openStretch
      const before = parts[index]
      parts[index] = { kind: 'text', text: (before?.kind === 'text' ? before.text : '') + delta }
      log.append({ kind: 'text-delta', messageId: message.id, partIndex: index, text: delta })
    },
    toolCall(part) {
      openStretch = null
      set(call(part.callId)?.index ?? parts.length, part)
    },
    call,
    notice(tone, text) {
      openStretch = null
      set(parts.length, { kind: 'notice', tone, text })
    },
    discardText(fromIndex, notice) {
      openStretch = null
      const said = parts.findIndex((part, index) => index >= fromIndex && part.kind === 'text')
      set(said === -1 ? parts.length : said, { kind: 'notice', tone: 'muted', text: notice })
      for (const [index, part] of parts.entries())
        if (index >= fromIndex && part.kind === 'text') set(index, { kind: 'text', text: '' })
    },
    parts: () => [...parts],
  }
}
