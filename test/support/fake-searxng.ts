import { createServer } from 'node:http'

/** How SearXNG answers in each of its moods; bodies and headers as searxng 9fea4120 sends them. */
export const searxngDialects = {
  results: json(200, {
    query: 'x',
    results: [
      {
        url: 'https://www.dell.com/support/optiplex-7050-micro',
        title: 'OptiPlex <b>7050</b> Micro\u202e\u0007 specs',
        content: `${'Long text. '.repeat(80)}`,
        engine: 'ddg',
        publishedDate: '2019-05-02T10:00:00+02:00',
      },
      { url: 'javascript:alert(1)', title: 'Not a page', content: 'x' },
      { url: 'https://user:secret@example.org/', title: 'Carries credentials', content: 'x' },
      { url: 'https://example.org/a', title: '', content: null },
      { url: 'https://example.org/b', title: 'Third', content: 'c' },
    ],
    unresponsive_engines: [],
  }),
  nothing: json(200, { query: 'x', results: [], unresponsive_engines: [] }),
  'engines-down': json(200, {
    query: 'x',
    results: [],
    unresponsive_engines: [
      ['google', 'Suspended: too many requests'],
      ['brave', 'timeout'],
    ],
  }),
  'some-engines-down': json(200, {
    query: 'x',
    results: [{ url: 'https://example.org/', title: 'One', content: 'c' }],
    unresponsive_engines: [['google', 'timeout']],
  }),
  'json-disabled': html(403, '<!doctype html><title>403 Forbidden</title><h1>Forbidden</h1>'),
  limited: html(429, '<!doctype html><title>429 Too Many Requests</title>'),
  'other-site': html(200, '<!doctype html><title>Welcome to nginx!</title>'),
  'not-found': html(404, '<!doctype html><title>404 Not Found</title>'),
  'other-json': json(200, { message: 'Hello from some other service' }),
  proxy: html(502, '<html><h1>502 Bad Gateway</h1></html>'),
  'no-query': json(400, { error: 'No query' }),
  crashed: json(500, { error: 'search error' }),
  broken: { status: 200, type: 'application/json', body: '{"results": [' },
  huge: { status: 200, type: 'application/json', body: ' '.repeat(3_000_000) },
  silent: null,
} as const
export type SearxngDialect = keyof typeof searxngDialects

function json(status: number, body: unknown) {
  return { status, type: 'application/json', body: JSON.stringify(body) }
}

function html(status: number, body: string) {
  return { status, type: 'text/html; charset=utf-8', body }
}

/** A SearXNG on loopback that speaks one dialect. */
export async function openFakeSearxng(dialect: SearxngDialect) {
  const asked: URL[] = []
  const server = createServer((request, response) => {
    asked.push(new URL(request.url ?? '/', 'http://fake'))
    const answer = searxngDialects[dialect]
    if (!answer) return
    response.writeHead(answer.status, { 'content-type': answer.type })
    response.end(answer.body)
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    url: `http://127.0.0.1:${address.port}/`,
    asked,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => {
        server.close(resolve)
      })
    },
  }
}
