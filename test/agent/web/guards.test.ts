import { request } from 'node:http'
import { connect } from 'node:net'
import { io } from 'socket.io-client'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab, runEnded, signIn } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp

beforeEach(async () => {
  app = await openAgentApp()
})
afterEach(() => app.close())

interface Ask {
  method?: string
  path: string
  headers?: Record<string, string>
  body?: string
}

/** Like fetch, but with the headers that fetch keeps for itself. */
function ask({
  method = 'GET',
  path,
  headers = {},
  body,
}: Ask): Promise<{ status: number; text: string; headers: Record<string, unknown> }> {
  const { port } = new URL(app.app.url)
  return new Promise((resolve, reject) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers }, (response) => {
      let text = ''
      response.setEncoding('utf8')
      response.on('data', (piece: string) => {
        text += piece
      })
      response.on('end', () => resolve({ status: response.statusCode ?? 0, text, headers: response.headers }))
    })
    sent.on('error', reject)
    sent.end(body)
  })
}

test('a page asks for sign-in, and signed in it comes with rules against foreign scripts and frames', async () => {
  const stranger = await ask({ path: '/', headers: { accept: 'text/html' } })
  expect([stranger.status, stranger.headers.location]).toEqual([302, '/sign-in'])
  const scanned = await ask({ path: '/a/HW-00001', headers: { accept: 'text/html' } })
  expect(scanned.headers.location).toBe('/sign-in?next=%2Fa%2FHW-00001')
  const page = await ask({ path: '/', headers: { cookie: app.cookie } })
  expect(page.status).toBe(200)
  expect(page.headers['content-security-policy']).toContain("script-src 'self'")
  expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'")
  expect(page.headers['x-content-type-options']).toBe('nosniff')
})

test.each(['evil.example', '127.0.0.1.evil.example', 'localhost.evil.example:4610', '169.254.1.1'])(
  'a request for the name %j is refused',
  async (host) => {
    const answer = await ask({ path: '/livez', headers: { host } })
    expect(answer.status === 403 || answer.status === 400).toBe(true)
  },
)

test.each([
  ['another site', { 'sec-fetch-site': 'cross-site' }],
  ['another port of this machine', { 'sec-fetch-site': 'same-site', origin: 'http://127.0.0.1:1' }],
  ['a file or a sandboxed frame', { origin: 'null' }],
  ['nowhere', {}],
])('a change asked from %s is refused even with the cookie', async (_, headers) => {
  const answer = await ask({
    method: 'POST',
    path: '/sign-out',
    headers: { cookie: app.cookie, ...headers },
  })
  expect(answer.status).toBe(403)
  expect((await ask({ path: '/', headers: { cookie: app.cookie } })).status).toBe(200)
})

test('a sign-in link works once', async () => {
  expect((await signIn(app.app.signInUrl)).status).toBe(401)
})

test('of two browsers that open the same link at once, one gets in', async () => {
  const { signInTokensTable } = await import('../../../agent/store/sign-in-tokens.ts')
  const token = signInTokensTable(app.database).create('operator', Date.now())
  const link = `${app.app.url}/sign-in#${token}`
  const answers = await Promise.all([signIn(link), signIn(link), signIn(link)])
  expect(answers.map((answer) => answer.status).sort()).toEqual([200, 401, 401])
})

test('guessing sign-in tokens is stopped', async () => {
  const answers = []
  for (let tries = 0; tries < 25; tries += 1)
    answers.push(await signIn(`${app.app.url}/sign-in#guess-${tries}`))
  expect(answers.at(-1)?.status).toBe(429)
})

test('the database holds neither the session nor the sign-in token', async () => {
  const sessionId = app.cookie.split('=')[1] ?? 'missing'
  const token = new URL(app.app.signInUrl).hash.slice(1)
  const everything = JSON.stringify([
    app.database.prepare('select * from sessions').all(),
    app.database.prepare('select * from sign_in_tokens').all(),
  ])
  expect(everything).not.toContain(sessionId)
  expect(everything).not.toContain(token)
  expect(app.log.join('')).not.toContain(token)
})

test('two session cookies, a forged one and none are nobody', async () => {
  for (const cookie of [`${app.cookie}; ${app.cookie}`, 'hwlab_session=AAAAAAAAAAAAAAAAAAAAAAAA', '']) {
    expect((await ask({ path: '/attachments/photo-1', headers: { cookie } })).status).toBe(401)
  }
})

test('a socket without a session, or from a page of another site, is not opened', async () => {
  for (const extraHeaders of [
    { origin: app.app.url },
    { cookie: app.cookie, origin: 'http://evil.example' },
    { cookie: app.cookie, origin: 'null' },
    { cookie: app.cookie, host: 'evil.example' },
  ]) {
    const socket = io(app.app.url, { extraHeaders, transports: ['websocket'], reconnection: false })
    await new Promise<void>((resolve, reject) => {
      socket.once('connect_error', () => resolve())
      socket.once('connect', () => reject(new Error(`opened with ${JSON.stringify(extraHeaders)}`)))
    })
    socket.close()
  }
  expect((await ask({ path: '/socket.io/?EIO=4&transport=polling' })).status).toBe(403)
})

test('after signing out an open socket does nothing any more', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await ask({ method: 'POST', path: '/sign-out', headers: { cookie: app.cookie, origin: app.app.url } })
  expect(await tab.send('help')).toEqual({
    kind: 'refused',
    why: 'You are signed out. Open a new sign-in link.',
  })
  tab.close()
})

test('forged and malformed socket packets are refused or dropped, and the process lives', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  const conversationId = await tab.open()
  const { socket } = tab
  const bodies: unknown[] = [
    null,
    3,
    'text',
    [],
    {},
    { conversationId },
    { conversationId: 'x'.repeat(1000) },
  ]
  for (const body of bodies) {
    const answer: unknown = await socket.timeout(5000).emitWithAck('message-send', body)
    expect(answer).toMatchObject({ kind: 'refused' })
  }
  expect(await socket.timeout(5000).emitWithAck('__proto__', {})).toMatchObject({ kind: 'refused' })
  expect(await socket.timeout(5000).emitWithAck('approve-everything', {})).toMatchObject({ kind: 'refused' })
  socket.emit('message-send')
  socket.emit('message-send', {}, 'not a function')
  await tab.send('help')
  await tab.until(runEnded)
  tab.close()
})

test('raw garbage on the port closes that connection only', async () => {
  const { port } = new URL(app.app.url)
  for (const bytes of [
    'GET /a b c\r\n\r\n',
    '\x00\x01\x02\x03\r\n\r\n',
    'POST / HTTP/1.1\r\nContent-Length: x\r\n\r\n',
  ]) {
    await new Promise<void>((resolve) => {
      const socket = connect(Number(port), '127.0.0.1', () => socket.write(bytes))
      socket.on('close', () => resolve())
      socket.on('error', () => resolve())
      socket.on('data', () => {})
    })
  }
  const upgrade = connect(Number(port), '127.0.0.1')
  upgrade.write(
    `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nOrigin: ${app.app.url}\r\nCookie: ${app.cookie}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n`,
  )
  await new Promise<void>((resolve) => upgrade.once('data', () => resolve()))
  upgrade.write(Buffer.from([0xff, 0xff, 0xff, 0xff, 0x00, 0x00]))
  await new Promise<void>((resolve) => upgrade.once('close', () => resolve()))
  expect((await ask({ path: '/livez' })).status).toBe(200)
})

test('a packet beyond the limit ends that socket only', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  const closed = new Promise<void>((resolve) => tab.socket.once('disconnect', () => resolve()))
  tab.socket.emit('message-send', { text: 'x'.repeat(1_500_000) })
  await closed
  expect((await ask({ path: '/livez' })).status).toBe(200)
})

test('a flood of requests is slowed down with a sentence', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  const answers = await Promise.all(
    Array.from({ length: 120 }, () =>
      tab.ask('conversation-open', { conversationId: null, runId: null, afterSeq: 0 }),
    ),
  )
  expect(answers.filter((answer) => answer.kind === 'refused').length).toBeGreaterThan(20)
  tab.close()
})
