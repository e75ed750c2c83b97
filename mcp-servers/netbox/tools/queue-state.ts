import { z } from 'zod'
import type { OpenTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { quoted } from '../intake/field-words.ts'
import { queueCard } from '../queue-card.ts'

const input = z.object({})
const output = z.object({
  target: z.string(),
  words: z.string(),
  operations: z.array(
    z.object({
      tag: z.string().nullable(),
      title: z.string(),
      state: z.string(),
      why: z.string().nullable(),
    }),
  ),
  more: z.number(),
})

const most = 5

const queueState: OpenTool<NetboxDomain, typeof input, typeof output> = {
  name: 'queue_state',
  title: 'What waits to be written',
  description:
    'Shows the queue of approved writes to the inventory: what is waiting, being written, confirmed by reading it back, or needs a person, and whether the inventory answers.',
  tier: 'read',
  input,
  output,
  openWorld: false,
  timeLimitMs: 10_000,
  async run(_args, { outbox }) {
    const queue = queueCard(outbox, () => false)
    return {
      kind: 'answer',
      output: {
        target: queue.target,
        words: queue.words,
        operations: queue.operations.slice(0, most).map(({ tag, title, stateWords, why }) => ({
          tag,
          title: quoted(title, 80),
          state: why === null ? stateWords : stateWords.replace(`: ${why}`, ''),
          why: why === null ? null : quoted(why, 160),
        })),
        more: Math.max(0, queue.operations.length - most) + queue.standing.hidden,
      },
    }
  },
}

export default queueState
