import { afterEach, beforeEach, expect, test } from 'vitest'
import { openAccessTokens } from '../../../mcp-servers/serving/access-tokens.ts'
import { mcpRoutes } from '../../../mcp-servers/serving/http-guard.ts'
import { type EchoLab, openEchoLab, openEchoServer } from '../../support/echo-lab.ts'
import { callTool, connectInProcess, legacyWithLinks, modernPlain } from '../../support/mcp-clients.ts'

let lab: EchoLab
let send: (request: Request) => Promise<Response>
let secret: string
beforeEach(async () => {
  lab = openEchoLab()
  const { server } = await openEchoServer(lab)
  const tokens = openAccessTokens(lab.database, lab.clock)
  const routes = mcpRoutes({
    servers: [server],
    tokens,
    internalToken: 'internal-token',
    hostNames: ['bench.lan'],
  })
  // A real socket always carries a Host; a Request made by hand does not.
  send = async (request) => {
    const headers = new Headers(request.headers)
    if (!headers.has('host')) headers.set('host', new URL(request.url).host)
    return routes.fetch(new Request(request, { headers }))
  }
  secret = tokenFor('claude', 'propose')
})
afterEach(() => lab.close())

function tokenFor(name: string, scope: 'read' | 'propose', lifetimeMs = 60_000): string {
  const created = openAccessTokens(lab.database, lab.clock).createToken({ name, scope, lifetimeMs })
  if (created.kind === 'refused') throw new Error(created.why)
  return created.secret
}

function post(headers: Record<string, string>, path = '/mcp/netbox'): Promise<Response> {
  const body = { jsonrpc: '2.0', id: 1, method: 'tools/list', params: {} }
  const fixed = {
    'content-type': 'application/json',
    accept: 'application/json, text/event-stream',
    host: '127.0.0.1:4610',
  }
  const request = new Request(`http://127.0.0.1:4610${path}`, {
    method: 'POST',
    headers: { ...fixed, ...headers },
    body: JSON.stringify(body),
  })
  return send(request)
}

const bearer = () => ({ authorization: `Bearer ${secret}` })

test('a program with a token is served', async () => {
  expect((await post(bearer())).status).toBe(200)
})

test.each([
  ['the loopback name', 'localhost:4610'],
  ['the IPv6 loopback', '[::1]:4610'],
  ['a configured name', 'bench.lan:4610'],
])('%s is a good Host', async (_, host) => {
  expect((await post({ ...bearer(), host })).status).toBe(200)
})

test.each([
  ['a rebound name', 'evil.example:4610'],
  ['a name that only begins like ours', '127.0.0.1.evil.example'],
  ['a name with user info', 'localhost@evil.example'],
  ['nothing', ''],
])('%s as Host is refused, token or not', async (_, host) => {
  expect((await post({ ...bearer(), host })).status).toBe(403)
  expect((await post({ host })).status).toBe(403)
})

test.each([
  ['another origin', { origin: 'https://evil.example' }],
  ['another port of this machine', { origin: 'http://127.0.0.1:3000' }],
  ['the null origin of a sandboxed page', { origin: 'null' }],
  ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }],
  ['a same-site neighbour', { 'sec-fetch-site': 'same-site' }],
])('a page of %s is refused even with a token', async (_, headers) => {
  const response = await post({ ...bearer(), ...headers })
  expect(response.status).toBe(403)
  expect(await response.json()).toEqual({ error: expect.stringContaining('HWLab') })
})

test.each([
  ['no token', {}],
  ['an unknown token', { authorization: 'Bearer hwlab_unknown' }],
  ['another scheme', { authorization: 'Basic aHdsYWI6aHdsYWI=' }],
  ['an empty token', { authorization: 'Bearer ' }],
  ['a session cookie', { cookie: 'session=1' }],
])('%s gets 401 and a sentence that says how to get one', async (_, headers) => {
  const response = await post(headers)
  expect(response.status).toBe(401)
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await response.json()).toEqual({ error: expect.stringContaining('token create') })
})

test('an expired token is refused', async () => {
  lab.clock.advance(60_000)
  expect((await post(bearer())).status).toBe(401)
})

test('a revoked token is refused', async () => {
  const tokens = openAccessTokens(lab.database, lab.clock)
  expect(tokens.revoke(tokens.list()[0]?.id ?? '')).toBe(true)
  expect((await post(bearer())).status).toBe(401)
})

test('a server that does not exist is not found', async () => {
  expect((await post(bearer(), '/mcp/nothing')).status).toBe(404)
})

test.each([
  ['2026', modernPlain],
  ['2025', legacyWithLinks],
])('a token that may only read sees and calls only tools that read (%s revision)', async (_, options) => {
  const headers = { authorization: `Bearer ${tokenFor('reader', 'read')}` }
  const client = await connectInProcess(send, options, { headers })
  expect((await client.listTools()).tools.map(({ name }) => name)).toEqual(['echo_text', 'change_status'])
  await expect(client.callTool({ name: 'store_word', arguments: { word: 'apple' } })).rejects.toThrow()
  await expect(client.callTool({ name: 'note_draft', arguments: { note: 'x' } })).rejects.toThrow()
  expect(lab.approvals.open()).toEqual([])
})

test('a request is filed under the name of the token, whatever the client calls itself', async () => {
  const client = await connectInProcess(send, modernPlain, { name: 'operator:operator', headers: bearer() })
  await callTool(client, 'store_word', { word: 'apple' })
  expect(lab.approvals.open()[0]?.requester).toBe('client:claude')
})

test('our own bridge names the program behind it; others cannot', async () => {
  const named = { 'x-hwlab-client': 'Claude Desktop' }
  const bridged = await connectInProcess(send, modernPlain, {
    headers: { authorization: 'Bearer internal-token', ...named },
  })
  await callTool(bridged, 'store_word', { word: 'apple' })
  const foreign = await connectInProcess(send, modernPlain, { headers: { ...bearer(), ...named } })
  await callTool(foreign, 'store_word', { word: 'pear' })
  expect(lab.approvals.open().map(({ requester }) => requester)).toEqual([
    'client:Claude Desktop on this machine',
    'client:claude',
  ])
})
