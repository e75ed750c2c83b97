import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { fieldNames } from '../intake/item.ts'
import { suggestionAnswer, suggestionAnswerSchema } from '../item-answer.ts'

const input = z.object({
  item_id: z.string().max(64),
  field: z
    .string()
    .max(40)
    .describe(`One of: ${fieldNames.join(', ')}`),
  value: z.string(),
})

const correctField: OpenTool<NetboxDomain, typeof input, typeof suggestionAnswerSchema> = {
  name: 'correct_field',
  title: 'Suggest a field',
  description:
    'Adds a suggested value for a field of a draft, marked as said by you. It never outranks what was decoded or read, and never makes an item ready: the operator corrects on the card. Use it when the person tells you a value in the chat.',
  tier: 'draft',
  input,
  output: suggestionAnswerSchema,
  openWorld: true,
  timeLimitMs: 20_000,
  async run({ item_id, field, value }, { intake }, call) {
    if (value.trim() === '') return refused('Give a value. Only the operator can empty a field, on the card.')
    const taken = await intake.addSaid({
      itemId: item_id,
      values: { [field]: value },
      model: call.client,
      promptHash: '',
      raw: JSON.stringify({ field, value }).slice(0, 8000),
      client: call.client,
    })
    if (taken.kind === 'refused') return taken
    const card = intake.card(item_id)
    return card ? { kind: 'answer', output: suggestionAnswer(card) } : refused('There is no such item.')
  },
}

export default correctField
