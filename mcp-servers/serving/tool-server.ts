import type { AuthInfo, McpRequestContext } from '@modelcontextprotocol/server'
import { createMcpHandler, createRequestStateCodec, McpServer } from '@modelcontextprotocol/server'
import { serveStdio } from '@modelcontextprotocol/server/stdio'
import type { z } from 'zod'
import type { Approvals } from '../approval/approvals.ts'
import { annotationsOf } from './annotations.ts'
import { changeStatusTool } from './change-status.ts'
import { type Clock, systemClock } from './clock.ts'
import { type GateDeps, type GateState, gatedAnswer, gatedOutput } from './gated-call.ts'
import { leanSchema } from './lean-schema.ts'
import { loadFolder } from './load-folder.ts'
import { type Fault, openAnswer, runOpenTool } from './open-call.ts'
import type { GatedTool, OpenTool } from './tool.ts'

export type ServerName = 'netbox' | 'devices' | 'searxng'
type AnyOpen<Domain> = OpenTool<Domain, z.ZodObject, z.ZodObject>
type AnyGated<Domain> = GatedTool<Domain, z.ZodObject>
export type AnyTool<Domain> = AnyOpen<Domain> | AnyGated<Domain>

/** One domain as MCP: a new `McpServer` per connection, all over the same tools and the same domain. */
export interface ToolServer {
  name: ServerName
  createMcpServer(context?: Pick<McpRequestContext, 'authInfo'>): McpServer
  /** Streamable HTTP, both eras. Checks no Host, Origin or token: `http-guard.ts` does, in front of it. */
  fetch(request: Request, caller?: { authInfo: AuthInfo }): Promise<Response>
  /** Takes over this process's stdin and stdout. */
  serveStdio(): { close(): Promise<void> }
  close(): Promise<void>
}

export interface ToolServerDeps<Domain> {
  name: ServerName
  instructions: string
  toolsFolder: string
  domain: Domain
  approvals: Approvals
  /** Tools that file change requests are not even listed. */
  readOnly: boolean
  confirmUrl(changeId: string): string
  /** At least 32 bytes, kept across restarts: signs what a client hands back to us. */
  stateKey: Uint8Array
  clock?: Clock
  /** Told the cause when a tool throws; the client sees our sentence. */
  onFault?: (fault: Fault) => void
}

/** A request waits a day; its state must still be readable when somebody asks on the next one. */
const stateLifetimeSeconds = 7 * 24 * 60 * 60

export async function openToolServer<Domain>(deps: ToolServerDeps<Domain>): Promise<ToolServer> {
  const { name, approvals, clock = systemClock, onFault = () => {} } = deps
  const tools = await loadFolder(deps.toolsFolder, isTool<Domain>)
  const listed = deps.readOnly ? tools.filter((tool) => !isGated(tool)) : tools
  const codec = createRequestStateCodec<GateState>({
    key: deps.stateKey,
    ttlSeconds: stateLifetimeSeconds,
    bind: (context) => `${name}\0${context.mcpReq.method}\0${context.http?.authInfo?.clientId ?? ''}`,
  })
  const gate: GateDeps = { server: name, approvals, clock, confirmUrl: deps.confirmUrl, codec, onFault }

  function createMcpServer(context?: Pick<McpRequestContext, 'authInfo'>): McpServer {
    const server = new McpServer(
      { name: `hwlab-${name}`, version: '0.1.0' },
      { instructions: deps.instructions, requestState: { verify: codec.verify } },
    )
    const scopes = context?.authInfo?.scopes
    const mayPropose = scopes === undefined || scopes.includes('propose')
    for (const tool of listed) {
      if (tool.tier !== 'read' && !mayPropose) continue
      if (isGated(tool)) registerGated(server, tool)
      else registerOpen(server, tool, deps.domain)
    }
    if (tools.some(isGated))
      registerOpen(server, changeStatusTool, { approvals, confirmUrl: deps.confirmUrl })
    return server
  }

  function registerOpen<ToolDomain>(server: McpServer, tool: AnyOpen<ToolDomain>, domain: ToolDomain): void {
    server.registerTool(
      tool.name,
      { ...factsOf(tool), outputSchema: leanSchema(tool.output, 'answer') },
      async (args, context) =>
        openAnswer(await runOpenTool(tool, args, domain, { server, context, clock, onFault })),
    )
  }

  function registerGated(server: McpServer, tool: AnyGated<Domain>): void {
    server.registerTool(
      tool.name,
      { ...factsOf(tool), outputSchema: leanSchema(gatedOutput, 'known-answer') },
      (args, context) => gatedAnswer(tool, args, { domain: deps.domain, server, context, gate }),
    )
  }

  const handler = createMcpHandler(createMcpServer, {
    onerror: (error) => onFault({ tool: name, cause: error }),
  })
  return {
    name,
    createMcpServer,
    fetch: (request, caller) => handler.fetch(request, caller),
    serveStdio: () => serveStdio(createMcpServer),
    close: handler.close,
  }
}

function factsOf(tool: AnyTool<never>) {
  return {
    title: tool.title,
    description: tool.description,
    inputSchema: leanSchema(tool.input, 'arguments'),
    annotations: annotationsOf(tool),
  }
}

export function isGated<Domain>(tool: AnyTool<Domain>): tool is AnyGated<Domain> {
  return tool.tier !== 'read' && tool.tier !== 'draft'
}

const tiers = ['read', 'draft', 'write', 'bulk-or-destructive', 'physical']

/** Whether a file's default export is a tool and the file is named for it. */
export function isTool<Domain>(candidate: unknown, fileStem: string): candidate is AnyTool<Domain> {
  if (typeof candidate !== 'object' || candidate === null) return false
  if (!('name' in candidate) || candidate.name !== fileStem.replaceAll('-', '_')) return false
  if (!('tier' in candidate) || typeof candidate.tier !== 'string' || !tiers.includes(candidate.tier))
    return false
  return candidate.tier === 'read' || candidate.tier === 'draft'
    ? 'run' in candidate && 'output' in candidate
    : 'plan' in candidate && !('run' in candidate)
}
