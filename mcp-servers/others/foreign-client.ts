import {
  Client,
  type ClientOptions,
  ProtocolError,
  SdkError,
  SdkErrorCode,
  SdkHttpError,
  StreamableHTTPClientTransport,
  type Transport,
} from '@modelcontextprotocol/client'
import type { Clock } from '../serving/clock.ts'
import type { ServerAddress } from './servers-file.ts'
import { openStdioChild } from './stdio-child.ts'
import { type ToolShape, toolShapeSchema } from './tool-shape.ts'

/** How a call ended, as far as can be known. `unknown`: it may have happened. */
export type CallEnd =
  | { kind: 'answer'; result: unknown }
  /** The server says no, in its own words. */
  | { kind: 'error'; said: string }
  | { kind: 'not-sent' | 'unknown'; why: string }

export interface CallWatch {
  signal: AbortSignal
  /** It says that it is still at work. */
  onProgress(): void
}

/** One connection to another MCP server. It is told nothing but the calls that are allowed: no roots, no sampling, no questions back. */
export interface ForeignClient {
  tools(): Promise<{ shapes: ToolShape[]; leftOut: number }>
  /** Sent once; never again, whatever comes of it. */
  call(tool: string, args: Record<string, unknown>, watch: CallWatch): Promise<CallEnd>
  /** For the log. */
  errorText(): string
  close(): Promise<void>
}

export interface ClientEvents {
  onClosed(): void
  onToolsChanged(): void
}

const connectWithinMs = 20_000
const callWithinMs = 60_000
/** Less than the agent waits for an answer of ours. */
const callInAllMs = 280_000
const toolsMax = 200

export class NotConnected extends Error {
  /** What its program wrote, for the log. */
  readonly errorText: string

  constructor(why: string, errorText: string, cause: unknown) {
    super(why, { cause })
    this.errorText = errorText
  }
}

/** Throws `NotConnected`, with a sentence. */
export async function connectForeign(
  address: ServerAddress,
  events: ClientEvents,
  { clock, version, signal }: { clock: Clock; version: string; signal: AbortSignal },
): Promise<ForeignClient> {
  let failure: unknown = null
  let written = ''
  // A program that is asked for the newest revision first may end at once; so the older one is tried first.
  const modes: Mode[] = address.kind === 'web' ? ['auto'] : ['legacy', { pin: '2026-07-28' }]
  for (const mode of modes) {
    const { transport, errorText } = transportFor(address, clock)
    const client = clientFor(mode, events, version)
    try {
      await unlessStopped(client.connect(transport, { timeout: connectWithinMs }), signal)
      client.onclose = events.onClosed
      return { ...actionsOf(client), errorText, close: () => client.close() }
    } catch (error) {
      failure = error
      await client.close().catch(() => {})
      await transport.close().catch(() => {})
      written = errorText()
      if (!(error instanceof ProtocolError)) break
    }
  }
  throw new NotConnected(whyNot(failure, address), written, failure)
}

/** Trying which revision a server speaks takes no signal. */
function unlessStopped(work: Promise<void>, signal: AbortSignal): Promise<void> {
  const stopped = Promise.withResolvers<void>()
  const stop = () => stopped.reject(new Error('HWLab closes, or the entry is gone'))
  if (signal.aborted) stop()
  signal.addEventListener('abort', stop, { once: true })
  return Promise.race([work, stopped.promise]).finally(() => signal.removeEventListener('abort', stop))
}

type Mode = NonNullable<NonNullable<ClientOptions['versionNegotiation']>['mode']>

function clientFor(mode: Mode, { onToolsChanged }: ClientEvents, version: string): Client {
  return new Client(
    { name: 'HWLab', version },
    {
      capabilities: {},
      versionNegotiation: { mode },
      inputRequired: { autoFulfill: false },
      listChanged: { tools: { autoRefresh: false, onChanged: () => onToolsChanged() } },
    },
  )
}

function transportFor(
  address: ServerAddress,
  clock: Clock,
): { transport: Transport; errorText: () => string } {
  if (address.kind === 'program') {
    const child = openStdioChild(address, clock)
    return { transport: child, errorText: child.errorText }
  }
  const transport = new StreamableHTTPClientTransport(new URL(address.url), {
    requestInit: { headers: address.headers },
    // A redirect would send a call, and its keys, to somebody else.
    fetch: (url, init) => fetch(url, { ...init, redirect: 'error' }),
  })
  return { transport, errorText: () => '' }
}

function actionsOf(client: Client): Pick<ForeignClient, 'tools' | 'call'> {
  return {
    async tools() {
      const { tools } = await client.listTools(undefined, { timeout: connectWithinMs })
      const shapes = tools.slice(0, toolsMax).flatMap((tool) => {
        const shape = toolShapeSchema.safeParse(tool)
        return shape.success ? [shape.data] : []
      })
      return { shapes, leftOut: tools.length - shapes.length }
    },
    async call(tool, args, { signal, onProgress }) {
      const limits = { timeout: callWithinMs, maxTotalTimeout: callInAllMs, resetTimeoutOnProgress: true }
      try {
        const result: unknown = await client.request(
          { method: 'tools/call', params: { name: tool, arguments: args } },
          { ...limits, signal, onprogress: () => onProgress() },
        )
        return { kind: 'answer', result }
      } catch (error) {
        return endOf(error, signal)
      }
    },
  }
}

function endOf(error: unknown, signal: AbortSignal): CallEnd {
  if (error instanceof ProtocolError) return { kind: 'error', said: error.message }
  if (signal.aborted)
    return { kind: 'unknown', why: 'It was stopped while the server worked on it, so it may have happened.' }
  const code = error instanceof SdkError ? error.code : null
  if (code === SdkErrorCode.NotConnected)
    return { kind: 'not-sent', why: 'It was not connected any more, so nothing was sent.' }
  if (code === SdkErrorCode.UnsupportedResultType)
    return { kind: 'error', said: 'It asks for something in between, which HWLab does not pass on.' }
  if (error instanceof SdkHttpError && isRefusedByGuard(error))
    return { kind: 'not-sent', why: 'It did not let HWLab in. Look at its key in the file.' }
  return { kind: 'unknown', why: 'It did not answer, so the call may have happened.' }
}

function isRefusedByGuard(error: SdkHttpError): boolean {
  return error.status === 401 || error.status === 403
}

/** Of the error and of all that caused it. */
function codesOf(error: unknown, depth = 0): string[] {
  if (!(error instanceof Error) || depth > 5) return []
  return ['code' in error ? String(error.code) : '', ...codesOf(error.cause, depth + 1)]
}

function whyNot(error: unknown, address: ServerAddress): string {
  const codes = codesOf(error)
  if (address.kind === 'program') {
    if (codes.includes('ENOENT')) return 'Its program, or its folder, is not on this machine.'
    if (codes.includes('EACCES')) return 'Its program may not be run. Look at its permissions.'
    if (codes.includes('REQUEST_TIMEOUT')) return 'Its program started, and said nothing for 20 s.'
    if (codes.includes('CONNECTION_CLOSED'))
      return 'Its program ended right after the start. HWLab’s log says what it wrote.'
    return 'Its program started, and does not speak MCP.'
  }
  if (error instanceof SdkHttpError && isRefusedByGuard(error))
    return 'It does not let HWLab in. Look at its key.'
  if (codes.includes('REQUEST_TIMEOUT')) return 'It said nothing for 20 s.'
  if (codes.some((code) => /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EAI_AGAIN/.test(code)))
    return 'It cannot be reached. Is it running, and is the address right?'
  if (codes.some((code) => /CERT|SELF_SIGNED|TLS/.test(code)))
    return 'Its certificate is not trusted. Start HWLab with NODE_EXTRA_CA_CERTS and your authority’s file.'
  return 'What answers there does not speak MCP.'
}
