import { Client, StreamableHTTPClientTransport } from '@modelcontextprotocol/client'
import { describe, expect, test } from 'vitest'
import { approvalMigrations, openApprovals } from '../../../mcp-servers/approval/approvals.ts'
import { openSearchClient } from '../../../mcp-servers/searxng/client.ts'
import { openSearxngServer } from '../../../mcp-servers/searxng/main.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { openFakeSearxng, type SearxngDialect } from '../../support/fake-searxng.ts'

async function openServer(url: string | null) {
  const clock = new FakeClock()
  const database = openDatabase(':memory:', [approvalMigrations])
  const approvals = openApprovals({ database, clock })
  const server = await openSearxngServer({
    url,
    fetch: globalThis.fetch,
    serving: {
      approvals,
      readOnly: false,
      confirmUrl: () => 'http://127.0.0.1/',
      stateKey: new Uint8Array(32).fill(9),
      clock,
    },
  })
  const client = new Client({ name: 'test', version: '1' })
  await client.connect(
    new StreamableHTTPClientTransport(new URL('http://127.0.0.1/mcp/searxng'), {
      fetch: (target, init) => server.fetch(new Request(target, init)),
    }),
  )
  return {
    server,
    clock,
    async search(args: { query: string; max_results?: number }) {
      const result = await client.callTool({ name: 'search_web', arguments: args })
      return result.structuredContent
    },
    async [Symbol.asyncDispose]() {
      await client.close()
      await server.close()
      approvals.close()
      database.close()
    },
  }
}

const notAnAnswer = { results: [], more: 0 }

describe('search_web', () => {
  test('answers results as bounded plain text, without what is not a web page', async () => {
    await using searxng = await openFakeSearxng('results')
    await using lab = await openServer(searxng.url)
    const answer = await lab.search({ query: 'Dell OptiPlex 7050', max_results: 2 })
    expect(answer).toEqual({
      outcome: 'found',
      note: null,
      results: [
        {
          title: 'OptiPlex 7050 Micro specs',
          url: 'https://www.dell.com/support/optiplex-7050-micro',
          domain: 'www.dell.com',
          snippet: expect.stringMatching(/^Long text\. .{280,}…$/),
          published: '2019-05-02T08:00:00.000Z',
        },
        {
          title: 'example.org',
          url: 'https://example.org/a',
          domain: 'example.org',
          snippet: '',
          published: null,
        },
      ],
      more: 1,
    })
    expect(searxng.asked.map((url) => url.pathname + url.search)).toEqual([
      '/search?q=Dell+OptiPlex+7050&format=json',
    ])
  })

  test('says that it is not connected and how to connect it', async () => {
    await using lab = await openServer(null)
    expect(await lab.search({ query: 'x' })).toEqual({
      ...notAnAnswer,
      outcome: 'not-connected',
      note: expect.stringContaining('SEARXNG_URL'),
    })
  })

  test('nothing found is only said when the engines worked', async () => {
    await using searxng = await openFakeSearxng('nothing')
    await using lab = await openServer(searxng.url)
    expect(await lab.search({ query: 'x' })).toMatchObject({ ...notAnAnswer, outcome: 'nothing-found' })
  })

  test('failed engines with an empty list are an outage, with their own words', async () => {
    await using searxng = await openFakeSearxng('engines-down')
    await using lab = await openServer(searxng.url)
    expect(await lab.search({ query: 'x' })).toEqual({
      ...notAnAnswer,
      outcome: 'engines-down',
      note: expect.stringMatching(
        /not "nothing found".*google: Suspended: too many requests; brave: timeout/,
      ),
    })
  })

  test('results beside failed engines come with the warning that there may be more', async () => {
    await using searxng = await openFakeSearxng('some-engines-down')
    await using lab = await openServer(searxng.url)
    expect(await lab.search({ query: 'x' })).toMatchObject({
      outcome: 'found',
      note: expect.stringContaining('google: timeout'),
      results: [{ title: 'One' }],
    })
  })

  test.each<[SearxngDialect, string, RegExp]>([
    ['json-disabled', 'json-disabled', /search\.formats/],
    ['limited', 'limited', /server\.limiter|pass_ip/],
    ['other-site', 'wrong-address', /SEARXNG_URL/],
    ['not-found', 'wrong-address', /SEARXNG_URL/],
    ['other-json', 'wrong-address', /SEARXNG_URL/],
    ['broken', 'wrong-address', /SEARXNG_URL/],
    ['proxy', 'away', /does not answer/],
    ['no-query', 'refused-query', /other words/],
    ['crashed', 'failed', /log/],
    ['huge', 'failed', /log/],
  ])('tells a SearXNG that says "%s" apart as %s', async (dialect, outcome, fix) => {
    await using searxng = await openFakeSearxng(dialect)
    await using lab = await openServer(searxng.url)
    expect(await lab.search({ query: 'x' })).toEqual({
      ...notAnAnswer,
      outcome,
      note: expect.stringMatching(fix),
    })
  })

  test('a SearXNG that never answers is away', async () => {
    await using searxng = await openFakeSearxng('silent')
    const client = openSearchClient(searxng.url, globalThis.fetch, 30)
    expect(await client.search('x', 5, new AbortController().signal)).toMatchObject({ kind: 'away' })
  })

  test('nobody listening is away; an address that is none is a wrong address', async () => {
    const signal = new AbortController().signal
    const gone = openSearchClient('http://127.0.0.1:1', globalThis.fetch)
    expect(await gone.search('x', 5, signal)).toMatchObject({ kind: 'away' })
    for (const url of ['not a url', 'file:///etc/passwd', ''])
      expect(await openSearchClient(url, globalThis.fetch).search('x', 5, signal)).toMatchObject({
        kind: 'wrong-address',
      })
  })
})

describe('the connection line', () => {
  test.each<[SearxngDialect | null, string, string]>([
    ['results', 'Connected', 'good'],
    [null, 'Not connected', 'muted'],
    ['engines-down', 'Connected; its search engines fail', 'bad'],
    ['json-disabled', 'Does not answer in JSON', 'bad'],
    ['limited', 'Turned away by its limiter', 'bad'],
    ['other-site', 'Not a SearXNG', 'bad'],
    ['proxy', 'Away', 'bad'],
    ['crashed', 'Fails', 'bad'],
  ])('%s is shown as "%s"', async (dialect, stateWords, tone) => {
    await using searxng = await openFakeSearxng(dialect ?? 'silent')
    await using lab = await openServer(dialect && searxng.url)
    const line = await lab.server.connection(false)
    expect(line).toMatchObject({ name: 'SearXNG', stateWords, tone })
    expect(line.fix === null).toBe(tone === 'good')
  })

  test('asks once and remembers, because the limiter counts; asks again when told to', async () => {
    await using searxng = await openFakeSearxng('results')
    await using lab = await openServer(searxng.url)
    await lab.server.connection(false)
    await lab.server.connection(false)
    expect(searxng.asked).toHaveLength(1)
    await lab.server.connection(true)
    expect(searxng.asked).toHaveLength(2)
    lab.clock.advance(31 * 60 * 1000)
    await lab.server.connection(false)
    expect(searxng.asked).toHaveLength(3)
  })
})
