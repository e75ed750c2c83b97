import { cutShort, filtered } from '../models/model-failure.ts'
import type { Message } from '../protocol/messages.ts'
import type { TurnOutcome } from './turn.ts'

export type Finish = NonNullable<NonNullable<Message['answeredBy']>['finish']>

/** Of the AI SDK, which has read the words of each provider. */
const finishes: Record<string, Finish> = {
  stop: 'stop',
  'tool-calls': 'tool',
  length: 'length',
  'content-filter': 'filter',
  error: 'error',
}

/** How an answer ended, in one word for every provider. */
export function finishOf(outcome: TurnOutcome): Finish {
  if (outcome.kind === 'failed') {
    if (outcome.failure.kind === 'empty') return 'empty'
    if (outcome.failure === filtered) return 'filter'
    return outcome.failure === cutShort ? 'length' : 'error'
  }
  if (outcome.kind === 'stopped') return 'stopped'
  if (outcome.kind === 'waiting') return 'tool'
  return finishes[outcome.usage.finishReason ?? 'stop'] ?? 'stop'
}
