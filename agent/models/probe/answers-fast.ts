import { streamText } from 'ai'
import { callLimits, type ProbeStep } from './probe-subject.ts'
import { stillAnswers } from './still-answers.ts'

const tokensMax = 120

/** Tokens per second, from the first piece of the answer to its end. */
export const answersFast: ProbeStep = {
  words: 'speed',
  finds: ['tokens-per-second'],
  onCloud: false,
  async run(subject) {
    try {
      const answer = streamText({
        ...callLimits(subject),
        model: subject.model,
        prompt: 'Write the numbers from 1 to 60 in words, separated by spaces.',
        maxOutputTokens: tokensMax,
        onError() {},
      })
      let firstMs: number | null = null
      for await (const part of answer.stream)
        if (part.type === 'text-delta' || part.type === 'reasoning-delta') firstMs ??= performance.now()
      const tokens = (await answer.usage).outputTokens ?? 0
      const seconds = (performance.now() - (firstMs ?? performance.now())) / 1000
      return [{ name: 'tokens-per-second', value: seconds > 0 && tokens > 1 ? (tokens - 1) / seconds : null }]
    } catch (error) {
      await stillAnswers(subject, error)
      return [{ name: 'tokens-per-second', value: null }]
    }
  },
}
