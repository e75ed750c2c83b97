import type {
  CallToolResult,
  InputRequiredResult,
  ServerContext,
  StandardSchemaWithJSON,
} from '@modelcontextprotocol/server'
import {
  createMcpHandler,
  createRequestStateCodec,
  fromJsonSchema,
  McpServer,
} from '@modelcontextprotocol/server'
import { z } from 'zod'
import type { Approvals } from '../approval/approvals.ts'
import type { Clock } from '../serving/clock.ts'
import { type GateDeps, type GateState, gatedAnswer } from '../serving/gated-call.ts'
import { type Fault, progressOf, refusedAnswer, structuredAnswer } from '../serving/open-call.ts'
import type { GatedTool } from '../serving/tool.ts'
import { callPlan } from './call-plan.ts'
import type { Calling } from './calling.ts'
import type { ForeignCall, ForeignCalls } from './foreign-calls.ts'
import type { CallWatch } from './foreign-client.ts'
import type { ForeignTool } from './foreign-server.ts'
import { offeredSchema } from './offered-schema.ts'
import { plainLine } from './plain-text.ts'
import type { Standing } from './tool-policies.ts'
import { isDestructive } from './tool-shape.ts'

/** Set by the agent on each call, never by a model: in which conversation it is, and whether nothing that others wrote was read there. */
const conversationKey = 'hwlab/conversation'
const cleanKey = 'hwlab/clean'
/** On each tool: the name of its server as the person gave it. */
const serverKey = 'hwlab/server'

const descriptionMax = 200
const nameMax = 64
const filedWithinMs = 10_000
const stateLifetimeSeconds = 7 * 24 * 60 * 60
/** The program’s own size is not told, and a whole list is read in every turn. */
const anyArguments = z.looseObject({})

export interface GatewayDeps {
  approvals: Approvals
  clock: Clock
  stateKey: Uint8Array
  confirmUrl(changeId: string): string
  onFault(fault: Fault): void
  /** What may be called now, in a fixed order; none in read-only mode. */
  tools(): ForeignTool[]
  standing(tool: ForeignTool): Standing
  calling: Calling
  calls: ForeignCalls
}

/** The tools of all other servers as one MCP server: nothing reaches one of them but through here. */
export interface Gateway {
  fetch(request: Request): Promise<Response>
  close(): Promise<void>
}

interface Offered {
  name: string
  tool: ForeignTool
  schema: Record<string, unknown> & { type: 'object' }
}

export function openGateway(deps: GatewayDeps): Gateway {
  const { approvals, clock, confirmUrl, onFault } = deps
  const codec = createRequestStateCodec<GateState>({
    key: deps.stateKey,
    ttlSeconds: stateLifetimeSeconds,
    bind: (context) => `others\0${context.mcpReq.method}`,
  })
  const gate: GateDeps = { server: 'others', approvals, clock, confirmUrl, codec, onFault }

  async function answer(
    { name, tool, schema }: Offered,
    args: Record<string, unknown>,
    site: { server: McpServer; context: ServerContext },
  ): Promise<CallToolResult | InputRequiredResult> {
    const { context } = site
    const standing = deps.standing(tool)
    const { conversation, isClean } = conversationOf(context)
    if (context.mcpReq.requestState() === undefined) {
      const misfit = await misfitOf(schema, args)
      if (misfit !== null) return refusedAnswer(misfit)
      const isHeard = conversation === null || !isClean || deps.calls.hasHeard(conversation)
      if (standing.policy === 'allow' && !isHeard) {
        const { server, shape, fingerprint } = tool
        const wish = { server, tool: shape.name, fingerprint, args, conversation }
        return callAnswer(await deps.calling.callNow(wish, watchOf(server, context)), {})
      }
    }
    const gated: GatedTool<null, typeof anyArguments> = {
      name,
      title: name,
      description: '',
      input: anyArguments,
      openWorld: true,
      timeLimitMs: filedWithinMs,
      tier: isDestructive(tool.shape) ? 'bulk-or-destructive' : 'write',
      plan: async () => callPlan({ tool, args, standing, conversation }),
    }
    return withSaid(await gatedAnswer(gated, args, { ...site, domain: null, gate }))
  }

  /** A decided call that was answered: what the server said comes with it. */
  function withSaid(result: CallToolResult | InputRequiredResult): CallToolResult | InputRequiredResult {
    const facts = changeFactsSchema.safeParse('structuredContent' in result ? result.structuredContent : null)
    const stepId = facts.success ? approvals.get(facts.data.change_id)?.steps[0]?.id : undefined
    const call = stepId === undefined ? null : deps.calls.ofStep(stepId)
    return call?.said && facts.success ? callAnswer(call, facts.data) : result
  }

  function createMcpServer(): McpServer {
    const server = new McpServer(
      { name: 'hwlab-others', version: '0.1.0' },
      { capabilities: { tools: {} }, requestState: { verify: codec.verify } },
    )
    for (const offered of offeredTools(deps.tools())) {
      const { tool, schema } = offered
      const facts = {
        title: `${tool.server}: ${plainLine(tool.shape.name, nameMax)}`,
        description: descriptionOf(tool),
        inputSchema: asTold(schema),
        annotations: { readOnlyHint: false, openWorldHint: true },
        _meta: { [serverKey]: tool.server },
      }
      server.registerTool(offered.name, facts, (args, context) => answer(offered, args, { server, context }))
    }
    return server
  }

  const handler = createMcpHandler(createMcpServer, {
    onerror: (cause) => onFault({ tool: 'others', cause }),
  })
  return { fetch: (request) => handler.fetch(request), close: handler.close }
}

/** In our words: the server's own would stand in the chat while it works. */
function watchOf(server: string, context: ServerContext): CallWatch {
  const progress = progressOf(context)
  return { signal: context.mcpReq.signal, onProgress: () => progress(`${server} is working on it…`) }
}

const changeFactsSchema = z.looseObject({ change_id: z.string() })
const metaSchema = z.looseObject({
  [conversationKey]: z.string().min(1).max(100).nullable().default(null),
  [cleanKey]: z.boolean().default(false),
})

/** Whoever does not say is not believed to have read nothing. */
function conversationOf(context: ServerContext): { conversation: string | null; isClean: boolean } {
  const meta = metaSchema.safeParse(context.mcpReq._meta ?? {})
  return meta.success
    ? { conversation: meta.data[conversationKey], isClean: meta.data[cleanKey] }
    : { conversation: null, isClean: false }
}

/** What it said stays between its quotation marks, whatever it contains. */
function callAnswer(call: ForeignCall, facts: Record<string, unknown>): CallToolResult {
  const { server, words, said } = call
  return structuredAnswer({ ...facts, words, ...(said === null ? {} : { quoted_from: server, said }) })
}

function descriptionOf({ server, shape }: ForeignTool): string {
  const description = plainLine(shape.description ?? '', descriptionMax)
  return description === '' ? `A tool of ${server}.` : `${server} says: “${description}”`
}

/** Unique, and written in letters that every model server takes. */
function offeredTools(tools: ForeignTool[]): Offered[] {
  const taken = new Set<string>()
  return tools.flatMap((tool) => {
    const schema = offeredSchema(tool.shape.inputSchema)
    const plain = `${tool.server}_${tool.shape.name.replaceAll(/[^A-Za-z0-9_-]/g, '_')}`
    const name =
      plain.length > nameMax || taken.has(plain)
        ? `${plain.slice(0, nameMax - 7)}_${tool.fingerprint.slice(0, 6)}`
        : plain
    if (schema === null || taken.has(name)) return []
    taken.add(name)
    return [{ name, tool, schema }]
  })
}

type Arguments = Record<string, unknown>

/** Told as it is; whether arguments fit is found out in the call, so that the answer is ours. */
function asTold(schema: Record<string, unknown>): StandardSchemaWithJSON<Arguments, Arguments> {
  return {
    '~standard': {
      ...anyArguments['~standard'],
      jsonSchema: { input: () => schema, output: () => schema },
    },
  }
}

async function misfitOf(schema: Offered['schema'], args: Record<string, unknown>): Promise<string | null> {
  const checked = await fromJsonSchema(schema)['~standard'].validate(args)
  if (!checked.issues) return null
  return `The arguments do not fit: ${plainLine(checked.issues[0]?.message ?? 'look at its schema', 200)}`
}
