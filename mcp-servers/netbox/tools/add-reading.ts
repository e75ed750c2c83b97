import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { suggestionAnswer, suggestionAnswerSchema } from '../item-answer.ts'

const seen = z.string().max(2000).optional()
const input = z.object({
  item_id: z.string().max(64),
  manufacturer: seen,
  model: seen,
  part_number: seen,
  serial: seen,
  mac_address: seen,
  role: seen,
  description: seen,
  model_name: z.string().max(100),
  prompt_hash: z.string().max(100),
  raw_reply: z.string().max(8000).optional(),
})

const addReading: OpenTool<NetboxDomain, typeof input, typeof suggestionAnswerSchema> = {
  name: 'add_reading',
  title: 'Add what a model saw',
  description:
    'Adds what a vision model says it saw in the photos of a draft, as printed; leave out what is not visible. It is kept as the word of that model: weaker than codes, label text and catalogue, and never enough to make an item ready.',
  tier: 'draft',
  input,
  output: suggestionAnswerSchema,
  openWorld: true,
  timeLimitMs: 20_000,
  async run({ item_id, model_name, prompt_hash, raw_reply, ...values }, { intake }, call) {
    const given = Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined))
    const taken = await intake.addSaid({
      itemId: item_id,
      values: given,
      model: model_name,
      promptHash: prompt_hash,
      raw: raw_reply ?? JSON.stringify(given),
      client: call.client,
    })
    if (taken.kind === 'refused') return taken
    const card = intake.card(item_id)
    return card ? { kind: 'answer', output: suggestionAnswer(card) } : refused('There is no such item.')
  },
}

export default addReading
