import type { ModelMessage } from 'ai'
import { sizeOfMessage } from './size-of-messages.ts'

/** What the conversation has grown beyond with its newest question, and had not with the question before; estimated tokens. */
export function outgrown(
  messages: ModelMessage[],
  limits: {
    /** Instructions and tools. */
    fixedTokens: number
    /** All that is sent. */
    promptTokens: number
    /** What came before a question. */
    historyTokens: number
  },
): 'window' | 'history' | null {
  const sizes = messages.map(sizeOfMessage)
  const upTo = (end: number) => sizes.slice(0, end).reduce((sum, size) => sum + size, 0)
  const questions = messages.flatMap(({ role }, at) => (role === 'user' ? [at] : []))
  const now = questions.at(-1) ?? 0
  const before = questions.at(-2)
  const isFull = (question: number) => limits.fixedTokens + upTo(question + 1) >= limits.promptTokens
  const isLong = (question: number) => upTo(question) > limits.historyTokens
  if (before !== undefined && (isFull(before) || isLong(before))) return null
  if (isFull(now)) return 'window'
  return isLong(now) ? 'history' : null
}
