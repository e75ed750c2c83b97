import type { Message, Part } from '../protocol/messages.ts'
import type { ChunkLog } from './chunk-log.ts'

export type ToolCallPart = Extract<Part, { kind: 'tool-call' }>

/** The message that is being made: every change goes to the chunk log, in order. */
export interface MessageWriter {
  messageId: string
  /** Text of one stretch; a new `stretch` begins a new part. */
  text(stretch: string, delta: string): void
  /** What a model thinks; a new `stretch` begins a new part. Long thoughts are cut. */
  reasoning(stretch: string, delta: string): void
  /** It has thought enough for now. */
  endReasoning(): void
  /** The thoughts of a model that came to nothing are not shown. */
  dropReasoning(): void
  /** Adds the call, or changes what is known of it. */
  toolCall(part: ToolCallPart): void
  call(callId: string): { part: ToolCallPart; index: number } | null
  notice(tone: 'muted' | 'bad', text: string): void
  /** Takes back the text from a part on; the notice stands in its place. */
  discardText(fromIndex: number, notice: string): void
  parts(): Part[]
}

const reasoningCharactersMax = 20_000

export function startMessage(message: Message, log: ChunkLog, nowMs: () => number): MessageWriter {
  const parts: Part[] = [...message.parts]
  let thinking: { stretch: string; index: number; sinceMs: number } | null = null
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

  function endReasoning(): void {
    const part = thinking && parts[thinking.index]
    if (thinking && part?.kind === 'reasoning')
      set(thinking.index, { ...part, elapsedMs: Math.max(0, nowMs() - thinking.sinceMs) })
    thinking = null
  }

  return {
    messageId: message.id,
    reasoning(stretch, delta) {
      if (delta === '') return
      openStretch = null
      if (thinking?.stretch !== stretch) {
        endReasoning()
        thinking = { stretch, index: parts.length, sinceMs: nowMs() }
        set(thinking.index, { kind: 'reasoning', text: '', elapsedMs: null })
      }
      const part = parts[thinking.index]
      const thought = part?.kind === 'reasoning' ? part.text : ''
      const text = delta.slice(0, reasoningCharactersMax - thought.length)
      if (text === '') return
      parts[thinking.index] = { kind: 'reasoning', text: thought + text, elapsedMs: null }
      log.append({ kind: 'text-delta', messageId: message.id, partIndex: thinking.index, text })
    },
    endReasoning,
    dropReasoning() {
      thinking = null
      for (const [index, part] of parts.entries())
        if (part.kind === 'reasoning' && part.text !== '') set(index, { ...part, text: '', elapsedMs: 0 })
    },
    text(stretch, delta) {
      if (delta === '') return
      endReasoning()
      if (openStretch?.stretch !== stretch) openStretch = { stretch, index: parts.length }
      const { index } = openStretch
      const before = parts[index]
      parts[index] = { kind: 'text', text: (before?.kind === 'text' ? before.text : '') + delta }
      log.append({ kind: 'text-delta', messageId: message.id, partIndex: index, text: delta })
    },
    toolCall(part) {
      endReasoning()
      openStretch = null
      set(call(part.callId)?.index ?? parts.length, part)
    },
    call,
    notice(tone, text) {
      endReasoning()
      openStretch = null
      set(parts.length, { kind: 'notice', tone, text })
    },
    discardText(fromIndex, notice) {
      endReasoning()
      openStretch = null
      const said = parts.findIndex((part, index) => index >= fromIndex && part.kind === 'text')
      set(said === -1 ? parts.length : said, { kind: 'notice', tone: 'muted', text: notice })
      for (const [index, part] of parts.entries())
        if (index >= fromIndex && part.kind === 'text') set(index, { kind: 'text', text: '' })
    },
    parts: () => [...parts],
  }
}
