import { z } from 'zod'
import type { OpenTool } from '../../../mcp-servers/serving/tool.ts'
import type { EchoDomain } from '../echo-domain.ts'

const input = z.object({ text: z.string().max(1000) })
const output = z.object({ text: z.string(), client: z.string() })

const tool: OpenTool<EchoDomain, typeof input, typeof output> = {
  name: 'echo_text',
  title: 'Echo',
  description: 'Gives a text back.',
  input,
  openWorld: false,
  timeLimitMs: 1000,
  tier: 'read',
  output,
  async run({ text }, domain, call) {
    call.progress('Listening…')
    await domain.beforeAnswer(text, call)
    if (text === 'nothing') return { kind: 'refused', why: 'There is nothing to echo. Say something.' }
    return { kind: 'answer', output: { text, client: call.client } }
  },
}
export default tool
