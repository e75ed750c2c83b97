import { once } from 'node:events'
import type { Server } from 'node:http'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Client, type ClientOptions } from '@modelcontextprotocol/client'
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio'
import { Client as FormerClient } from '@modelcontextprotocol/sdk/client/index.js'
import { StdioClientTransport as FormerStdio } from '@modelcontextprotocol/sdk/client/stdio.js'
import { StreamableHTTPClientTransport as FormerHttp } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAccessTokens } from '../../../mcp-servers/serving/access-tokens.ts'
import { mcpRoutes } from '../../../mcp-servers/serving/http-guard.ts'
import type { ToolCall } from '../../../mcp-servers/serving/tool.ts'
import { type EchoLab, openEchoLab, openEchoServer } from '../../support/echo-lab.ts'
import {
  callOnce,
  callTool,
  callUntilLink,
  legacyWithLinks,
  modernPlain,
  modernWithLinks,
} from '../../support/mcp-clients.ts'

const token = 'the-owner-wrote-this'
const childPath = join(import.meta.dirname, '../../support/bridge-child.ts')
let lab: EchoLab
let url: string
let http: Server
let open: { close(): Promise<void> }[]
let beforeAnswer: (text: string, call: ToolCall) => Promise<void>

beforeEach(async () => {
  lab = openEchoLab()
  open = []
  beforeAnswer = async () => {}
  const { server } = await openEchoServer(lab, {
    domain: { beforeAnswer: (text, call) => beforeAnswer(text, call) },
  })
  const tokens = openAccessTokens(lab.database, lab.clock)
  const routes = mcpRoutes({ servers: [server], tokens, internalToken: token, hostNames: [] })
  const address = await new Promise<{ port: number }>((resolve) => {
    const started = serve({ fetch: routes.fetch, port: 0, hostname: '127.0.0.1' }, resolve)
    if ('closeAllConnections' in started) http = started
  })
  url = `http://127.0.0.1:${address.port}`
})
afterEach(async () => {
  for (const client of open) await client.close()
  await stopOwner()
  lab.close()
})

async function stopOwner(): Promise<void> {
  if (!http.listening) return
  const closed = once(http, 'close')
  http.close()
  http.closeAllConnections()
  await closed
}

function command(as = token): { command: string; args: string[] } {
  return { command: process.execPath, args: [childPath, url, as] }
}

async function start(options: ClientOptions, as?: string): Promise<Client> {
  const client = new Client({ name: 'Claude Desktop', version: '1' }, options)
  open.push(client)
  await client.connect(new StdioClientTransport(command(as)))
  return client
}

test.each([
  ['2026', modernPlain],
  ['2025', legacyWithLinks],
])('a client of the %s revision reaches the running HWLab through its own stdio', async (_, options) => {
  const client = await start(options)
  expect((await client.listTools()).tools).toHaveLength(5)
  const { promise: stage, resolve: arrive } = Promise.withResolvers<unknown>()
  beforeAnswer = async () => void (await stage)
  const said = await client.callTool(
    { name: 'echo_text', arguments: { text: 'hello' } },
    { onprogress: ({ message }) => arrive(message) },
  )
  expect(said).toMatchObject({ structuredContent: { text: 'hello' } })
  expect(await stage).toBe('Listening…')
  await callTool(client, 'store_word', { word: 'apple' })
  expect(lab.approvals.open()).toMatchObject([{ requester: 'client:Claude Desktop on this machine' }])
})

test('the link and its state go through the bridge', async () => {
  const client = await start(modernWithLinks)
  const call = { name: 'store_word', arguments: { word: 'apple' } }
  const { requestState } = await callUntilLink(client, call)
  expect(await callOnce(client, { ...call, requestState })).toMatchObject({
    structured: { outcome: 'waiting' },
  })
})

test('a cancelled call is cancelled in HWLab, too', async () => {
  const { promise: started, resolve: begin } = Promise.withResolvers<void>()
  const { promise: stopped, resolve: stop } = Promise.withResolvers<void>()
  beforeAnswer = (_, { signal }) => {
    signal.addEventListener('abort', () => stop())
    begin()
    return new Promise(() => {})
  }
  const client = await start(modernPlain)
  const hangUp = new AbortController()
  const answer = client.callTool(
    { name: 'echo_text', arguments: { text: 'slow' } },
    { signal: hangUp.signal },
  )
  await started
  hangUp.abort()
  await expect(answer).rejects.toThrow()
  await stopped
})

test.each([
  ['before', {}],
  ['in the middle of', { onprogress: () => {} }],
])('when HWLab stops %s an answer, the call ends with a sentence instead of hanging', async (_, options) => {
  const { promise: started, resolve: begin } = Promise.withResolvers<void>()
  beforeAnswer = () => {
    begin()
    return new Promise(() => {})
  }
  const client = await start(modernPlain)
  const running = client.callTool({ name: 'echo_text', arguments: { text: 'slow' } }, options)
  const ended = expect(running).rejects.toThrow('Start it with')
  await started
  await stopOwner()
  await ended
  await expect(callTool(client, 'echo_text', { text: 'hello' })).rejects.toThrow('Start it with')
})

test('a bridge with a wrong token gets nothing', async () => {
  await expect(start(legacyWithLinks, 'guessed')).rejects.toThrow()
})

test('the former official client works through the bridge and over HTTP', async () => {
  const bridged = new FormerClient({ name: 'former', version: '1' })
  open.push(bridged)
  await bridged.connect(new FormerStdio(command()))
  const direct = new FormerClient({ name: 'former', version: '1' })
  open.push(direct)
  const headers = { authorization: `Bearer ${token}` }
  // Its own types do not fit `exactOptionalPropertyTypes`; the object is the real one.
  const http = new FormerHttp(new URL(`${url}/mcp/netbox`), { requestInit: { headers } })
  const transport: unknown = http
  if (isTransport(transport)) await direct.connect(transport)
  for (const client of [bridged, direct]) {
    expect((await client.listTools()).tools.map(({ name }) => name)).toContain('change_status')
    expect(await client.callTool({ name: 'store_word', arguments: { word: 'apple' } })).toMatchObject({
      structuredContent: { outcome: 'waiting' },
    })
  }
})

function isTransport(candidate: unknown): candidate is Parameters<FormerClient['connect']>[0] {
  return candidate instanceof FormerHttp
}
