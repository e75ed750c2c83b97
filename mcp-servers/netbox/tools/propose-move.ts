import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import type { NetboxDomain } from '../domain.ts'
import { planMove } from '../parts/plan-move.ts'

const text = z.string().max(200).optional()
const input = z.object({
  tag: z.string().max(40),
  machine: text.describe('Tag of the machine it goes into'),
  bay: text.describe('Such as SSD 1; a new name adds a bay'),
  place: text.describe('Instead of a machine: Workshop / Shelf 2'),
})

const proposeMove: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_move',
  title: 'Propose a move',
  description: 'Proposes to move a tagged part into a bay of a machine, to another bay, or to a shelf.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ tag, machine = '', bay = '', place = '' }, { inventory }) =>
    planMove(inventory, { tag, machine: machine.trim(), bay, place: place.trim() }),
}

export default proposeMove
