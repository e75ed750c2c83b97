import { generateText } from 'ai'
import { describeFailure } from '../model-failure.ts'
import { callLimits, type ProbeSubject } from './probe-subject.ts'

const nobodyKinds = ['unreachable', 'overloaded', 'no-money']

/**
 * A call failed. That says that the model cannot do what was asked only when it still answers something plain: servers refuse
 * pictures and tools with 400, 404 and 500 alike. Throws when nobody answers.
 */
export async function stillAnswers(subject: ProbeSubject, error: unknown): Promise<void> {
  if (nobodyKinds.includes(describeFailure(error).kind)) throw error
  await generateText({
    ...callLimits(subject),
    model: subject.model,
    prompt: 'Say yes.',
    maxOutputTokens: 16,
  })
}
