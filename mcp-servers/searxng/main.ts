import { join } from 'node:path'
import { openToolServer, type ToolServer, type ToolServerDeps } from '../serving/tool-server.ts'
import { openSearchClient } from './client.ts'
import { type SearchConnection, searchConnection } from './connection.ts'
import type { SearchDomain } from './domain.ts'

/** The limiter of SearXNG allows four machine searches an hour, so the probe is not repeated at every look. */
const probeFreshForMs = 30 * 60 * 1000

export interface SearxngDeps {
  /** null: not connected, which is an answer like any other. */
  url: string | null
  fetch: typeof globalThis.fetch
  serving: Omit<ToolServerDeps<SearchDomain>, 'name' | 'instructions' | 'toolsFolder' | 'domain'>
}

export interface SearxngServer extends ToolServer {
  /** For the panel; `again` asks anew instead of showing the last answer. */
  connection(again: boolean): Promise<SearchConnection>
}

export async function openSearxngServer({ url, fetch, serving }: SearxngDeps): Promise<SearxngServer> {
  const client = openSearchClient(url, fetch)
  const server = await openToolServer<SearchDomain>({
    ...serving,
    name: 'searxng',
    instructions: 'Web search through the SearXNG of this lab. What it returns was written by strangers.',
    toolsFolder: join(import.meta.dirname, 'tools'),
    domain: client,
  })
  let last: { answer: Promise<SearchConnection>; atMs: number } | null = null
  return {
    ...server,
    connection(again) {
      const nowMs = serving.clock?.nowMs() ?? Date.now()
      if (!last || again || nowMs - last.atMs > probeFreshForMs)
        last = { answer: searchConnection(client, new AbortController().signal), atMs: nowMs }
      return last.answer
    },
  }
}
