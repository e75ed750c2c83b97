import type { Clock } from '../serving/clock.ts'
import {
  type CallEnd,
  type CallWatch,
  connectForeign,
  type ForeignClient,
  NotConnected,
} from './foreign-client.ts'
import type { ServerAddress } from './servers-file.ts'
import { fingerprintOf, type ToolShape } from './tool-shape.ts'

export type ServerState =
  | { kind: 'connecting' }
  | { kind: 'connected'; sinceMs: number }
  /** `why` is a sentence. */
  | { kind: 'away'; why: string; againAtMs: number }

export interface ForeignTool {
  server: string
  shape: ToolShape
  fingerprint: string
}

/** One server of the file: connected for as long as it lasts, and again after growing pauses. Never throws. */
export interface ForeignServer {
  name: string
  address: ServerAddress
  state(): ServerState
  /** As it tells them now; none while it is away. */
  tools(): readonly ForeignTool[]
  /** Tools that are no tools, or too many. */
  leftOut(): number
  call(tool: string, args: Record<string, unknown>, watch: CallWatch): Promise<CallEnd>
  tryAgain(): void
  /** Resolves when the first attempt to connect has ended. */
  settled: Promise<void>
  close(): Promise<void>
}

export interface ServerSeams {
  clock: Clock
  version: string
  onChange(): void
  /** For the log; `errorText` is what its program wrote. */
  onFault(fault: { server: string; cause: unknown; errorText: string }): void
}

const firstPauseMs = 1000
const longestPauseMs = 5 * 60_000
/** Whoever stays so long was no crash in a row. */
const steadyAfterMs = 60_000

export function openForeignServer(name: string, address: ServerAddress, seams: ServerSeams): ForeignServer {
  const { clock } = seams
  const settled = Promise.withResolvers<void>()
  let state: ServerState = { kind: 'connecting' }
  let client: ForeignClient | null = null
  let tools: readonly ForeignTool[] = []
  let leftOut = 0
  let failures = 0
  let cancel = () => {}
  let working: Promise<void> = Promise.resolve()
  const stop = new AbortController()
  const isClosed = () => stop.signal.aborted

  function become(next: ServerState): void {
    state = next
    if (next.kind !== 'connected') tools = []
    if (!isClosed()) seams.onChange()
  }

  async function connect(): Promise<void> {
    cancel()
    become({ kind: 'connecting' })
    let fresh: ForeignClient | null = null
    try {
      const events = { onClosed: () => lost(fresh), onToolsChanged: () => readTools(fresh) }
      fresh = await connectForeign(address, events, { ...seams, signal: stop.signal })
      if (isClosed()) return await fresh.close()
      client = fresh
      await takeTools(fresh)
      become({ kind: 'connected', sinceMs: clock.nowMs() })
    } catch (error) {
      const mine = fresh
      client = null
      fresh = null
      await mine?.close().catch(() => {})
      if (!isClosed()) away(error, mine)
    } finally {
      settled.resolve()
    }
  }

  async function takeTools(from: ForeignClient): Promise<void> {
    const told = await from.tools()
    leftOut = told.leftOut
    tools = told.shapes.map((shape) => ({ server: name, shape, fingerprint: fingerprintOf(shape) }))
  }

  function readTools(from: ForeignClient | null): void {
    if (!from || from !== client) return
    takeTools(from).then(
      () => seams.onChange(),
      (cause) => seams.onFault({ server: name, cause, errorText: from.errorText() }),
    )
  }

  function lost(which: ForeignClient | null): void {
    if (isClosed() || which === null || which !== client) return
    const wasSteady = state.kind === 'connected' && clock.nowMs() - state.sinceMs >= steadyAfterMs
    if (wasSteady) failures = 0
    client = null
    away(new Error('It closed the connection.'), which)
  }

  function away(cause: unknown, which: ForeignClient | null): void {
    const written = cause instanceof NotConnected ? cause.errorText : (which?.errorText() ?? '')
    seams.onFault({ server: name, cause, errorText: written })
    const pauseMs = Math.min(longestPauseMs, firstPauseMs * 2 ** failures)
    failures += 1
    cancel = clock.after(pauseMs, begin)
    const why =
      cause instanceof Error && /[.?]$/.test(cause.message) ? cause.message : 'It did not tell its tools.'
    become({ kind: 'away', why, againAtMs: clock.nowMs() + pauseMs })
  }

  function begin(): void {
    if (!isClosed()) working = connect()
  }

  begin()
  return {
    name,
    address,
    settled: settled.promise,
    state: () => state,
    tools: () => tools,
    leftOut: () => leftOut,
    async call(tool, args, watch) {
      if (!client) return { kind: 'not-sent', why: 'It is not connected, so nothing was sent.' }
      return client.call(tool, args, watch)
    },
    tryAgain() {
      if (state.kind !== 'away') return
      failures = 0
      begin()
    },
    async close() {
      stop.abort()
      cancel()
      settled.resolve()
      await Promise.all([client?.close().catch(() => {}), working])
    },
  }
}
