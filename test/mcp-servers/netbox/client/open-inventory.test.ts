import { expect, test } from 'vitest'
import { authorization } from '../../../../mcp-servers/netbox/client/authorization.ts'
import { normaliseBaseUrl } from '../../../../mcp-servers/netbox/client/base-url.ts'
import { openInventory } from '../../../../mcp-servers/netbox/client/open-inventory.ts'
import { plainValue } from '../../../../mcp-servers/netbox/client/plain-value.ts'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { htmlPage, networkError } from '../../../support/faulty-fetch.ts'

const token = 'secret0123456789secret0123456789secret01'

function inventory(fetch: Fetch, clock = new FakeClock()) {
  return openInventory({ kind: 'netbox', url: 'https://netbox.test/', token, caFile: null, fetch, clock })
}

test.for([
  ['https://netbox.lan', 'https://netbox.lan'],
  ['https://netbox.lan/', 'https://netbox.lan'],
  [' https://netbox.lan/api/ ', 'https://netbox.lan'],
  ['http://host:8000/netbox/api', 'http://host:8000/netbox'],
] as const)('the address %s is understood', ([text, url]) => {
  expect(normaliseBaseUrl(text)).toEqual({ kind: 'base-url', url })
})

test.for(['netbox.lan', 'ftp://netbox.lan', 'https://me:pw@netbox.lan', ''])(
  'the address “%s” is refused',
  (text) => {
    expect(normaliseBaseUrl(text)).toMatchObject({ kind: 'refused' })
  },
)

test('the token’s kind chooses the scheme', () => {
  expect(authorization('0123456789')).toEqual({ kind: 'authorization', value: 'Token 0123456789' })
  expect(authorization('nbt_abc.def\n')).toEqual({ kind: 'authorization', value: 'Bearer nbt_abc.def' })
  expect(authorization(' ')).toMatchObject({ kind: 'refused' })
  expect(authorization('two words')).toMatchObject({ kind: 'refused' })
})

test('the token goes only to NetBox’s own address, and redirects are not followed', async () => {
  const asked: { url: string; authorization: string | null; redirect: string }[] = []
  const lab = inventory(async (request) => {
    asked.push({
      url: request.url,
      authorization: request.headers.get('authorization'),
      redirect: request.redirect,
    })
    return new Response(null, { status: 302, headers: { location: 'https://evil.test/api/status/' } })
  })
  expect(await lab.probe()).toEqual({
    kind: 'refused',
    why: 'NetBox’s address redirects to https://evil.test. Set NETBOX_URL to where NetBox really is.',
  })
  expect(asked).toEqual([
    { url: 'https://netbox.test/api/status/', authorization: `Token ${token}`, redirect: 'manual' },
  ])
})

const json = (status: number, body: unknown) => () => Response.json(body, { status })
test.for([
  ['a wrong token', json(403, { detail: 'Invalid v1 token' }), 'refused', /does not accept HWLab’s token/],
  [
    'no token',
    json(403, { detail: 'Authentication credentials were not provided.' }),
    'refused',
    /NETBOX_TOKEN/,
  ],
  [
    'a token without rights',
    json(403, { detail: 'You do not have permission to perform this action.' }),
    'refused',
    /does not allow/,
  ],
  ['a sign-in page', () => htmlPage(200), 'refused', /web page answers at NETBOX_URL/],
  ['a wrong path', () => htmlPage(404), 'refused', /no NetBox at NETBOX_URL/],
  ['another service', json(200, { hello: 'world' }), 'refused', /it is no NetBox/],
  ['an old NetBox', json(200, { 'netbox-version': '4.3.9' }), 'refused', /needs NetBox 4.4/],
  ['a proxy without NetBox behind it', () => htmlPage(502), 'away', /starting or down/],
  ['an error page', () => htmlPage(500), 'away', /error page/],
  [
    'a lost database',
    json(500, { error: 'x', exception: 'OperationalError', netbox_version: '', python_version: '' }),
    'away',
    /database/,
  ],
] as const)('%s is recognised and worded', async ([, respond, kind, why]) => {
  const probe = await inventory(async () => respond()).probe()
  expect(probe).toMatchObject({ kind, why: expect.stringMatching(why) })
  expect(JSON.stringify(probe)).not.toContain(token)
})

test.for([
  ['ECONNREFUSED', /Nothing answers/],
  ['ENOTFOUND', /host name is not known/],
  ['DEPTH_ZERO_SELF_SIGNED_CERT', /NETBOX_CA_FILE/],
  ['CERT_HAS_EXPIRED', /expired/],
  ['ERR_TLS_CERT_ALTNAME_INVALID', /another host name/],
  ['ECONNRESET', /broke/],
] as const)('%s is worded', async ([code, why]) => {
  const lab = inventory(async () => {
    throw networkError(code)
  })
  expect(await lab.probe()).toMatchObject({ kind: 'away', why: expect.stringMatching(why) })
})

test('a read whose kept-alive connection was closed is asked once more, a write is not', async () => {
  const sent: string[] = []
  let breaks = 1
  const lab = inventory(async ({ method }) => {
    sent.push(method)
    if (breaks-- > 0) throw networkError('UND_ERR_SOCKET')
    return Response.json({ 'netbox-version': '4.7.3' })
  })
  expect(await lab.probe()).toEqual({ kind: 'ready', version: '4.7.3' })
  breaks = 1
  const written = await lab.rest.call({ method: 'POST', path: 'dcim/sites/', body: { json: {} } })
  expect(written).toMatchObject({ kind: 'failed', cause: 'doubt' })
  expect(sent).toEqual(['GET', 'GET', 'POST'])
})

test('a server that never answers is given up', async () => {
  const clock = new FakeClock()
  const lab = inventory(
    (request) =>
      new Promise((_resolve, reject) => {
        request.signal.addEventListener('abort', () => reject(request.signal.reason))
      }),
    clock,
  )
  const probing = lab.probe()
  clock.advance(30_000)
  expect(await probing).toEqual({ kind: 'away', why: 'NetBox did not answer in time.' })
})

test('version 4.7 is welcome, and both shapes of a selection are read', async () => {
  expect(await inventory(async () => json(200, { 'netbox-version': '4.7.0' })()).probe()).toEqual({
    kind: 'ready',
    version: '4.7.0',
  })
  const selected = { value: 'draft', label: 'Draft' }
  expect([plainValue('draft'), plainValue(selected), plainValue([selected])]).toEqual([
    'draft',
    'draft',
    ['draft'],
  ])
})

test('a filter that the server ignored finds nothing that was not asked for', async () => {
  const brief = { id: 1, name: 'Acme', slug: 'acme' }
  const row = {
    id: 5,
    display: 'x',
    display_url: 'https://netbox.test/dcim/devices/5/',
    name: null,
    asset_tag: 'HW-00005',
    serial: 'S5',
    device_type: { id: 1, model: 'B', slug: 'b', manufacturer: brief },
    role: brief,
    site: brief,
    status: { value: 'active', label: 'Active' },
    custom_fields: { hwlab_id: 'other' },
  }
  const lab = inventory(async (request) =>
    Response.json({
      'netbox-version': '4.6.8',
      count: request.url.includes('devices') ? 1 : 0,
      next: null,
      results: request.url.includes('devices') ? [row] : [],
    }),
  )
  expect(await lab.findByTag('HW-00001')).toEqual({ kind: 'looked', records: [] })
  expect(await lab.findBySerial('S1')).toEqual({ kind: 'looked', records: [] })
  expect(await lab.findByHwlabId('mine')).toEqual({ kind: 'looked', records: [] })
  expect(await lab.findBySerial('s5')).toMatchObject({ records: [{ assetTag: 'HW-00005' }] })
})

test('an endless list is bounded', async () => {
  let pages = 0
  const lab = inventory(async () => {
    pages += 1
    const results = Array.from({ length: 200 }, (_, at) => ({ id: pages * 1000 + at, slug: 'x' }))
    return Response.json({ count: 10 ** 9, next: 'https://netbox.test/more', results })
  })
  const answer = await lab.rest.list('extras/tags', {})
  expect([answer.kind === 'ok' && answer.rows.length, pages]).toEqual([1000, 5])
})

test.for([
  ['4.4.10', { etag: false, addTags: false, cursorPaging: false, selectShape: 'raw' }],
  ['4.5.0', { etag: false, addTags: false, cursorPaging: false, selectShape: 'raw' }],
  ['4.6.8-Docker-4.0', { etag: true, addTags: true, cursorPaging: true, selectShape: 'raw' }],
  ['4.7.3', { etag: true, addTags: true, cursorPaging: true, selectShape: 'object' }],
  ['5.0.0-beta1', { etag: true, addTags: true, cursorPaging: true, selectShape: 'object' }],
] as const)('what NetBox %s can do is known from its version', async ([version, features]) => {
  const plugins = { netbox_inventory: '2.6.1' }
  const lab = inventory(async () => json(200, { 'netbox-version': version, plugins })())
  expect(await lab.features()).toEqual({ kind: 'known', features: { version, assets: true, ...features } })
})

test('what the server can do is asked once, stays known while it is away, and anew when it is back', async () => {
  let answer: () => Response = json(200, { 'netbox-version': '4.6.8' })
  let asked = 0
  const lab = inventory(async () => {
    asked += 1
    return answer()
  })
  const selectShape = async () => {
    const known = await lab.features()
    return known.kind === 'known' ? known.features.selectShape : known.why
  }
  expect([await selectShape(), await selectShape(), asked]).toEqual(['raw', 'raw', 1])
  answer = () => htmlPage(502)
  await lab.probe()
  expect(await selectShape()).toBe('raw')
  answer = json(200, { 'netbox-version': '4.7.3' })
  await lab.probe()
  expect(await selectShape()).toBe('object')
})

test('a NetBox that is away cannot say what it can do', async () => {
  const lab = inventory(async () => htmlPage(502))
  expect(await lab.features()).toMatchObject({
    kind: 'away',
    why: expect.stringContaining('starting or down'),
  })
})
