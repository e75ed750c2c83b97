import { z } from 'zod'
import type { GatedTool } from '../../serving/tool.ts'
import { planCable } from '../cables/plan-cable.ts'
import { planRemoval } from '../cables/plan-removal.ts'
import type { NetboxDomain } from '../domain.ts'

const input = z.object({
  a: z.string().max(120).describe('HW-00001 Gi1/0/1'),
  b: z.string().max(120).optional().describe('Other end; none: the cable at a is taken out'),
  cable: z.string().max(40).optional().describe('Its tag'),
  look: z.string().max(100).optional().describe('cat6, blue, 2 m'),
})

const proposeCable: GatedTool<NetboxDomain, typeof input> = {
  name: 'propose_cable',
  title: 'Propose a cable',
  description: 'Proposes to connect two ports with a cable, or to take one out.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 20_000,
  plan: ({ a, b = '', cable = '', look = '' }, { inventory }) =>
    b.trim() === '' ? planRemoval(inventory, a) : planCable(inventory, { a, b, cable, look }),
}

export default proposeCable
