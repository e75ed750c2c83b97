import { z } from 'zod'
import type { ToolCard } from '../tools/toolbox.ts'

/** The one tool of the agent's own: it reads on in a result that came in part, and asks no server. */
export const moreOfResult: ToolCard = {
  name: 'hwlab_more_of_result',
  server: 'hwlab',
  tool: 'more_of_result',
  title: 'Read on in a result',
  description: 'Shows more of an earlier tool result, named like result#abc234.',
  inputSchema: {
    type: 'object',
    properties: {
      result: { type: 'string', description: 'abc234 of result#abc234' },
      from: { type: 'integer', description: 'Character to read on from' },
    },
    required: ['result'],
  },
  readOnly: true,
}

export const moreOfResultSchema = z.object({
  result: z.string().transform((text) => text.replace(/^\[?(result)?#?/, '').replace(/\]$/, '')),
  from: z.coerce.number().int().nonnegative().catch(0),
})
