import { z } from 'zod'

/** MCP servers of others, as `mcp.json` names them: how they stand, and what their tools may do. */

const tone = z.enum(['good', 'working', 'bad', 'muted'])
const policy = z.enum(['ask', 'allow', 'never'])

const foreignToolSchema = z.object({
  tool: z.string(),
  /** Of everything that its server says about it. */
  fingerprint: z.string(),
  /** In the words of its server. */
  description: z.string(),
  /** What its server claims; shown, never believed. */
  claims: z.array(z.string()),
  policy,
  /** "Allowed as it is now, by operator on 12 Nov". */
  policyWords: z.string(),
  /** null: it can be allowed. */
  whyNotAllow: z.string().nullable(),
  /** What changed since it was allowed. */
  drift: z.array(
    z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
})
export type ForeignToolView = z.infer<typeof foreignToolSchema>

const foreignServerSchema = z.object({
  name: z.string(),
  stateWords: z.string(),
  tone,
  fix: z.string().nullable(),
  canTryAgain: z.boolean(),
  tools: z.array(foreignToolSchema),
})
export type ForeignServerView = z.infer<typeof foreignServerSchema>

export const othersViewSchema = z.object({
  /** Of the file. */
  path: z.string(),
  fileWords: z.string(),
  fileTone: tone,
  fileFix: z.string().nullable(),
  servers: z.array(foreignServerSchema),
  /** Calls that may have happened: a person says. `sent`: their values. */
  doubtful: z.array(z.object({ callId: z.string(), words: z.string(), sent: z.string() })),
})
export type OthersView = z.infer<typeof othersViewSchema>

const server = z.string().min(1).max(40)

export const othersRequests = {
  /** Only for the tool as the person saw it. */
  'others-policy': z.object({
    server,
    tool: z.string().min(1).max(128),
    fingerprint: z.string().length(64),
    policy,
  }),
  'others-try-again': z.object({ server }),
  'others-settle': z.object({ callId: z.string().min(1).max(64), happened: z.boolean() }),
} as const

export interface OthersResponses {
  'others-policy': { server: string }
  'others-try-again': { server: string }
  'others-settle': { callId: string }
}
