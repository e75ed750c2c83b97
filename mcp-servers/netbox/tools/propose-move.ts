import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { planMove } from '../parts/plan-move.ts'

const input = z.object({
  tag: z.string().max(40),
  to: z.string().max(200).describe('Tag of a machine, or Workshop / Shelf 2'),
  bay: z.string().max(80).optional().describe('SSD 1; a new name adds a bay'),
})

const proposeMove: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_move',
  title: 'Propose a move',
  description: 'Proposes to move a part into a machine, to another bay, or to a shelf.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ tag, to, bay = '' }, { inventory }) => planMove(inventory, { tag, to: to.trim(), bay }),
}

export default proposeMove
