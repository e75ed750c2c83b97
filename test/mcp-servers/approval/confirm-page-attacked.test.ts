import { afterEach, beforeEach, expect, test } from 'vitest'
import {
  fromThePage,
  pageOrigin,
  type Visitor,
  visitConfirmPage,
} from '../../support/confirm-page-visitor.ts'
import { wordPlan } from '../../support/echo-domain.ts'

let visitor: Visitor
beforeEach(() => {
  visitor = visitConfirmPage()
})
afterEach(() => visitor.lab.close())

test('a stranger is asked to sign in and sees nothing', async () => {
  const change = visitor.file('secret-word')
  visitor.session = null
  const knock = await visitor.open(change)
  expect(await knock.text()).not.toContain('secret-word')
  const again = await visitor.open(change, {}, '?knocked')
  expect(again.status).toBe(303)
  expect(again.headers.get('location')).toBe(`/sign-in?next=${encodeURIComponent(`/c/${change.id}`)}`)
})

test('a stranger who sends the form decides nothing', async () => {
  const change = visitor.file()
  const fields = await visitor.formOf(change)
  fields.set('decision', 'approve')
  visitor.session = null
  expect((await visitor.send(change, fields)).status).toBe(303)
  expect(visitor.stateOf(change)).toBe('proposed')
})

test('a bearer token neither sees nor decides', async () => {
  const change = visitor.file('secret-word')
  const token = { authorization: 'Bearer hwlab_anything' }
  const seen = await visitor.open(change, token)
  expect(seen.status).toBe(403)
  expect(await seen.text()).not.toContain('secret-word')
  expect((await visitor.click(change, 'approve', { ...fromThePage, ...token })).status).toBe(403)
  expect(visitor.stateOf(change)).toBe('proposed')
})

test.each([
  ['a form of another origin', { origin: 'https://evil.example' }],
  ['a cross-site form', { origin: pageOrigin, 'sec-fetch-site': 'cross-site' }],
  ['a form of a neighbouring port', { origin: 'http://127.0.0.1:3000' }],
  ['a form of a sandboxed page', { origin: 'null' }],
  ['a form for a rebound host name', { ...fromThePage, host: 'evil.example' }],
  ['a form that says nothing about where it is from', {}],
])('%s is refused', async (_, headers) => {
  const change = visitor.file()
  expect((await visitor.click(change, 'approve', headers)).status).toBe(403)
  expect(visitor.stateOf(change)).toBe('proposed')
})

test('a link from another program may open the page', async () => {
  expect((await visitor.open(visitor.file(), { 'sec-fetch-site': 'cross-site' })).status).toBe(200)
})

test('a form drawn for another request, digest, session or with a made-up nonce is refused', async () => {
  const change = visitor.file('apple')
  const other = visitor.file('pear')
  const good = await visitor.formOf(change)
  good.set('decision', 'approve')
  const foreign = await visitor.formOf(other)
  const altered = (name: string, value: string) => {
    const fields = new URLSearchParams(good)
    fields.set(name, value)
    return fields
  }
  const attempts = [
    altered('nonce', foreign.get('nonce') ?? ''),
    altered('nonce', ''),
    altered('nonce', `${visitor.lab.clock.nowMs()}.AAAA`),
    altered('nonce', `9${good.get('nonce')}`),
    altered('digest', other.digest),
    altered('operator', 'stranger'),
    altered('decision', 'APPROVE'),
    altered('do', '__proto__'),
  ]
  for (const fields of attempts)
    expect((await visitor.send(change, fields)).status, fields.toString()).toBe(409)
  visitor.session = { operator: 'operator', sessionId: 'session-2' }
  expect((await visitor.send(change, good)).status).toBe(409)
  expect([visitor.stateOf(change), visitor.stateOf(other)]).toEqual(['proposed', 'proposed'])
})

test('a form that is not a form is refused', async () => {
  const change = visitor.file()
  const json = { ...fromThePage, 'content-type': 'application/json' }
  expect((await visitor.click(change, 'approve', json)).status).toBe(409)
  const huge = await visitor.formOf(change)
  huge.set('decision', 'approve')
  huge.set('nonce', 'x'.repeat(20_000))
  expect((await visitor.send(change, huge)).status).toBe(409)
  expect(visitor.stateOf(change)).toBe('proposed')
})

test('a page that was open for a long time is drawn again instead of deciding', async () => {
  const change = visitor.file()
  const fields = await visitor.formOf(change)
  fields.set('decision', 'approve')
  visitor.lab.clock.advance(11 * 60 * 1000)
  const response = await visitor.send(change, fields)
  expect(response.status).toBe(409)
  expect(await response.text()).toContain('open for a long time')
  expect(visitor.stateOf(change)).toBe('proposed')
})

test('the same form sent twice counts once', async () => {
  const change = visitor.file()
  const fields = await visitor.formOf(change)
  fields.set('decision', 'approve')
  expect((await visitor.send(change, fields)).status).toBe(303)
  const again = await visitor.send(change, fields)
  expect(again.status).toBe(409)
  expect(await again.text()).toContain('already settled')
  expect(visitor.lab.store.begun).toHaveLength(1)
})

test('a request that was replaced while the page was open cannot be confirmed from it', async () => {
  const from = { server: 'netbox', tool: 'store_word', requester: 'client:agent' }
  const old = visitor.lab.approvals.file(wordPlan('apple', false, 'item-1'), from)
  const fields = await visitor.formOf(old)
  fields.set('decision', 'approve')
  visitor.lab.approvals.file(wordPlan('poison', false, 'item-1'), from)
  expect((await visitor.send(old, fields)).status).toBe(409)
  expect(visitor.lab.store.begun).toEqual([])
})

test('markup and acting characters in any value are shown, not obeyed', async () => {
  const nasty = '<img src=x onerror=alert(1)>"\'&\u202Eevil\u200B\u0000\n</style><script>'
  const plan = wordPlan(nasty, true)
  const steps = plan.steps.map((step) => ({ ...step, title: nasty }))
  const lines = [{ label: nasty, before: nasty, after: nasty }]
  const change = visitor.lab.approvals.file(
    { ...plan, steps, lines, warnings: [nasty] },
    { server: 'netbox', tool: 'store_word', requester: `client:${nasty}` },
  )
  const html = await (await visitor.open(change)).text()
  expect(html).not.toMatch(/<img|<script|onerror=alert\(1\)>/)
  for (const character of ['\u202E', '\u200B', '\u0000']) expect(html).not.toContain(character)
  expect(html).toContain('<span class="code">U+202E</span>')
  expect(html).toContain('<span class="code">U+000A</span>')
})

test('the page cannot be framed, scripted or kept', async () => {
  const { headers } = await visitor.open(visitor.file())
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
