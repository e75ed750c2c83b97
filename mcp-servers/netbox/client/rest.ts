import type { Clock } from '../../serving/clock.ts'
import type { Endpoint, Filters } from './endpoints.ts'
import { type Failure, failed } from './failure.ts'
import { KeptLists, type ListOptions, listPages, listRows, type Row, type Rows } from './read-lists.ts'
import { responseFailure } from './response-failure.ts'
import { transportFailure } from './transport-failure.ts'

export type { Row }
export type Fetch = (request: Request) => Promise<Response>

export interface RestCall {
  /** `OPTIONS` tells what the token may do; like `GET` it changes nothing. */
  method: 'GET' | 'OPTIONS' | 'POST' | 'PATCH' | 'DELETE'
  /** Below `/api/`, with the closing slash that NetBox insists on: `dcim/devices/7/`. */
  path: string
  query?: Record<string, string | number>
  body?: { json: unknown } | { form: FormData }
  /** For a PATCH: the tag as it was read, verbatim. */
  ifMatch?: string
  signal?: AbortSignal
}

export interface RestSuccess {
  kind: 'ok'
  body: unknown
  etag: string | null
  /** NetBox's own id of the request, for its change log. */
  requestId: string | null
}

/** Requests to NetBox. Never throws for what the world does; every failure is classed and worded. */
export interface Rest {
  call(call: RestCall): Promise<RestSuccess | Failure>
  /** Bounded: at most `limit` rows (1000). The filters' names are checked; the caller checks the key in every row. */
  list<Name extends Endpoint>(endpoint: Name, filters: Filters<Name>, options?: ListOptions): Promise<Rows>
  /** Every row, page by page in the order of ids; ends after a failure. The caller checks the key in every row. */
  pages<Name extends Endpoint>(
    endpoint: Name,
    filters: Filters<Name>,
    options?: Pick<ListOptions, 'fields' | 'signal'>,
  ): AsyncGenerator<Rows, void>
}

const timeoutMs = 30_000
const uploadTimeoutMs = 90_000
const mostBytes = 20_000_000

export function openRest(deps: {
  baseUrl: string
  /** Asked at every request, so that a new token counts at once; null sends none. */
  authorization: () => string | null
  fetch: Fetch
  clock: Clock
}): Rest {
  async function call(wanted: RestCall): Promise<RestSuccess | Failure> {
    const timeout = new AbortController()
    const upload = wanted.body !== undefined && 'form' in wanted.body
    const cancelTimer = deps.clock.after(upload ? uploadTimeoutMs : timeoutMs, () => timeout.abort())
    const signal = wanted.signal ? AbortSignal.any([wanted.signal, timeout.signal]) : timeout.signal
    try {
      const send = () => deps.fetch(buildRequest(deps.baseUrl, deps.authorization(), wanted, signal))
      const response = await (wanted.method === 'GET' ? sendRead(send, signal) : send())
      const text = await boundedText(response)
      const read = { status: response.status, headers: response.headers, json: parsed(text) }
      const failure = responseFailure(read, deps.clock.nowMs())
      if (failure) return failure
      if (read.json === undefined && response.status !== 204) return notJson(response)
      return {
        kind: 'ok',
        body: read.json ?? null,
        etag: response.headers.get('etag'),
        requestId: response.headers.get('x-request-id'),
      }
    } catch (thrown) {
      if (wanted.signal?.aborted) return failed('stopped', 'HWLab is stopping.')
      if (timeout.signal.aborted) return failed('doubt', 'NetBox did not answer in time.')
      return transportFailure(thrown)
    } finally {
      cancelTimer()
    }
  }

  const kept = new KeptLists(deps.clock)
  return {
    async call(wanted) {
      const answer = await call(wanted)
      if (wanted.method !== 'GET' && wanted.method !== 'OPTIONS') kept.written(wanted.path)
      return answer
    },
    list(endpoint, filters, options = {}) {
      const { keptForMs } = options
      const read = () => listRows(call, { endpoint, filters }, options)
      return keptForMs === undefined
        ? read()
        : kept.list({ endpoint, filters }, { ...options, keptForMs }, read)
    },
    pages: (endpoint, filters, options = {}) => listPages(call, { endpoint, filters }, options),
  }
}

/**
 * A read that breaks is asked once more: NetBox's gunicorn closes an idle connection after 2 s, and a request may just be
 * on its way into it. A write is never repeated here.
 */
async function sendRead(send: () => Promise<Response>, signal: AbortSignal): Promise<Response> {
  try {
    return await send()
  } catch (thrown) {
    if (signal.aborted || transportFailure(thrown).cause !== 'doubt') throw thrown
    return send()
  }
}

function buildRequest(
  baseUrl: string,
  authorization: string | null,
  wanted: RestCall,
  signal: AbortSignal,
): Request {
  const url = new URL(`${baseUrl}/api/${wanted.path}`)
  for (const [name, value] of Object.entries(wanted.query ?? {})) url.searchParams.set(name, String(value))
  const headers = new Headers({ accept: 'application/json', 'user-agent': 'HWLab' })
  if (authorization !== null) headers.set('authorization', authorization)
  if (wanted.ifMatch !== undefined) headers.set('if-match', wanted.ifMatch)
  if (wanted.body && 'json' in wanted.body) headers.set('content-type', 'application/json')
  const body = wanted.body && ('json' in wanted.body ? JSON.stringify(wanted.body.json) : wanted.body.form)
  return new Request(url, { method: wanted.method, headers, body: body ?? null, redirect: 'manual', signal })
}

async function boundedText(response: Response): Promise<string> {
  const decoder = new TextDecoder()
  let text = ''
  for await (const chunk of response.body ?? []) {
    text += decoder.decode(chunk, { stream: true })
    if (text.length > mostBytes) throw new Error('the answer is larger than anything NetBox sends')
  }
  return text + decoder.decode()
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function notJson(response: Response): Failure {
  const type = response.headers.get('content-type') ?? ''
  if (type.includes('json')) return failed('doubt', 'NetBox’s answer was cut off.')
  return failed(
    'base-url',
    'A web page answers at NETBOX_URL instead of NetBox’s API. Check the address, and any sign-in page in front of it.',
  )
}
