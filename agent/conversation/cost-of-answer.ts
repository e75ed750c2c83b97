import type { Chunk, Message } from '../protocol/messages.ts'
import type { Cost } from '../spend/open-spend.ts'
import type { Transcript } from '../store/transcript.ts'

type AnsweredBy = NonNullable<Message['answeredBy']>

/** What an answer cost, as its message shows it. */
export function costFacts({ costUsd, isFinal }: Cost): Pick<AnsweredBy, 'costUsd' | 'costIsOpen'> {
  return isFinal ? { costUsd } : { costUsd, costIsOpen: true as const }
}

export interface SettledCostsDeps {
  transcript: Transcript
  costOf(runId: string): Cost
  onChunk(chunk: Chunk): void
}

/** A provider told later what a cut answer cost: its message says so from now on. */
export function openSettledCosts({ transcript, costOf, onChunk }: SettledCostsDeps): (runId: string) => void {
  return (runId) => {
    const run = transcript.runs.get(runId)
    const message = run && transcript.messages.get(run.advisorMessageId)
    if (!run || !message?.answeredBy?.costIsOpen) return
    const { costIsOpen: _, ...known } = message.answeredBy
    const answeredBy = { ...known, ...costFacts(costOf(runId)) }
    transcript.messages.setAnsweredBy(message.id, answeredBy)
    const body = { kind: 'cost-settled' as const, messageId: message.id, answeredBy }
    onChunk({ conversationId: run.conversationId, runId, seq: 0, body })
  }
}
