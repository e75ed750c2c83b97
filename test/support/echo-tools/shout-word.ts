import { z } from 'zod'
import type { GatedTool } from '../../../mcp-servers/serving/tool.ts'
import type { EchoDomain } from '../echo-domain.ts'

const input = z.object({ word: z.string().max(100) })

const tool: GatedTool<EchoDomain, typeof input> = {
  name: 'shout_word',
  title: 'Shout a word',
  description: 'Says a word aloud.',
  input,
  openWorld: false,
  timeLimitMs: 1000,
  tier: 'physical',
  async plan({ word }) {
    const step = {
      kind: 'echo.print_word',
      title: 'Say it aloud',
      payload: { word },
      waitsFor: null,
      optional: false,
    }
    const lines = [{ label: 'Word', before: null, after: word }]
    return {
      kind: 'plan',
      plan: { title: `Shout “${word}”`, tier: 'physical', steps: [step], lines, warnings: [], itemId: null },
    }
  },
}
export default tool
