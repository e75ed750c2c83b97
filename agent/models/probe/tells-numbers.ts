import { z } from 'zod'
import type { ProbeStep, ProbeSubject } from './probe-subject.ts'

const answerSchema = z.object({
  choices: z
    .array(z.looseObject({ logprobs: z.looseObject({ content: z.array(z.unknown()).min(1) }) }))
    .min(1),
})
const countedSchema = z.looseObject({ input_tokens: z.int().positive() })

/** Are probabilities of tokens there and not empty (LM Studio leaves them out, oMLX sends none), and does it count a prompt beforehand? */
export const tellsNumbers: ProbeStep = {
  words: 'probabilities',
  finds: ['logprobs', 'counts'],
  onCloud: false,
  async run(subject: ProbeSubject) {
    const messages = [{ role: 'user', content: 'Say yes.' }]
    const answer = await subject.post('/chat/completions', {
      ...{ messages, max_tokens: 8, stream: false },
      ...{ logprobs: true, top_logprobs: 2 },
    })
    // llama-server only.
    const counted = await subject.post('/chat/completions/input_tokens', { messages })
    return [
      { name: 'logprobs', value: Number(answerSchema.safeParse(answer).success) },
      { name: 'counts', value: Number(countedSchema.safeParse(counted).success) },
    ]
  },
}
