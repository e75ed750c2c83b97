import {
  type CallToolResult,
  Client,
  type ClientOptions,
  type InputRequiredResult,
  isInputRequiredResult,
  StreamableHTTPClientTransport,
} from '@modelcontextprotocol/client'
import { z } from 'zod'

/** What a tool said, with the structured part as plain JSON. */
export interface Said {
  isError: boolean
  text: string
  structured: unknown
}

/** A client of the 2026 revision that can open links, and keeps a pending answer to itself. */
export const modernWithLinks: ClientOptions = {
  capabilities: { elicitation: { url: {} } },
  versionNegotiation: { mode: 'auto' },
  inputRequired: { autoFulfill: false },
}
export const modernPlain: ClientOptions = {
  capabilities: {},
  versionNegotiation: { mode: 'auto' },
  inputRequired: { autoFulfill: false },
}
export const legacyWithLinks: ClientOptions = {
  capabilities: { elicitation: { url: {}, form: {} } },
  versionNegotiation: { mode: 'legacy' },
}

/** The official client over HTTP without a network. */
export async function connectInProcess(
  fetchServer: (request: Request) => Promise<Response>,
  options: ClientOptions,
  { name = 'test client', url = 'http://127.0.0.1:4610/mcp/netbox', headers = {} } = {},
): Promise<Client> {
  const client = new Client({ name, version: '1.0.0' }, options)
  const transport = new StreamableHTTPClientTransport(new URL(url), {
    fetch: (input, init) => fetchServer(new Request(input, init)),
    requestInit: { headers },
  })
  await client.connect(transport)
  return client
}

export type Parameters = { name: string; arguments: Record<string, unknown> } & Record<string, unknown>

/** One round of a tool call, whatever it is answered with. */
export async function callOnce(client: Client, params: Parameters): Promise<Said | InputRequiredResult> {
  const result = await client.request({ method: 'tools/call', params }, { allowInputRequired: true })
  return isInputRequiredResult(result) ? result : saidOf(result)
}

export async function callTool(client: Client, name: string, args: Record<string, unknown>): Promise<Said> {
  return saidOf(await client.callTool({ name, arguments: args }))
}

/** A call that has to be answered with `input_required`. */
export async function callUntilLink(client: Client, params: Parameters): Promise<InputRequiredResult> {
  const result = await client.request({ method: 'tools/call', params }, { allowInputRequired: true })
  if (!isInputRequiredResult(result)) throw new Error(`not asked for a link: ${JSON.stringify(result)}`)
  return result
}

const textSchema = z.looseObject({ type: z.literal('text'), text: z.string() })

function saidOf(result: CallToolResult): Said {
  const text = result.content.map((part) => textSchema.safeParse(part).data?.text ?? '').join('\n')
  return { isError: result.isError === true, text, structured: result.structuredContent ?? null }
}
