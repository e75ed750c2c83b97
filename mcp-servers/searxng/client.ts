import { classifyAnswer, trouble } from './classify-answer.ts'
import type { SearchOutcome } from './search-outcome.ts'

const longestQueryCharacters = 300
const largestAnswerBytes = 2_000_000
const usualAnswerWithinMs = 12_000

export interface SearchClient {
  search(query: string, mostResults: number, signal: AbortSignal): Promise<SearchOutcome>
}

/**
 * SearXNG over an injected `fetch`. Never throws: being away is an outcome. It does not pose as a browser; on somebody
 * else's instance the limiter is right to turn it away.
 */
export function openSearchClient(
  url: string | null,
  fetch: typeof globalThis.fetch,
  answerWithinMs = usualAnswerWithinMs,
): SearchClient {
  return {
    async search(query, mostResults, signal) {
      if (url === null) return trouble('not-connected')
      const address = searchAddress(url, query)
      if (!address) return trouble('wrong-address')
      const limit = AbortSignal.any([signal, AbortSignal.timeout(answerWithinMs)])
      try {
        const response = await fetch(address, {
          signal: limit,
          redirect: 'manual',
          headers: { accept: 'application/json, text/html;q=0.5', 'accept-language': 'en' },
        })
        const contentType = response.headers.get('content-type') ?? ''
        const body = await boundedText(response)
        return body === null
          ? trouble('failed')
          : classifyAnswer({ status: response.status, contentType, body }, mostResults)
      } catch {
        return trouble('away')
      }
    },
  }
}

/** `/search`, because `/` redirects; null when the configured address is none. */
function searchAddress(url: string, query: string): URL | null {
  const address = URL.parse('search', url.endsWith('/') ? url : `${url}/`)
  if (!address || (address.protocol !== 'http:' && address.protocol !== 'https:')) return null
  address.searchParams.set('q', Array.from(query).slice(0, longestQueryCharacters).join(''))
  address.searchParams.set('format', 'json')
  return address
}

/** null when there is more than we are ready to hold. */
async function boundedText(response: Response): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let sizeBytes = 0
  for await (const piece of response.body ?? []) {
    sizeBytes += piece.length
    if (sizeBytes > largestAnswerBytes) return null
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}
