import { z } from 'zod'
import { plainLine } from './answer-text.ts'
import { type SearchOutcome, type SearchResult, type SearchTrouble, troubleWords } from './search-outcome.ts'

export interface RawAnswer {
  status: number
  contentType: string
  body: string
}

const mostEngines = 5
const longest = { title: 160, url: 500, snippet: 300, engine: 60 }

/** Loose on purpose: engines leave fields out. */
const answerSchema = z.looseObject({
  results: z.array(
    z.looseObject({
      url: z.string().catch(''),
      title: z.string().catch(''),
      content: z.string().nullish().catch(null),
      publishedDate: z.string().nullish().catch(null),
    }),
  ),
  unresponsive_engines: z.array(z.array(z.unknown())).catch([]),
})

/** Tells the ways apart in which SearXNG answers; `mostResults` bounds what is kept. */
export function classifyAnswer(answer: RawAnswer, mostResults: number): SearchOutcome {
  const isJson = answer.contentType.includes('json')
  if (answer.status === 429) return trouble('limited')
  if (answer.status === 403 && !isJson) return trouble('json-disabled')
  if (!isJson) return trouble(answer.status >= 500 ? 'away' : 'wrong-address')
  if (answer.status === 400) return trouble('refused-query')
  if (answer.status === 404) return trouble('wrong-address')
  if (answer.status !== 200) return trouble('failed')
  const parsed = answerSchema.safeParse(parseJson(answer.body))
  if (!parsed.success) return trouble('wrong-address')
  const failedEngines = parsed.data.unresponsive_engines.slice(0, mostEngines).map(engineWords)
  const results = parsed.data.results.flatMap(searchResult)
  if (results.length === 0 && failedEngines.length > 0)
    return {
      kind: 'engines-down',
      why: `${troubleWords['engines-down']} They say: ${failedEngines.join('; ')}.`,
    }
  if (results.length === 0) return { kind: 'nothing-found' }
  const kept = results.slice(0, mostResults)
  return { kind: 'found', results: kept, more: results.length - kept.length, failedEngines }
}

export function trouble(kind: SearchTrouble): { kind: SearchTrouble; why: string } {
  return { kind, why: troubleWords[kind] }
}

function parseJson(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return null
  }
}

/** `[name, reason]`. */
function engineWords(entry: unknown[]): string {
  return entry
    .slice(0, 2)
    .map((part) => plainLine(String(part), longest.engine))
    .join(': ')
}

/** Only what leads to a web page: other schemes could do something when opened. */
function searchResult(raw: {
  url: string
  title: string
  content?: string | null | undefined
  publishedDate?: string | null | undefined
}): SearchResult[] {
  const url = URL.parse(raw.url)
  if (!url || (url.protocol !== 'https:' && url.protocol !== 'http:')) return []
  if (url.username !== '' || url.href.length > longest.url) return []
  const published = raw.publishedDate ? new Date(raw.publishedDate) : null
  return [
    {
      title: plainLine(raw.title, longest.title) || url.hostname,
      url: url.href,
      domain: url.hostname,
      snippet: plainLine(raw.content ?? '', longest.snippet),
      published: published && Number.isFinite(published.getTime()) ? published.toISOString() : null,
    },
  ]
}
