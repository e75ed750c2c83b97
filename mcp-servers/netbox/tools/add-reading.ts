import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { itemAnswer, itemAnswerSchema } from '../item-answer.ts'

const seen = (what: string) => z.string().max(2000).optional().describe(what)
const input = z.object({
  item_id: z.string().max(64),
  manufacturer: seen('Leave out what is not visible'),
  model: seen('As printed'),
  part_number: seen('As printed'),
  serial: seen('As printed'),
  mac_address: seen('As printed'),
  role: seen('What kind of thing it is'),
  description: seen('One sentence'),
  model_name: z.string().max(100).describe('Which model looked'),
  prompt_hash: z.string().max(100).describe('Hash of the prompt that it was asked'),
  raw_reply: z.string().max(8000).optional().describe('Its reply as it came'),
})

const addReading: OpenTool<NetboxDomain, typeof input, typeof itemAnswerSchema> = {
  name: 'add_reading',
  title: 'Add what a model saw',
  description:
    'Adds what a vision model says it saw in the photos of a draft. It is kept as the word of that model: weaker than codes, label text and catalogue, and never enough to make an item ready.',
  tier: 'draft',
  input,
  output: itemAnswerSchema,
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
    return card ? { kind: 'answer', output: itemAnswer(card) } : refused('There is no such item.')
  },
}

export default addReading
