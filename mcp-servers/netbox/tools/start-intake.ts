import { z } from 'zod'
import { type OpenTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { itemAnswer, itemAnswerSchema } from '../item-answer.ts'

const input = z.object({
  attachment_ids: z
    .array(z.string().max(64))
    .describe('Up to three photos of one thing, by id; may be empty'),
  note: z.string().optional().describe('What the person wrote about the thing, or a bare HW-… tag'),
})

const startIntake: OpenTool<NetboxDomain, typeof input, typeof itemAnswerSchema> = {
  name: 'start_intake',
  title: 'Start an intake',
  description:
    'Reads photos of a piece of hardware (codes, label text, catalogue) or a description, and keeps a draft. Returns the fields with their evidence and the next action. Writes no record. Use it once per thing.',
  tier: 'draft',
  input,
  output: itemAnswerSchema,
  openWorld: true,
  timeLimitMs: 90_000,
  async run({ attachment_ids, note }, { intake }, call) {
    const started = await intake.start({
      attachmentIds: attachment_ids,
      note: note ?? '',
      startedBy: `client:${call.client}`,
    })
    if (started.kind === 'refused') return started
    await intake.settled(started.itemId, call.progress)
    const card = intake.card(started.itemId)
    return card
      ? { kind: 'answer', output: itemAnswer(card) }
      : refused('The draft was put aside while it was read. Start it again.')
  },
}

export default startIntake
