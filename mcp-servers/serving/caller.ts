import {
  CLIENT_CAPABILITIES_META_KEY,
  CLIENT_INFO_META_KEY,
  type McpServer,
  type ServerContext,
} from '@modelcontextprotocol/server'
import { z } from 'zod'

/** What a 2026-revision request says about its client; `docs/specification/2026-07-28`, request `_meta`. */
const envelopeSchema = z.looseObject({
  [CLIENT_INFO_META_KEY]: z.looseObject({ name: z.string() }).optional().catch(undefined),
  [CLIENT_CAPABILITIES_META_KEY]: z
    .looseObject({ elicitation: z.looseObject({ url: z.looseObject({}).optional() }).optional() })
    .optional()
    .catch(undefined),
})
const longestName = 60

/**
 * Who calls, for the audit and the card: the name of its access token, or else what it calls itself, which is not to
 * be trusted. Letters, digits and plain punctuation only.
 */
export function clientName(server: McpServer, context: ServerContext): string {
  const token = context.http?.authInfo?.clientId
  const own = envelopeOf(context)[CLIENT_INFO_META_KEY]?.name ?? server.server.getClientVersion()?.name
  return plain(token ?? own ?? '') || 'unnamed client'
}

/** URL elicitation as declared in the request itself: only the 2026 revision does that. */
export function canOpenLinks(context: ServerContext): boolean {
  return envelopeOf(context)[CLIENT_CAPABILITIES_META_KEY]?.elicitation?.url !== undefined
}

function envelopeOf(context: ServerContext): z.infer<typeof envelopeSchema> {
  return envelopeSchema.parse(context.mcpReq.envelope ?? {})
}

function plain(name: string): string {
  return name
    .replaceAll(/[^\p{L}\p{N}._@/-]+/gu, ' ')
    .trim()
    .slice(0, longestName)
}
