import type { Readable, Writable } from 'node:stream'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import {
  CLIENT_INFO_META_KEY,
  INTERNAL_ERROR,
  isInitializeRequest,
  isJSONRPCNotification,
  isJSONRPCRequest,
  isJSONRPCResultResponse,
  type JSONRPCMessage,
  type JSONRPCRequest,
  type RequestId,
} from '@modelcontextprotocol/server'
import { StdioServerTransport } from '@modelcontextprotocol/server/stdio'
import { z } from 'zod'
import { bridgedClientHeader } from './http-guard.ts'
import type { Owner } from './state-folder.ts'

export interface Bridge {
  /** Settles when the client closes its end. */
  closed: Promise<void>
  close(): Promise<void>
}

/**
 * Passes MCP messages between a client on stdio and the process that owns the state folder, so that a foreign client
 * can start its own copy without a second writer. Both revisions: messages go through as they are.
 */
export async function openBridge(options: {
  owner: Pick<Owner, 'url' | 'token'>
  server: string
  stdin?: Readable
  stdout?: Writable
  fetch?: (url: string | URL, init?: RequestInit) => Promise<Response>
}): Promise<Bridge> {
  const { owner, fetch = globalThis.fetch } = options
  const local = new StdioServerTransport(options.stdin, options.stdout)
  const headers = new Headers({ authorization: `Bearer ${owner.token}` })
  const remote = new StreamableHTTPClientTransport(new URL(`/mcp/${options.server}`, owner.url), {
    fetch: (url, init) => fetch(url, withHeaders(init, headers)),
  })
  const running = new Map<RequestId, AbortController>()
  const initializing = new Set<RequestId>()

  // A client that has closed its end is told nothing more.
  const reply = (message: JSONRPCMessage): void => {
    local.send(message).catch(() => {})
  }

  const forward = async (message: JSONRPCMessage): Promise<void> => {
    if (!isJSONRPCRequest(message)) return remote.send(message)
    const name = clientNameIn(message)
    if (name) headers.set(bridgedClientHeader, name)
    if (isInitializeRequest(message)) initializing.add(message.id)
    const stop = new AbortController()
    running.set(message.id, stop)
    await remote.send(message, {
      requestSignal: stop.signal,
      onRequestStreamEnd: () => giveUp(message.id),
    })
  }

  const giveUp = (id: RequestId): void => {
    if (running.delete(id)) reply(away(id))
  }

  local.onmessage = (message) => {
    const cancelled = cancelledRequest(message)
    if (cancelled !== null) {
      running.get(cancelled)?.abort()
      running.delete(cancelled)
      return
    }
    forward(message).catch(() => {
      if (isJSONRPCRequest(message)) giveUp(message.id)
    })
  }
  remote.onmessage = (message) => {
    if (isJSONRPCResultResponse(message)) {
      if (initializing.delete(message.id)) noteVersion(remote, message.result)
    }
    if ('id' in message && !('method' in message) && message.id !== undefined) running.delete(message.id)
    reply(message)
  }
  const closed = new Promise<void>((resolve) => {
    local.onclose = () => {
      for (const stop of running.values()) stop.abort()
      remote.close().then(resolve, () => resolve())
    }
  })
  await remote.start()
  await local.start()
  return { closed, close: () => local.close() }
}

function withHeaders(init: RequestInit | undefined, ours: Headers): RequestInit {
  const headers = new Headers(init?.headers)
  for (const [name, value] of ours) headers.set(name, value)
  return { ...init, headers }
}

const versionSchema = z.looseObject({ protocolVersion: z.string() })

function noteVersion(remote: StreamableHTTPClientTransport, result: unknown): void {
  const initialized = versionSchema.safeParse(result)
  if (initialized.success) remote.setProtocolVersion(initialized.data.protocolVersion)
}

const infoSchema = z.looseObject({ name: z.string() })
const paramsSchema = z.looseObject({
  clientInfo: infoSchema.optional().catch(undefined),
  _meta: z.looseObject({ [CLIENT_INFO_META_KEY]: infoSchema.optional().catch(undefined) }).optional(),
})

/** In header-safe letters; 2025 clients say it once in `initialize`, 2026 ones in every request. */
function clientNameIn(message: JSONRPCRequest): string | null {
  const params = paramsSchema.safeParse(message.params ?? {})
  const name = params.data?.clientInfo?.name ?? params.data?._meta?.[CLIENT_INFO_META_KEY]?.name
  return (
    name
      ?.replaceAll(/[^\w .@-]+/g, ' ')
      .trim()
      .slice(0, 40) || null
  )
}

const cancelledSchema = z.looseObject({ requestId: z.union([z.string(), z.number()]) })

function cancelledRequest(message: JSONRPCMessage): RequestId | null {
  if (!isJSONRPCNotification(message) || message.method !== 'notifications/cancelled') return null
  return cancelledSchema.safeParse(message.params).data?.requestId ?? null
}

function away(id: RequestId): JSONRPCMessage {
  const message = 'HWLab does not answer. Start it with `npm start`, then start this server again.'
  return { jsonrpc: '2.0', id, error: { code: INTERNAL_ERROR, message } }
}
