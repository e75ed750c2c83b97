import { generateText, jsonSchema, Output } from 'ai'
import { callLimits, type ProbeStep, probeTokensMax } from './probe-subject.ts'
import { stillAnswers } from './still-answers.ts'

const allowed = ['KEV-31', 'MOP-88']

/** Does the server hold the model to a schema that its prompt speaks against? Some ignore it without a word (ollama/ollama#16776). */
export const keepsSchema: ProbeStep = {
  words: 'forms',
  finds: ['schema'],
  onCloud: true,
  async run(subject) {
    try {
      const { text } = await generateText({
        ...callLimits(subject),
        model: subject.model,
        prompt: 'Which colour has snow? Answer with the word white and nothing else.',
        output: Output.object({
          schema: jsonSchema({
            type: 'object',
            properties: { colour: { type: 'string', enum: allowed } },
            required: ['colour'],
            additionalProperties: false,
          }),
        }),
        maxOutputTokens: probeTokensMax,
      })
      return [{ name: 'schema', value: Number(allowed.some((word) => text.includes(`"${word}"`))) }]
    } catch (error) {
      await stillAnswers(subject, error)
      return [{ name: 'schema', value: 0 }]
    }
  },
}
