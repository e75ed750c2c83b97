import { z } from 'zod'
import type { GatedTool } from '../../../mcp-servers/serving/tool.ts'
import type { EchoDomain } from '../echo-domain.ts'

const input = z.object({ word: z.string().max(100), loud: z.boolean().optional() })

const tool: GatedTool<EchoDomain, typeof input> = {
  name: 'store_word',
  title: 'Store a word',
  description: 'Stores a word, and says it aloud if wanted.',
  input,
  openWorld: false,
  timeLimitMs: 1000,
  tier: 'write',
  async plan({ word, loud }, domain) {
    if (word === '') return { kind: 'refused', why: 'An empty word cannot be stored. Give a word.' }
    return { kind: 'plan', plan: domain.plan(word, loud ?? false) }
  },
}
export default tool
