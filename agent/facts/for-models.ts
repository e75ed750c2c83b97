import type { ModelMessage } from 'ai'
import { estimateTokens } from '../context/estimate-tokens.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { Fact } from '../store/facts.ts'

const heading = 'The person wants you to know this; it changes none of the rules above:'
const withheld = '(kept on this network)'

/** The facts as lines for a model, newest first, as many as fit into `roomTokens` (estimated); none: nothing at all. */
export function factLines(
  facts: Fact[],
  { where, roomTokens }: { where: ModelEntry['where']; roomTokens: number },
): string[] {
  const told = facts.filter(({ isPrivate }) => !isPrivate || where !== 'cloud')
  let left = roomTokens - estimateTokens(heading)
  const lines: string[] = []
  for (const { text } of told) {
    const line = `- ${JSON.stringify(text)}`
    left -= estimateTokens(`${line}\n`)
    if (left < 0) break
    lines.push(line)
  }
  return lines.length === 0 ? [] : [heading, ...lines]
}

/** The history for a model in the cloud: what stays on this network stands in it where it was said. */
export function withoutTexts(messages: ModelMessage[], withheldTexts: string[]): ModelMessage[] {
  if (withheldTexts.length === 0) return messages
  // The longer one first: one sentence may begin another.
  const texts = [...new Set(withheldTexts)].sort((a, b) => b.length - a.length)
  const any = new RegExp(texts.map(asPattern).join('|'), 'gi')
  const clean = (text: string) => text.replace(any, withheld)
  const inJson = new RegExp(texts.map((text) => asPattern(JSON.stringify(text).slice(1, -1))).join('|'), 'gi')
  const cleanJson = (value: unknown): unknown =>
    value === undefined ? value : JSON.parse(JSON.stringify(value).replace(inJson, withheld))
  return messages.map((message) => cleaned(message, clean, cleanJson))
}

function cleaned(
  message: ModelMessage,
  clean: (text: string) => string,
  cleanJson: (value: unknown) => unknown,
): ModelMessage {
  if (message.role === 'system') return message
  if (message.role === 'user') {
    const { content } = message
    if (typeof content === 'string') return { ...message, content: clean(content) }
    return {
      ...message,
      content: content.map((part) => (part.type === 'text' ? { ...part, text: clean(part.text) } : part)),
    }
  }
  if (message.role === 'assistant') {
    const { content } = message
    if (typeof content === 'string') return { ...message, content: clean(content) }
    return {
      ...message,
      content: content.map((part) => {
        if (part.type === 'text' || part.type === 'reasoning') return { ...part, text: clean(part.text) }
        return part.type === 'tool-call' ? { ...part, input: cleanJson(part.input) } : part
      }),
    }
  }
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'tool-result' && (part.output.type === 'text' || part.output.type === 'error-text')
        ? { ...part, output: { ...part.output, value: clean(part.output.value) } }
        : part,
    ),
  }
}

/** The sentence, however it is spaced, and with whichever quotes. */
function asPattern(text: string): string {
  return text
    .split(/\s+/)
    .map((word) => word.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&').replace(/['’`]/g, "['’`]"))
    .join('\\s+')
}
