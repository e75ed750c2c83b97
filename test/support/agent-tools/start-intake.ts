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
  fields: z.array(z.object({ field: z.string(), value: z.string(), standing: z.string() })),
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
        // As long as a real answer: what a model gets shortened, Commands have to read whole.
        fields: ['manufacturer', 'model', 'part_number', 'serial', 'mac_address', 'role'].map((field) => ({
          field,
          value: `${field} of the switch on the label`,
          standing: 'read and in the catalogue',
        })),
      },
    }
  },
}

export default startIntake
