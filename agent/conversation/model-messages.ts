import type { ModelMessage } from 'ai'
import type { Message, Part } from '../protocol.ts'
import { bounded } from '../tools/call-outcome.ts'

const historyCharactersMax = 24_000
const resultCharactersMax = 1500

type AssistantMessage = Extract<ModelMessage, { role: 'assistant' }>
type AssistantContent = Exclude<AssistantMessage['content'], string>
type ToolMessage = Extract<ModelMessage, { role: 'tool' }>

/**
 * The stored transcript as a model reads it: the newest messages that fit, a tool call never without its result, photos
 * by attachment id only.
 */
export function toModelMessages(messages: Message[]): ModelMessage[] {
  const kept: ModelMessage[][] = []
  let characters = 0
  for (const message of messages.toReversed()) {
    const turned = message.role === 'operator' ? [operatorMessage(message)] : advisorMessages(message)
    characters += JSON.stringify(turned).length
    if (characters > historyCharactersMax && kept.length > 0) break
    kept.push(turned)
  }
  const flat = kept.reverse().flat()
  const firstOperator = flat.findIndex((message) => message.role === 'user')
  return firstOperator > 0 ? flat.slice(firstOperator) : flat
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
  return bounded(`${words}\n${facts}`, resultCharactersMax)
}

function parsedInput(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return {}
  }
}
