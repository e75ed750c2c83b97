import {
  Client,
  isInputRequiredResult,
  StreamableHTTPClientTransport,
  type Tool,
} from '@modelcontextprotocol/client'
import { z } from 'zod'
import { type CallOutcome, readOutcome, type ToolResult } from './call-outcome.ts'

/** What `ToolServer` of `mcp-servers/serving` offers in process; a remote server is the same over the network. */
export interface ServerEndpoint {
  name: string
  fetch(request: Request): Promise<Response>
}

export interface Progress {
  /** Empty: the server says nothing in words. */
  words: string
  /** 0 to 1; null: it does not say how much there is to do. */
  share: number | null
}
export interface CallOptions {
  signal: AbortSignal
  onProgress(progress: Progress): void
  /** For the server, from code; a model writes arguments only. */
  meta?: Record<string, unknown>
}

/** One MCP server, called as any client would call it. */
export interface ConnectedServer {
  name: string
  listTools(): Promise<Tool[]>
  call(tool: string, args: Record<string, unknown>, options: CallOptions): Promise<CallOutcome>
  /** Round 2 of a call that a person had to decide: the same call with the server's own state. */
  resume(
    tool: string,
    args: Record<string, unknown>,
    requestState: string,
    signal: AbortSignal,
  ): Promise<CallOutcome>
  close(): Promise<void>
}

/** A tool's own time limit is the server's; these are for a server that says nothing more, or never comes to an end. */
export interface CallLimits {
  silentMs: number
  totalMs: number
}
export const callLimits: CallLimits = { silentMs: 120_000, totalMs: 300_000 }

const contentSchema = z.object({
  content: z.array(z.looseObject({ type: z.string(), text: z.string().optional() })).default([]),
  structuredContent: z.unknown().optional(),
  isError: z.boolean().optional(),
})
const urlRequestsSchema = z.record(
  z.string(),
  z.object({ params: z.object({ url: z.string(), message: z.string().optional() }) }),
)

/**
 * Connects with the 2026 revision where the server has it. URL elicitation is declared and never fulfilled here: a gated
 * call comes back as `waiting`, and only the server's own record of a person's decision ends it.
 */
export async function connectServer(
  endpoint: ServerEndpoint,
  version: string,
  { silentMs, totalMs }: CallLimits,
): Promise<ConnectedServer> {
  const client = new Client(
    { name: 'HWLab chat', version },
    {
      capabilities: { elicitation: { form: {}, url: {} } },
      versionNegotiation: { mode: 'auto' },
      inputRequired: { autoFulfill: false },
    },
  )
  const transport = new StreamableHTTPClientTransport(new URL(`http://${endpoint.name}.in-process/mcp`), {
    fetch: (url, init) => endpoint.fetch(new Request(url, init)),
  })
  await client.connect(transport)

  async function request(params: Record<string, unknown>, options: CallOptions): Promise<CallOutcome> {
    const answer: unknown = await client.request(
      { method: 'tools/call', params },
      {
        allowInputRequired: true,
        signal: options.signal,
        timeout: silentMs,
        maxTotalTimeout: totalMs,
        resetTimeoutOnProgress: true,
        onprogress: ({ message, progress, total }) =>
          options.onProgress({ words: message ?? '', share: total ? Math.min(1, progress / total) : null }),
      },
    )
    if (isInputRequiredResult(answer)) return waiting(answer)
    return readOutcome(toToolResult(answer))
  }

  return {
    name: endpoint.name,
    listTools: async () => (await client.listTools()).tools,
    call: (tool, args, options) =>
      request({ name: tool, arguments: args, ...(options.meta ? { _meta: options.meta } : {}) }, options),
    resume: (tool, args, requestState, signal) =>
      request(
        { name: tool, arguments: args, inputResponses: {}, requestState },
        { signal, onProgress: () => {} },
      ),
    close: () => client.close(),
  }
}

function toToolResult(answer: unknown): ToolResult {
  const parsed = contentSchema.parse(answer)
  const texts = parsed.content.flatMap(({ type, text }) => (type === 'text' ? [text ?? ''] : []))
  const others = parsed.content.length - texts.length
  if (others > 0) texts.push(`(${others} more of it that is no text, such as pictures, does not get here.)`)
  const text = texts.join('\n')
  return { text, structured: parsed.structuredContent, isError: parsed.isError ?? false }
}

/** The confirm page's address ends in the id of the change request: `/c/<id>`. */
function waiting(answer: { inputRequests?: unknown; requestState?: string }): CallOutcome {
  const requests = urlRequestsSchema.safeParse(answer.inputRequests)
  const url = requests.success ? Object.values(requests.data)[0]?.params.url : undefined
  const changeId = url ? new URL(url).pathname.split('/').at(-1) : undefined
  if (!changeId) return { kind: 'refused', why: 'The server asked for something that this chat cannot show.' }
  return {
    kind: 'waiting',
    words: 'Waiting for your decision.',
    changeId,
    itemId: null,
    requestState: answer.requestState ?? null,
    result: null,
  }
}
