import { z } from 'zod'
import type { OpenTool } from '../../../mcp-servers/serving/tool.ts'
import type { EchoDomain } from '../echo-domain.ts'

const input = z.object({ note: z.string().max(200) })
const output = z.object({ notes: z.number() })

const tool: OpenTool<EchoDomain, typeof input, typeof output> = {
  name: 'note_draft',
  title: 'Note',
  description: 'Keeps a note in the drafts.',
  input,
  openWorld: false,
  timeLimitMs: 1000,
  tier: 'draft',
  output,
  async run({ note }, domain) {
    domain.notes.push(note)
    return { kind: 'answer', output: { notes: domain.notes.length } }
  },
}
export default tool
