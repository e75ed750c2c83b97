import { z } from 'zod'
import type { GatedTool } from '../../../mcp-servers/serving/tool.ts'
import type { AgentTestDomain } from '../agent-domain.ts'

const input = z.object({ item_id: z.string(), print: z.boolean() })

const proposeRecord: GatedTool<AgentTestDomain, typeof input> = {
  name: 'propose_record',
  title: 'Propose the record',
  description: 'Files the record.',
  tier: 'write',
  input,
  openWorld: false,
  timeLimitMs: 10_000,
  async plan({ item_id }) {
    return {
      kind: 'plan',
      plan: {
        title: 'Create HW-00001',
        tier: 'write',
        steps: [
          {
            kind: 'netbox.create_item',
            title: 'Create the record',
            payload: { item_id },
            waitsFor: null,
            optional: false,
          },
        ],
        lines: [{ label: 'Tag', before: null, after: 'HW-00001' }],
        warnings: [],
        itemId: item_id,
      },
    }
  },
}

export default proposeRecord
