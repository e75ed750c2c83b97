import type { LabDatabase } from './lab-database.ts'

export type CostSource = 'usage' | 'generation' | 'estimate'

/** One call of a model; costs in pico-USD. */
export interface CallRow {
  id: string
  atMs: number
  day: string
  queryId: string
  conversationId: string | null
  place: 'local' | 'cloud'
  tier: number
  modelKey: string
  modelRequested: string
  modelUsed: string | null
  generationId: string | null
  state: 'reserved' | 'unsure' | 'settled'
  reservedPicoUsd: number
  costPicoUsd: number | null
  costSource: CostSource | null
  inputUsdPerMillion: number | null
  outputUsdPerMillion: number | null
  imageUsd: number | null
  requestUsd: number | null
  estimatedInputTokens: number
  outputTokensMax: number | null
  images: number
  inputTokens: number | null
  outputTokens: number | null
  cachedTokens: number | null
  reasoningTokens: number | null
  latencyMs: number | null
  firstTokenMs: number | null
  /** `ok`, `aborted`, `cut`, `http-402`, `interrupted`… */
  outcome: string | null
  /** How often the server was asked what it cost. */
  looks: number
  lookAtMs: number | null
}

/** What a call came to, as far as it is known when it ends. */
export type CallEnd = Pick<
  CallRow,
  | 'id'
  | 'modelUsed'
  | 'inputTokens'
  | 'outputTokens'
  | 'cachedTokens'
  | 'reasoningTokens'
  | 'latencyMs'
  | 'firstTokenMs'
  | 'outcome'
>

/** `spent` is settled, `open` is reserved or unsure. Pico-USD. */
export interface Sum {
  spent: number
  open: number
}

export interface ModelSum {
  modelKey: string
  place: 'local' | 'cloud'
  calls: number
  spent: number
  open: number
  inputTokens: number
  outputTokens: number
}

const names: Record<keyof CallRow, string> = {
  id: 'id',
  atMs: 'at_ms',
  day: 'day',
  queryId: 'query_id',
  conversationId: 'conversation_id',
  place: 'place',
  tier: 'tier',
  modelKey: 'model_key',
  modelRequested: 'model_requested',
  modelUsed: 'model_used',
  generationId: 'generation_id',
  state: 'state',
  reservedPicoUsd: 'reserved_pico_usd',
  costPicoUsd: 'cost_pico_usd',
  costSource: 'cost_source',
  inputUsdPerMillion: 'input_usd_per_million',
  outputUsdPerMillion: 'output_usd_per_million',
  imageUsd: 'image_usd',
  requestUsd: 'request_usd',
  estimatedInputTokens: 'estimated_input_tokens',
  outputTokensMax: 'output_tokens_max',
  images: 'images',
  inputTokens: 'input_tokens',
  outputTokens: 'output_tokens',
  cachedTokens: 'cached_tokens',
  reasoningTokens: 'reasoning_tokens',
  latencyMs: 'latency_ms',
  firstTokenMs: 'first_token_ms',
  outcome: 'outcome',
  looks: 'looks',
  lookAtMs: 'look_at_ms',
}
const columns = Object.entries(names)
  .map(([field, column]) => `${column} as ${field}`)
  .join(', ')
const sums = `coalesce(sum(cost_pico_usd), 0) as spent,
  coalesce(sum(case when state = 'settled' then 0 else reserved_pico_usd end), 0) as open`
const ended = `model_used = coalesce(@modelUsed, model_used), input_tokens = @inputTokens, output_tokens = @outputTokens,
  cached_tokens = @cachedTokens, reasoning_tokens = @reasoningTokens, latency_ms = @latencyMs,
  first_token_ms = @firstTokenMs, outcome = @outcome`

/** Table `model_calls`: the ledger. A row is settled once; the second try changes nothing. */
export function modelCallsTable(database: LabDatabase) {
  const insert = database.prepare<CallRow>(
    `insert into model_calls (${Object.values(names).join(', ')})
     values (${Object.keys(names)
       .map((field) => `@${field}`)
       .join(', ')})`,
  )
  const noteGeneration = database.prepare<[string, string]>(
    'update model_calls set generation_id = ? where id = ? and generation_id is null',
  )
  const end = database.prepare<CallEnd>(
    `update model_calls set ${ended} where id = @id and state = 'reserved'`,
  )
  const settle = database.prepare<{ id: string; costPicoUsd: number; costSource: CostSource }>(
    `update model_calls set state = 'settled', cost_pico_usd = @costPicoUsd, cost_source = @costSource, look_at_ms = null
     where id = @id and state <> 'settled'`,
  )
  const look = database.prepare<{ id: string; looks: number; lookAtMs: number }>(
    `update model_calls set state = 'unsure', looks = @looks, look_at_ms = @lookAtMs where id = @id and state <> 'settled'`,
  )
  const interrupt = database.prepare<[]>(
    "update model_calls set outcome = 'interrupted' where state = 'reserved'",
  )
  const byId = database.prepare<[string], CallRow>(`select ${columns} from model_calls where id = ?`)
  const open = database.prepare<[], CallRow>(
    `select ${columns} from model_calls where state <> 'settled' order by id`,
  )
  const between = database.prepare<[string, string], Sum>(
    `select ${sums} from model_calls where place = 'cloud' and day between ? and ?`,
  )
  const ofQuery = database.prepare<[string], Sum>(`select ${sums} from model_calls where query_id = ?`)
  const byModel = database.prepare<[string, string], ModelSum>(
    `select model_key as modelKey, place, count(*) as calls, ${sums},
       coalesce(sum(input_tokens), 0) as inputTokens, coalesce(sum(output_tokens), 0) as outputTokens
     from model_calls where day between ? and ? group by model_key, place order by spent desc, calls desc`,
  )
  const last = database.prepare<[number], CallRow>(
    `select ${columns} from model_calls order by id desc limit ?`,
  )
  const all = database.prepare<[], CallRow>(`select ${columns} from model_calls order by id`)
  return {
    insert(row: CallRow): void {
      insert.run(row)
    },
    noteGeneration(id: string, generationId: string): void {
      noteGeneration.run(generationId, id)
    },
    end(facts: CallEnd): void {
      end.run(facts)
    },
    settle(id: string, costPicoUsd: number, costSource: CostSource): void {
      settle.run({ id, costPicoUsd, costSource })
    },
    lookLater(id: string, looks: number, lookAtMs: number): void {
      look.run({ id, looks, lookAtMs })
    },
    interruptReserved(): void {
      interrupt.run()
    },
    get: (id: string): CallRow | null => byId.get(id) ?? null,
    open: (): CallRow[] => open.all(),
    /** Cloud calls of these days, both included. */
    between: (firstDay: string, lastDay: string): Sum => between.get(firstDay, lastDay) ?? nothing,
    ofQuery: (queryId: string): Sum => ofQuery.get(queryId) ?? nothing,
    byModel: (firstDay: string, lastDay: string): ModelSum[] => byModel.all(firstDay, lastDay),
    last: (count: number): CallRow[] => last.all(count),
    all: (): IterableIterator<CallRow> => all.iterate(),
  }
}
export type ModelCallsTable = ReturnType<typeof modelCallsTable>

const nothing: Sum = { spent: 0, open: 0 }
