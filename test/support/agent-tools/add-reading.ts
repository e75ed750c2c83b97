import { z } from 'zod'
import type { OpenTool } from '../../../mcp-servers/serving/tool.ts'
import type { AgentTestDomain } from '../agent-domain.ts'

const input = z.object({
  item_id: z.string(),
  manufacturer: z.string().optional(),
  model: z.string().optional(),
  serial: z.string().optional(),
  model_name: z.string(),
  prompt_hash: z.string(),
  raw_reply: z.string().optional(),
})
const output = z.object({ item_id: z.string() })

const addReading: OpenTool<AgentTestDomain, typeof input, typeof output> = {
  name: 'add_reading',
  title: 'Add what a model saw',
  description: 'Keeps what a model says.',
  tier: 'draft',
  input,
  output,
  openWorld: true,
  timeLimitMs: 10_000,
  async run(args, domain) {
    domain.readings.push(args)
    return { kind: 'answer', output: { item_id: args.item_id } }
  },
}

export default addReading
