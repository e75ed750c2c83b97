import { z } from 'zod'
import { type OpenTool, refused } from '../../../mcp-servers/serving/tool.ts'
import type { AgentTestDomain } from '../agent-domain.ts'

const input = z.object({ text: z.string() })
const output = z.object({
  records: z.array(z.object({ tag: z.string(), name: z.string() })),
  words: z.string(),
})

const findItem: OpenTool<AgentTestDomain, typeof input, typeof output> = {
  name: 'find_item',
  title: 'Find an item',
  description: 'Looks for a thing.',
  tier: 'read',
  input,
  output,
  openWorld: true,
  timeLimitMs: 60_000,
  async run({ text }, domain, call) {
    domain.finds.push(text)
    call.progress('Looking…')
    await Promise.race([
      domain.gate,
      new Promise((resolve) => call.signal.addEventListener('abort', resolve, { once: true })),
    ])
    if (call.signal.aborted) domain.aborts.push(text)
    if (text === 'broken') throw new Error('secret-detail-of-the-database')
    if (text === 'refused') return refused('Search with more than that.')
    return {
      kind: 'answer',
      output: { records: [{ tag: 'HW-00001', name: `Switch ${text}` }], words: '1 in the inventory.' },
    }
  },
}

export default findItem
