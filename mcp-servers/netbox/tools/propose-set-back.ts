import { z } from 'zod'
import { type GatedTool, refused } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { setBackWish } from '../intake/set-back-filter.ts'

const input = z.object({
  where: z
    .array(z.string().max(80))
    .max(8)
    .describe(
      'state=, role=, model=, below= (sureness 0 to 1), since= (date), evidence=, read_by= (model), prompt= (hash)',
    ),
})

const proposeSetBack: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_set_back',
  title: 'Propose to read items again',
  description:
    'Asks the operator to send all items that fit back to draft, to be read again. NetBox keeps their records.',
  tier: 'bulk-or-destructive',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  async plan({ where }, { setBack }) {
    const read = setBackWish(where)
    return read.kind === 'wish' ? setBack.plan(read.wish) : refused(read.why)
  },
}

export default proposeSetBack
