import { z } from 'zod'
import type { OpenTool } from '../../../mcp-servers/serving/tool.ts'
import type { AgentTestDomain } from '../agent-domain.ts'

const input = z.object({ attachment_ids: z.array(z.string()), note: z.string().optional() })
const output = z.object({
  item_id: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  state: z.string(),
  next_action: z.string(),
  may_propose: z.boolean(),
})

const startIntake: OpenTool<AgentTestDomain, typeof input, typeof output> = {
  name: 'start_intake',
  title: 'Start an intake',
  description: 'Reads photos.',
  tier: 'draft',
  input,
  output,
  openWorld: true,
  timeLimitMs: 60_000,
  async run({ attachment_ids, note }, domain, call) {
    domain.intakes.push({ attachment_ids, note: note ?? '' })
    call.progress('Reading codes…')
    return {
      kind: 'answer',
      output: {
        item_id: 'item-1',
        tag: null,
        title: 'Cisco SG350 switch',
        state: domain.mayPropose ? 'Ready to confirm' : 'Needs research',
        next_action: domain.mayPropose ? 'Confirm it.' : 'Photograph the label on the back.',
        may_propose: domain.mayPropose,
      },
    }
  },
}

export default startIntake
