import type { Hono } from 'hono'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ChangeRequest } from '../../../mcp-servers/approval/change-request.ts'
import { confirmPage, type PageSession } from '../../../mcp-servers/approval/confirm-page.ts'
import { wordPlan } from '../../support/echo-domain.ts'
import { decide, type EchoLab, openEchoLab, stateKey } from '../../support/echo-lab.ts'

const origin = 'http://127.0.0.1:4610'
const sameOrigin = { origin, 'sec-fetch-site': 'same-origin' }
let lab: EchoLab
let page: Hono
let session: PageSession | null
beforeEach(() => {
  lab = openEchoLab()
  session = { operator: 'ada', sessionId: 'session-1' }
  page = confirmPage({
    approvals: lab.approvals,
    clock: lab.clock,
    key: stateKey,
    hostNames: [],
    session: () => session,
    signInUrl: (returnTo) => `/sign-in?next=${encodeURIComponent(returnTo)}`,
  })
})
afterEach(() => lab.close())

function file(word = 'apple', loud = false): ChangeRequest {
  return lab.approvals.file(wordPlan(word, loud), {
    server: 'netbox',
    tool: 'store_word',
    requester: 'client:Claude Desktop',
  })
}

async function open(
  { id }: { id: string },
  headers: Record<string, string> = {},
  query = '',
): Promise<Response> {
  return page.request(`${origin}/c/${id}${query}`, { headers: { host: '127.0.0.1:4610', ...headers } })
}

/** The hidden fields and ticked boxes, as a browser would send them. */
async function formOf(change: ChangeRequest): Promise<URLSearchParams> {
  const html = await (await open(change)).text()
  const fields = new URLSearchParams()
  for (const [, name = '', value = ''] of html.matchAll(
    /<input\s+type="hidden"\s+name="(\w+)"\s+value="([^"]*)"/g,
  ))
    fields.append(name, value)
  for (const [, value = ''] of html.matchAll(
    /<input\s+type="checkbox"\s+name="do"\s+value="(\d+)"\s+checked/g,
  ))
    fields.append('do', value)
  return fields
}

async function send(
  change: ChangeRequest,
  fields: URLSearchParams,
  headers: Record<string, string> = sameOrigin,
): Promise<Response> {
  return page.request(`${origin}/c/${change.id}`, {
    method: 'POST',
    headers: { host: '127.0.0.1:4610', 'content-type': 'application/x-www-form-urlencoded', ...headers },
    body: fields.toString(),
  })
}

async function click(
  change: ChangeRequest,
  decision: string,
  headers?: Record<string, string>,
): Promise<Response> {
  const fields = await formOf(change)
  fields.set('decision', decision)
  return send(change, fields, headers)
}

function stateOf({ id }: ChangeRequest): string | undefined {
  return lab.approvals.get(id)?.state
}

test('the page shows what will be done, for whom, and until when', async () => {
  const html = await (await open(file('apple', true))).text()
  for (const words of [
    'Store “apple”',
    'Claude Desktop',
    'nothing',
    'Say it aloud',
    'Expires in 24 hours',
    'Confirm and print',
    'Decline',
    'ada',
  ])
    expect(html).toContain(words)
  expect(html).not.toContain('<script')
})

test('a click on confirm carries it out, and the page then shows the work', async () => {
  const change = file()
  const response = await click(change, 'approve')
  expect(response.status).toBe(303)
  expect(response.headers.get('location')).toBe(`/c/${change.id}`)
  expect(lab.store.begun).toHaveLength(1)
  expect(lab.approvals.get(change.id)).toMatchObject({
    state: 'executing',
    decidedBy: 'ada',
    channel: 'confirm-page',
  })
  const html = await (await open(change)).text()
  expect(html).toContain('Working')
  expect(html).toContain('http-equiv="refresh"')
  expect(html).not.toContain('<form')
})

test('a box that is not ticked leaves its step out', async () => {
  const change = file('apple', true)
  const fields = await formOf(change)
  fields.set('decision', 'approve')
  fields.delete('do')
  await send(change, fields)
  expect(lab.approvals.get(change.id)?.steps[1]?.state).toBe('left-out')
})

test('decline declines', async () => {
  const change = file()
  await click(change, 'decline')
  expect(stateOf(change)).toBe('declined')
  expect(await (await open(change)).text()).toContain('Declined; nothing was done')
})

test('every state has its own look', async () => {
  const looks: Record<string, string> = {}
  const look = async (change: ChangeRequest) => {
    const html = await (await open(change)).text()
    return /<p class="state (\w+)">([^<]*)/.exec(html)?.slice(1).join(': ') ?? ''
  }
  const waiting = file('waiting')
  looks.waiting = await look(waiting)
  const working = file('working')
  await decide(lab.approvals, working)
  looks.working = await look(working)
  lab.approvals.finishStep(working.steps[0]?.id ?? '', { kind: 'done', words: 'Stored.' })
  looks.done = await look(working)
  const failed = file('failed')
  await decide(lab.approvals, failed)
  lab.approvals.finishStep(failed.steps[0]?.id ?? '', { kind: 'failed', words: 'NetBox refused it.' })
  looks.failed = await look(failed)
  expect(await (await open(failed)).text()).toContain('NetBox refused it.')
  lab.clock.advance(25 * 60 * 60 * 1000)
  looks.expired = await look(waiting)
  expect(looks).toEqual({
    waiting: 'ask: Waiting for your decision',
    working: 'working: Working',
    done: 'good: Done',
    failed: 'bad: Failed',
    expired: 'muted: Expired; nothing was done',
  })
})

test('a stranger is asked to sign in and sees nothing', async () => {
  const change = file('secret-word')
  session = null
  const knock = await open(change)
  expect(await knock.text()).not.toContain('secret-word')
  const again = await open(change, {}, '?knocked')
  expect(again.status).toBe(303)
  expect(again.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(`/c/${change.id}`)}`)
})

test('a stranger who sends the form decides nothing', async () => {
  const change = file()
  const fields = await formOf(change)
  fields.set('decision', 'approve')
  session = null
  expect((await send(change, fields)).status).toBe(303)
  expect(stateOf(change)).toBe('proposed')
})

test('a bearer token neither sees nor decides', async () => {
  const change = file('secret-word')
  const token = { authorization: 'Bearer hwlab_anything' }
  const seen = await open(change, token)
  expect(seen.status).toBe(403)
  expect(await seen.text()).not.toContain('secret-word')
  expect((await click(change, 'approve', { ...sameOrigin, ...token })).status).toBe(403)
  expect(stateOf(change)).toBe('proposed')
})

test.each([
  ['a form of another origin', { origin: 'https://evil.example' }],
  ['a cross-site form', { origin, 'sec-fetch-site': 'cross-site' }],
  ['a form of a neighbouring port', { origin: 'http://127.0.0.1:3000' }],
  ['a form of a sandboxed page', { origin: 'null' }],
  ['a form for a rebound host name', { ...sameOrigin, host: 'evil.example' }],
  ['a form that says nothing about where it is from', {}],
])('%s is refused', async (_, headers) => {
  const change = file()
  expect((await click(change, 'approve', headers)).status).toBe(403)
  expect(stateOf(change)).toBe('proposed')
})

test('a link from another program may open the page', async () => {
  expect((await open(file(), { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
})

test('a form drawn for another request, digest, session or with a made-up nonce is refused', async () => {
  const change = file('apple')
  const other = file('pear')
  const good = await formOf(change)
  good.set('decision', 'approve')
  const foreign = await formOf(other)
  const altered = (name: string, value: string) => {
    const fields = new URLSearchParams(good)
    fields.set(name, value)
    return fields
  }
  const attempts = [
    altered('nonce', foreign.get('nonce') ?? ''),
    altered('nonce', ''),
    altered('nonce', `${lab.clock.nowMs()}.AAAA`),
    altered('nonce', `9${good.get('nonce')}`),
    altered('digest', other.digest),
    altered('operator', 'eve'),
    altered('decision', 'APPROVE'),
    altered('do', '__proto__'),
  ]
  for (const fields of attempts) expect((await send(change, fields)).status, fields.toString()).toBe(409)
  session = { operator: 'ada', sessionId: 'session-2' }
  expect((await send(change, good)).status).toBe(409)
  expect([stateOf(change), stateOf(other)]).toEqual(['proposed', 'proposed'])
})

test('a form that is not a form is refused', async () => {
  const change = file()
  const json = { ...sameOrigin, 'content-type': 'application/json' }
  expect((await click(change, 'approve', json)).status).toBe(409)
  const huge = await formOf(change)
  huge.set('decision', 'approve')
  huge.set('nonce', 'x'.repeat(20_000))
  expect((await send(change, huge)).status).toBe(409)
  expect(stateOf(change)).toBe('proposed')
})

test('a page that was open for a long time is drawn again instead of deciding', async () => {
  const change = file()
  const fields = await formOf(change)
  fields.set('decision', 'approve')
  lab.clock.advance(11 * 60 * 1000)
  const response = await send(change, fields)
  expect(response.status).toBe(409)
  expect(await response.text()).toContain('open for a long time')
  expect(stateOf(change)).toBe('proposed')
})

test('the same form sent twice counts once', async () => {
  const change = file()
  const fields = await formOf(change)
  fields.set('decision', 'approve')
  expect((await send(change, fields)).status).toBe(303)
  const again = await send(change, fields)
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('already settled')
  expect(lab.store.begun).toHaveLength(1)
})

test('a request that was replaced while the page was open cannot be confirmed from it', async () => {
  const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }
  const old = lab.approvals.file(wordPlan('apple', false, 'item-1'), from)
  const fields = await formOf(old)
  fields.set('decision', 'approve')
  lab.approvals.file(wordPlan('poison', false, 'item-1'), from)
  expect((await send(old, fields)).status).toBe(409)
  expect(lab.store.begun).toEqual([])
})

test('markup and acting characters in any value are shown, not obeyed', async () => {
  const nasty = '<img src=x onerror=alert(1)>"\'&\u202Eevil\u200B\u0000\n</style><script>'
  const plan = wordPlan(nasty, true)
  const steps = plan.steps.map((step) => ({ ...step, title: nasty }))
  const lines = [{ label: nasty, before: nasty, after: nasty }]
  const change = lab.approvals.file(
    { ...plan, steps, lines, warnings: [nasty] },
    { server: 'netbox', tool: 'store_word', requester: `client:${nasty}` },
  )
  const html = await (await open(change)).text()
  expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>/)
  for (const character of ['\u202E', '\u200B', '\u0000']) expect(html).not.toContain(character)
  expect(html).toContain('<span class="code">U+202E</span>')
  expect(html).toContain('<span class="code">U+000A</span>')
})

test('the page cannot be framed, scripted or kept', async () => {
  const { headers } = await open(file())
  const policy = headers.get('content-security-policy') ?? ''
  for (const rule of [
    "default-src 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
    "base-uri 'none'",
  ])
    expect(policy).toContain(rule)
  expect(policy).not.toMatch(/unsafe|script-src|\*/)
  expect(headers.get('x-frame-options')).toBe('DENY')
  expect(headers.get('cache-control')).toBe('no-store')
})

test('a request that does not exist is a page with a sentence', async () => {
  const response = await open({ id: 'nope' })
  expect(response.status).toBe(404)
  expect(await response.text()).toContain('There is no such request here.')
})
