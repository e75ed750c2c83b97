import { createHash, timingSafeEqual } from 'node:crypto'
import type { AuthInfo } from '@modelcontextprotocol/server'
import { Hono } from 'hono'
import type { AccessTokens, TokenScope } from './access-tokens.ts'
import { strangeOrigin } from './strange-origin.ts'
import type { ToolServer } from './tool-server.ts'

export interface McpRoutesDeps {
  servers: readonly ToolServer[]
  tokens: AccessTokens
  /** The owner's own token for its stdio bridges, or null. */
  internalToken: string | null
  /** Host names under which HWLab may be called, besides the loopback ones; without ports. */
  hostNames: readonly string[]
}

/** Set by our own stdio bridge, so that the audit names the program behind it; ignored from anybody else. */
export const bridgedClientHeader = 'x-hwlab-client'

/** `/mcp/<server>`: Streamable HTTP for other programs, behind Host, Origin and bearer token. */
export function mcpRoutes(deps: McpRoutesDeps): Hono {
  const routes = new Hono()
  for (const server of deps.servers) {
    routes.all(`/mcp/${server.name}`, async (context) => {
      const request = context.req.raw
      const refusal = strangeOrigin(request.headers, deps.hostNames)
      if (refusal) return answer(403, refusal)
      const caller = bearer(request, deps)
      if (caller.kind === 'refused') return answer(401, caller.why)
      return server.fetch(request, { authInfo: caller.authInfo })
    })
  }
  return routes
}

function bearer(
  request: Request,
  { tokens, internalToken }: McpRoutesDeps,
): { kind: 'known'; authInfo: AuthInfo } | { kind: 'refused'; why: string } {
  const secret = /^Bearer ([\w.~+/=-]+)$/i.exec(request.headers.get('authorization') ?? '')?.[1]
  if (!secret)
    return {
      kind: 'refused',
      why: 'An access token is needed: make one with `npx hwlab token create` and send it as `Authorization: Bearer …`.',
    }
  if (internalToken !== null && isSameSecret(secret, internalToken)) {
    const client = request.headers.get(bridgedClientHeader) ?? 'bridge'
    return { kind: 'known', authInfo: authInfo(`${client} on this machine`, 'propose') }
  }
  const verified = tokens.verifyToken(secret)
  if (verified.kind === 'refused') return verified
  const { name, scope, expiresAtMs } = verified.token
  return {
    kind: 'known',
    authInfo: { ...authInfo(name, scope), expiresAt: Math.floor(expiresAtMs / 1000) },
  }
}

/** The secret itself goes no further than this file. */
function authInfo(clientId: string, scope: TokenScope): AuthInfo {
  return { token: '', clientId, scopes: scope === 'propose' ? ['read', 'propose'] : ['read'] }
}

/** Takes as long whether they are alike or not. */
export function isSameSecret(a: string, b: string): boolean {
  const hash = (text: string) => createHash('sha256').update(text, 'utf8').digest()
  return timingSafeEqual(hash(a), hash(b))
}

function answer(status: 401 | 403, why: string): Response {
  const headers = { 'cache-control': 'no-store', ...(status === 401 ? { 'www-authenticate': 'Bearer' } : {}) }
  return Response.json({ error: why }, { status, headers })
}
