import type { ModelMessage } from 'ai'
import { bounded } from '../tools/call-outcome.ts'

/** The line of a result that has more to it; the shelf finds the whole by it. */
const referencePattern = /^\[result#([a-z2-7]{6})\]/
const lineCharactersMax = 200

export const referenceMark = (reference: string): string => `[result#${reference}]`

/** The message with each result that is on the shelf down to one line; calls and everything else stay as they are. */
export function shortenResults(
  message: ModelMessage,
  lineOf: (reference: string) => string | null,
): ModelMessage {
  if (message.role !== 'tool') return message
  return {
    ...message,
    content: message.content.map((part) => {
      if (part.type !== 'tool-result' || part.output.type !== 'text') return part
      const reference = referencePattern.exec(part.output.value)?.[1]
      if (!reference) return part
      return { ...part, output: { ...part.output, value: oneLine(reference, lineOf(reference)) } }
    }),
  }
}

function oneLine(reference: string, line: string | null): string {
  const words = bounded((line ?? '').replace(/\s+/g, ' '), lineCharactersMax)
  return `${referenceMark(reference)} ${words} (only this line is left here)`
}
