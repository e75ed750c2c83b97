import type { SearchClient } from './client.ts'

/** Shaped as one line of "what is connected". */
export interface SearchConnection {
  name: string
  stateWords: string
  tone: 'good' | 'working' | 'bad' | 'muted'
  fix: string | null
}

const probeQuery = 'netbox'

/** Makes one real search: only that proves that JSON is on and the limiter lets us through. */
export async function searchConnection(client: SearchClient, signal: AbortSignal): Promise<SearchConnection> {
  const name = 'SearXNG'
  const outcome = await client.search(probeQuery, 1, signal)
  switch (outcome.kind) {
    case 'found':
    case 'nothing-found':
      return { name, stateWords: 'Connected', tone: 'good', fix: null }
    case 'not-connected':
      return { name, stateWords: 'Not connected', tone: 'muted', fix: outcome.why }
    case 'engines-down':
      return { name, stateWords: 'Connected; its search engines fail', tone: 'bad', fix: outcome.why }
    case 'json-disabled':
      return { name, stateWords: 'Does not answer in JSON', tone: 'bad', fix: outcome.why }
    case 'limited':
      return { name, stateWords: 'Turned away by its limiter', tone: 'bad', fix: outcome.why }
    case 'wrong-address':
      return { name, stateWords: 'Not a SearXNG', tone: 'bad', fix: outcome.why }
    case 'away':
      return { name, stateWords: 'Away', tone: 'bad', fix: outcome.why }
    case 'refused-query':
    case 'failed':
      return { name, stateWords: 'Fails', tone: 'bad', fix: outcome.why }
  }
}
