/** What a search came to. Everything but `found` and `nothing-found` means: nothing is known, try again later. */
export type SearchOutcome =
  | { kind: 'found'; results: SearchResult[]; more: number; failedEngines: string[] }
  | { kind: 'nothing-found' }
  | { kind: SearchTrouble; why: string }

export type SearchTrouble =
  | 'not-connected'
  | 'json-disabled'
  | 'limited'
  | 'wrong-address'
  | 'engines-down'
  | 'away'
  | 'refused-query'
  | 'failed'

export interface SearchResult {
  title: string
  url: string
  /** The domain, for telling independent sources apart. */
  domain: string
  snippet: string
  /** As the engine gave it, or null. */
  published: string | null
}

/** One sentence each: what happened and what to do. Facts: searxng/searxng 9fea4120, `searx/webapp.py`, `botdetection/`. */
export const troubleWords: Record<SearchTrouble, string> = {
  'not-connected':
    'Web search is not connected. Run SearXNG, add “json” to search.formats in its settings.yml, and set SEARXNG_URL to its address.',
  'json-disabled':
    'SearXNG answers, but not in JSON. Add “json” to search.formats in its settings.yml and restart it.',
  limited:
    'The limiter of SearXNG turned the search away. On your own instance set server.limiter to false, or add this machine to pass_ip in limiter.toml.',
  'wrong-address': 'The address in SEARXNG_URL does not lead to a SearXNG. Check the host, port and path.',
  'engines-down':
    'SearXNG answers, but its search engines fail at the moment. That is not "nothing found": try again later.',
  away: 'SearXNG does not answer. Check that it runs and that SEARXNG_URL is right.',
  'refused-query': 'SearXNG did not accept the search. Use other words.',
  failed: 'SearXNG failed with an error of its own. Look at its log, then try again.',
}
