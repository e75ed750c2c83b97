import { expect, test } from 'vitest'
import type { Fetch } from '../../../../mcp-servers/netbox/client/rest.ts'
import { openRest } from '../../../../mcp-servers/netbox/client/rest.ts'
import { FakeClock } from '../../../support/fake-clock.ts'

function openWith(fetch: (url: URL, method: string) => Response) {
  const clock = new FakeClock()
  const asked: string[] = []
  const answer: Fetch = async (request) => {
    const url = new URL(request.url)
    asked.push(`${request.method} ${url.pathname.slice(5)}${url.search}`)
    return fetch(url, request.method)
  }
  const rest = openRest({ baseUrl: 'http://netbox.test', authorization: () => null, fetch: answer, clock })
  return { rest, clock, asked }
}

const rows = (from: number, count: number) => Array.from({ length: count }, (_, at) => ({ id: from + at }))
const page = (results: unknown[], next: boolean, count: number | null) =>
  Response.json({ count, next: next ? 'http://netbox.test/next' : null, previous: null, results })

async function allIds(
  pages: AsyncGenerator<{ kind: 'ok'; rows: { id: number }[] } | { kind: 'failed' }, void>,
) {
  const ids: (number | 'failed')[] = []
  for await (const one of pages)
    ids.push(...(one.kind === 'ok' ? one.rows.map(({ id }) => id) : ['failed' as const]))
  return ids
}

test('everything is read by the id to start at, as far apart as ids may be', async () => {
  const { rest, asked } = openWith((url) => {
    const start = Number(url.searchParams.get('start'))
    return start <= 200 ? page(rows(1, 200), true, null) : page(rows(900, 3), false, null)
  })
  const ids = await allIds(rest.pages('dcim/devices', { site_id: 7 }, { fields: ['asset_tag'] }))
  expect([ids.length, ids.at(-1)]).toEqual([203, 902])
  expect(asked).toEqual([
    'GET dcim/devices/?site_id=7&fields=id%2Casset_tag&start=0&limit=200',
    'GET dcim/devices/?site_id=7&fields=id%2Casset_tag&start=201&limit=200',
  ])
})

test('a server that does not know where to start is read by offset, in the order of ids', async () => {
  const { rest, asked } = openWith((url) => {
    const offset = Number(url.searchParams.get('offset') ?? 0)
    return page(rows(offset + 1, offset === 0 ? 200 : 5), offset === 0, 205)
  })
  expect((await allIds(rest.pages('dcim/devices', {}))).length).toBe(205)
  expect(asked).toEqual([
    'GET dcim/devices/?start=0&limit=200',
    'GET dcim/devices/?ordering=id&offset=0&limit=200',
    'GET dcim/devices/?ordering=id&offset=200&limit=200',
  ])
})

test.for([null, 10 ** 9])('a server that sends the same page for ever is left (count %s)', async (count) => {
  const { rest, asked } = openWith(() => page(rows(1, 200), true, count))
  expect((await allIds(rest.pages('dcim/devices', {}))).length).toBe(200)
  expect(asked.length).toBeLessThanOrEqual(3)
})

test('a page that fails ends the reading and says so', async () => {
  const { rest } = openWith((url) =>
    url.searchParams.get('start') === '0'
      ? page(rows(1, 200), true, null)
      : new Response('', { status: 502 }),
  )
  expect((await allIds(rest.pages('dcim/devices', {}))).slice(-2)).toEqual([200, 'failed'])
})

test('what rarely changes is asked once in its time, and again after a write or a failure', async () => {
  let works = true
  const { rest, clock, asked } = openWith((_url, method) => {
    if (method === 'POST') return Response.json({ id: 9 }, { status: 201 })
    return works ? page(rows(1, 1), false, 1) : new Response('', { status: 502 })
  })
  const roles = () => rest.list('dcim/device-roles', {}, { keptForMs: 60_000 })
  const sites = () => rest.list('dcim/sites', {}, { keptForMs: 60_000 })
  await Promise.all([roles(), roles(), sites()])
  await roles()
  expect(asked).toHaveLength(2)
  await rest.list('dcim/device-roles', { slug: 'x' }, { keptForMs: 60_000 })
  expect(asked).toHaveLength(3)
  await rest.call({ method: 'POST', path: 'dcim/device-roles/', body: { json: {} } })
  await Promise.all([roles(), sites()])
  expect(asked).toHaveLength(5)
  clock.advance(60_000)
  works = false
  expect(await roles()).toMatchObject({ kind: 'failed' })
  works = true
  expect(await roles()).toMatchObject({ kind: 'ok' })
})

test('a filter that the endpoint does not have is a mistake of ours', async () => {
  const { rest } = openWith(() => page([], false, 0))
  const unknown: Record<string, string> = { bogus: 'x' }
  await expect(rest.list('dcim/sites', unknown)).rejects.toThrow('dcim/sites has no filter bogus')
})
