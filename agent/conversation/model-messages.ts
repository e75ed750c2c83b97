import type { ModelMessage } from 'ai'
import { referenceOf } from '../context/result-shelf.ts'
import { referenceMark } from '../context/shorten-results.ts'
import type { Message, Part } from '../protocol/messages.ts'
import { bounded } from '../tools/call-outcome.ts'

const resultCharactersMax = 1500

type AssistantMessage = Extract<ModelMessage, { role: 'assistant' }>
type AssistantContent = Exclude<AssistantMessage['content'], string>
type ToolMessage = Extract<ModelMessage, { role: 'tool' }>

/**
 * The stored transcript as a model reads it: a tool call never without its result, photos by attachment id only, the same
 * bytes for the same messages. How much of it is sent is for the context budget.
 */
export function toModelMessages(messages: Message[]): ModelMessage[] {
  return messages.flatMap((message) =>
    message.role === 'operator'
      ? [operatorMessage(message)]
      : [...summaryMessages(message), ...advisorMessages(message)],
  )
}

/** What a model thought is its own; nobody is sent it again. */
export function withoutReasoning(messages: ModelMessage[]): ModelMessage[] {
  return messages.flatMap((message): ModelMessage[] => {
    if (message.role !== 'assistant' || typeof message.content === 'string') return [message]
    const content = message.content.filter(({ type }) => type !== 'reasoning' && type !== 'reasoning-file')
    if (content.length === message.content.length) return [message]
    return content.length === 0 ? [] : [{ ...message, content }]
  })
}

/** A call that could not be carried out is answered in our own words, not in those of a library. */
export function withPlainFaults(
  messages: ModelMessage[],
  whyNot: (toolName: string) => string,
): ModelMessage[] {
  return messages.map((message): ModelMessage => {
    if (message.role !== 'tool') return message
    const content = message.content.map((part) =>
      part.type === 'tool-result' && part.output.type === 'error-text'
        ? { ...part, output: { type: 'text' as const, value: `Refused: ${whyNot(part.toolName)}` } }
        : part,
    )
    return { ...message, content }
  })
}

/** Begins what stands in place of older messages. */
export const summaryOpening = '[what was said earlier here, as a summary]'

/** A summary is a question and an answer, because some servers refuse any other order. */
function summaryMessages(message: Message): ModelMessage[] {
  return message.parts.flatMap((part): ModelMessage[] =>
    part.kind === 'summary'
      ? [
          { role: 'user', content: `${summaryOpening}\n${part.text}` },
          { role: 'assistant', content: 'Noted.' },
        ]
      : [],
  )
}

function operatorMessage(message: Message): ModelMessage {
  const lines = message.parts.flatMap((part) => {
    if (part.kind === 'text') return [part.text]
    return part.kind === 'photo' ? [photoLine(part)] : []
  })
  return { role: 'user', content: lines.join('\n') }
}

/** How a photo is named to a model; the Commands model reads this line back. */
export function photoLine(photo: { attachmentId: string; name: string }): string {
  return `[photo attachment_id=${photo.attachmentId} name=${JSON.stringify(photo.name.slice(0, 60))}]`
}

export const photoLinePattern = /^\[photo attachment_id=([A-Za-z0-9_-]{1,64}) name=.*\]$/gm

function advisorMessages(message: Message): ModelMessage[] {
  const turned: ModelMessage[] = []
  let content: AssistantContent = []
  let results: ToolMessage['content'] = []

  function close(): void {
    if (content.length > 0) turned.push({ role: 'assistant', content })
    if (results.length > 0) turned.push({ role: 'tool', content: results })
    content = []
    results = []
  }
  for (const part of message.parts) {
    if (part.kind === 'text') {
      if (results.length > 0) close()
      content.push({ type: 'text', text: part.text })
    } else if (part.kind === 'tool-call') {
      const toolName = `${part.server}_${part.tool}`
      content.push({ type: 'tool-call', toolCallId: part.callId, toolName, input: parsedInput(part.input) })
      const output = { type: 'text' as const, value: resultText(part) }
      results.push({ type: 'tool-result', toolCallId: part.callId, toolName, output })
    }
  }
  close()
  return turned
}

type ToolCall = Extract<Part, { kind: 'tool-call' }>

const stateText: Record<ToolCall['state'], string> = {
  running: 'No answer yet.',
  waiting: 'A person has not decided yet; nothing has happened so far.',
  done: 'Done.',
  failed: 'Failed.',
  declined: 'The person declined.',
  expired: 'No longer valid.',
}

function resultText(part: ToolCall): string {
  const words = part.outcome ?? stateText[part.state]
  const facts = part.result === null || part.result === undefined ? '' : JSON.stringify(part.result)
  const text = `${words}\n${facts}`.trim()
  if (text.length <= resultCharactersMax) return text
  return `${referenceMark(referenceOf(part.callId))}\n${bounded(text, resultCharactersMax)}`
}

/** Long arguments are stored cut; a model is shown as much, not a call without any. */
function parsedInput(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return { cut: text }
  }
}
