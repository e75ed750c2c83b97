import { z } from 'zod'
import type { Clock } from '../../serving/clock.ts'
import { type Endpoint, endpoints, type Filters } from './endpoints.ts'
import { type Failure, failed } from './failure.ts'
import type { RestCall, RestSuccess } from './rest.ts'

const rowSchema = z.looseObject({ id: z.number() })
export type Row = z.infer<typeof rowSchema>
export type Rows = { kind: 'ok'; rows: Row[] } | Failure

export interface ListOptions {
  /** At most so many rows; 1000 unless told, never more. */
  limit?: number
  ordering?: string
  /** Only these attributes (and always the id). */
  fields?: readonly string[]
  /** An answer that is not older may come from memory: for what people rarely change, such as roles and sites. */
  keptForMs?: number
  signal?: AbortSignal
}

interface Asked<Name extends Endpoint> {
  endpoint: Name
  filters: Filters<Name>
}
type Call = (call: RestCall) => Promise<RestSuccess | Failure>
type Query = Record<string, string | number>

const pageSchema = z.object({
  count: z.number().nullable(),
  next: z.string().nullable(),
  results: z.array(rowSchema),
})
const pageRows = 200
const mostRows = 1000
const mostKept = 500

export async function listRows<Name extends Endpoint>(
  call: Call,
  asked: Asked<Name>,
  options: ListOptions,
): Promise<Rows> {
  const query = queryOf(asked, options)
  const limit = Math.min(options.limit ?? mostRows, mostRows)
  const rows: Row[] = []
  for (;;) {
    const bounds = { limit: Math.min(pageRows, limit - rows.length), offset: rows.length }
    const page = await readPage(call, asked.endpoint, { ...query, ...bounds }, options.signal)
    if (page.kind === 'failed') return page
    rows.push(...page.rows)
    if (page.isLast || page.rows.length === 0 || rows.length >= limit)
      return { kind: 'ok', rows: rows.slice(0, limit) }
  }
}

/**
 * Every row in the order of ids, page by page, however many there are. `start` (NetBox 4.6) does not slow down with the
 * distance; an older server ignores it, is recognised by its `count`, and is read by offset.
 */
export async function* listPages<Name extends Endpoint>(
  call: Call,
  asked: Asked<Name>,
  options: Pick<ListOptions, 'fields' | 'signal'>,
): AsyncGenerator<Rows, void> {
  const query = queryOf(asked, options)
  let at: Query = { start: 0 }
  let read = 0
  let lastId = -1
  for (;;) {
    const page = await readPage(call, asked.endpoint, { ...query, ...at, limit: pageRows }, options.signal)
    if (page.kind === 'failed') return yield page
    if ('start' in at && page.count !== null) {
      at = { ordering: 'id', offset: 0 }
      continue
    }
    const fresh = page.rows.filter((row) => row.id > lastId)
    lastId = fresh.at(-1)?.id ?? lastId
    if (fresh.length > 0) yield { kind: 'ok', rows: fresh }
    if (page.isLast || fresh.length === 0) return
    read += page.rows.length
    at = 'start' in at ? { start: lastId + 1 } : { ordering: 'id', offset: read }
  }
}

type Page = { kind: 'page'; rows: Row[]; count: number | null; isLast: boolean } | Failure

async function readPage(
  call: Call,
  endpoint: Endpoint,
  query: Query,
  signal: AbortSignal | undefined,
): Promise<Page> {
  const answer = await call({ method: 'GET', path: `${endpoint}/`, query, ...(signal ? { signal } : {}) })
  if (answer.kind === 'failed') return answer
  const page = pageSchema.safeParse(answer.body)
  if (!page.success) return failed('base-url', 'The answer is not a NetBox list. Check NETBOX_URL.')
  const { results: rows, count, next } = page.data
  return { kind: 'page', rows, count, isLast: next === null }
}

function queryOf<Name extends Endpoint>({ endpoint, filters }: Asked<Name>, options: ListOptions): Query {
  const allowed: readonly string[] = endpoints[endpoint]
  const query: Query = {}
  for (const [name, value] of Object.entries(filters)) {
    if (!allowed.includes(name)) throw new Error(`${endpoint} has no filter ${name} that HWLab may use`)
    if (typeof value === 'string' || typeof value === 'number') query[name] = value
  }
  if (options.fields) query.fields = [...new Set(['id', ...options.fields])].join(',')
  if (options.ordering !== undefined) query.ordering = options.ordering
  return query
}

/** Lists kept in memory for a while. A write through HWLab to an endpoint drops what is kept of it. */
export class KeptLists {
  readonly #clock: Clock
  readonly #kept = new Map<string, { atMs: number; rows: Promise<Rows> }>()

  constructor(clock: Clock) {
    this.#clock = clock
  }

  list<Name extends Endpoint>(
    { endpoint, filters }: Asked<Name>,
    options: ListOptions & { keptForMs: number },
    read: () => Promise<Rows>,
  ): Promise<Rows> {
    const { keptForMs, signal: _signal, ...rest } = options
    const key = `${endpoint}/ ${JSON.stringify([filters, rest])}`
    const kept = this.#kept.get(key)
    if (kept && this.#clock.nowMs() - kept.atMs < keptForMs) return kept.rows
    const mine = { atMs: this.#clock.nowMs(), rows: read() }
    this.#kept.set(key, mine)
    if (this.#kept.size > mostKept) this.#kept.delete(this.#kept.keys().next().value ?? '')
    void mine.rows.then((rows) => {
      if (rows.kind === 'failed' && this.#kept.get(key) === mine) this.#kept.delete(key)
    })
    return mine.rows
  }

  written(path: string): void {
    const [endpoint = ''] = path.split(/\/(?:\d+\/)?$/)
    for (const key of this.#kept.keys()) if (key.startsWith(`${endpoint}/ `)) this.#kept.delete(key)
  }
}
