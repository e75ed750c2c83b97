import { dynamicTool, generateText, isStepCount, jsonSchema, type ModelMessage, type ToolSet } from 'ai'
import type { ModelEntry } from '../models/model-entry.ts'
import type { Message, Part } from '../protocol/messages.ts'
import { forQuery } from '../spend/query.ts'
import type { Replay } from '../store/route-replays.ts'
import type { ToolCard } from '../tools/toolbox.ts'
import { namesIn, whyUseless } from './verify-answer.ts'

const stepsMax = 5
const outputTokensMax = 800
const withinMs = 180_000

export interface TurnToReplay {
  id: string
  entry: ModelEntry
  instructions: string
  /** Up to and with the question. */
  history: ModelMessage[]
  /** What the model in the cloud answered. */
  answer: Message
  /** What the model may want to call; nothing is called. */
  cards: ToolCard[]
  signal: AbortSignal
}

export type ReplayVerdict = Pick<Replay, 'verdict' | 'words'>

/**
 * Asks the model the same again. Tools answer what they answered then; whatever was not asked for then has no answer, and the verdict is
 * unknown. Held against the same checks as any answer, and it must name what the other one named. Throws when it does not answer.
 */
export async function replayTurn(turn: TurnToReplay): Promise<ReplayVerdict> {
  const recorded = recordedCalls(turn.answer.parts)
  const seen = [JSON.stringify(turn.history)]
  let strayed: string | null = null
  const replay = (card: ToolCard, input: unknown): string => {
    const result = recorded.get(callKey(card.name, input))
    if (result === undefined) strayed ??= card.title
    seen.push(result ?? '')
    return result ?? 'There is no answer to this.'
  }
  const { text, finishReason } = await generateText({
    model: turn.entry.model,
    instructions: turn.instructions,
    messages: turn.history,
    tools: toolSet(turn.cards, replay),
    stopWhen: isStepCount(stepsMax),
    maxOutputTokens: outputTokensMax,
    maxRetries: 0,
    toolChoice: 'auto',
    providerOptions: forQuery({ queryId: `replay-${turn.id}`, conversationId: null }),
    abortSignal: AbortSignal.any([turn.signal, AbortSignal.timeout(withinMs)]),
  })
  if (strayed !== null) return { verdict: 'unknown', words: `it wanted “${strayed}” with other words` }
  if (text.trim() === '' || finishReason !== 'stop')
    return { verdict: 'would-not', words: 'it came to no end' }
  const useless = whyUseless({ parts: [{ kind: 'text', text }], seen: seen.join('\n') })
  if (useless) return { verdict: 'would-not', words: useless.words }
  const wanted = namesIn(textOf(turn.answer.parts))
  const missing = wanted.find((name) => !namesIn(text).includes(name))
  if (missing) return { verdict: 'would-not', words: `it did not come to ${missing}` }
  return { verdict: 'would-do', words: 'its answer passes the same checks' }
}

function recordedCalls(parts: Part[]): Map<string, string> {
  const recorded = new Map<string, string>()
  for (const part of parts) {
    if (part.kind !== 'tool-call' || part.state !== 'done') continue
    const result = part.result === null || part.result === undefined ? '' : `\n${JSON.stringify(part.result)}`
    recorded.set(callKey(`${part.server}_${part.tool}`, parsed(part.input)), `${part.outcome ?? ''}${result}`)
  }
  return recorded
}

/** The order of arguments, spaces and capitals do not make another question. */
function callKey(name: string, input: unknown): string {
  const entries = typeof input === 'object' && input !== null ? Object.entries(input) : []
  const words = entries.map(([key, value]) => `${key}=${JSON.stringify(value).toLowerCase().trim()}`)
  return `${name} ${words.sort().join(' ')}`
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}

function textOf(parts: Part[]): string {
  return parts.map((part) => (part.kind === 'text' ? part.text : '')).join('\n')
}

function toolSet(cards: ToolCard[], replay: (card: ToolCard, input: unknown) => string): ToolSet {
  return Object.fromEntries(
    cards.map((card) => [
      card.name,
      dynamicTool({
        description: card.description,
        inputSchema: jsonSchema({ ...card.inputSchema }),
        execute: async (input) => replay(card, input),
      }),
    ]),
  )
}
