import type { ModelChoice } from '../models/model-entry.ts'
import type { Message } from '../protocol/messages.ts'
import type { WhyNot } from '../routing/eligibility.ts'
import type { Cost } from '../spend/open-spend.ts'
import { costFacts } from './cost-of-answer.ts'
import { finishOf } from './finish.ts'
import type { MessageWriter } from './message-writer.ts'
import type { TurnOutcome } from './turn.ts'

/** Who ended an answer before its end; null: nobody. */
export type StoppedBy = 'operator' | 'shutdown' | null

/** Tool calls that were cut off, and one sentence when the answer did not end by itself. */
export function closingNotice(
  outcome: TurnOutcome,
  why: StoppedBy,
  used: ModelChoice,
  writer: MessageWriter,
): void {
  writer.endReasoning()
  for (const part of writer.parts()) {
    if (part.kind === 'tool-call' && part.state === 'running')
      writer.toolCall({ ...part, state: 'failed', outcome: 'Stopped before it answered.' })
  }
  if (outcome.kind === 'stopped') writer.notice('muted', stopWords(why))
  else if (outcome.kind === 'failed' && outcome.failure.kind === 'no-money')
    writer.notice('bad', `${used.entry.name} stops here: ${outcome.failure.words}. What it found is above.`)
  else if (outcome.kind === 'failed') {
    const { words } = outcome.failure
    if (writer.parts().every(({ kind }) => kind === 'reasoning')) {
      writer.notice(
        'bad',
        `${used.entry.name} did not answer: ${words}. Choose another model, or send it again.`,
      )
      return
    }
    writer.notice(
      'bad',
      `${used.entry.name} did not finish: ${words}. What is above stands; send it again to go on.`,
    )
  }
}

function stopWords(why: StoppedBy): string {
  return why === 'shutdown' ? 'HWLab was shut down while answering. Ask again.' : 'You stopped this answer.'
}

export function describeAnswer(
  used: ModelChoice,
  outcome: TurnOutcome,
  elapsedMs: number,
  cost: Cost,
): Message['answeredBy'] {
  const { name, where } = used.entry
  const { inputTokens, outputTokens, prompt } = outcome.usage
  const counts =
    where === 'commands' ? { inputTokens: null, outputTokens: null } : { inputTokens, outputTokens }
  return {
    model: name,
    where,
    why: used.why,
    ...counts,
    elapsedMs,
    ...costFacts(cost),
    prompt,
    finish: finishOf(outcome),
  }
}

/** Below an answer that something speaks against, and that nobody else can give. */
export function cautionOf(name: string, { reason, words }: WhyNot): string {
  return reason === 'conflict'
    ? `Check this before you rely on it: ${words}.`
    : `${name} did not finish: ${words}. Send it again, or choose another model.`
}
