import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { itemAnswer, itemAnswerSchema } from '../item-answer.ts'

const input = z.object({
  item: z.string().max(64).describe('An item_id, or a tag such as HW-00001'),
})

const getItem: OpenTool<NetboxDomain, typeof input, typeof itemAnswerSchema> = {
  name: 'get_item',
  title: 'Show an item',
  description:
    'Shows one item of HWLab: its fields and how sure they are, the next action, whether propose_record would be accepted, duplicates, the change that waits, the record.',
  tier: 'read',
  input,
  output: itemAnswerSchema,
  openWorld: true,
  timeLimitMs: 10_000,
  async run({ item }, { intake }) {
    const card = intake.card(item) ?? intake.cardByTag(item)
    return card
      ? { kind: 'answer', output: itemAnswer(card) }
      : refused(`HWLab has no item “${item.slice(0, 40)}”. Use find_item to look in the inventory.`)
  },
}

export default getItem
