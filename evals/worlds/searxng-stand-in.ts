import { createServer } from 'node:http'

export interface FoundPage {
  url: string
  title: string
  content: string
}

export interface SearxngStandIn {
  url: string
  /** What was searched for, in order. */
  asked: string[]
  close(): Promise<void>
}

/** A SearXNG on loopback, as searxng 9fea4120 answers with JSON switched on. */
export async function openSearxngStandIn(results: (query: string) => FoundPage[]): Promise<SearxngStandIn> {
  const asked: string[] = []
  const server = createServer((request, response) => {
    const query = new URL(request.url ?? '/', 'http://stand-in').searchParams.get('q') ?? ''
    if (query !== '') asked.push(query)
    response.setHeader('content-type', 'application/json')
    response.end(
      JSON.stringify({ query, results: query === '' ? [] : results(query), unresponsive_engines: [] }),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    url: `http://127.0.0.1:${port}`,
    asked,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
