import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { ulid } from 'ulid'
import type { Clock } from '../clock.ts'
import type { Price } from '../models/model-entry.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import type { CallRow, ModelCallsTable, Sum } from '../store/model-calls.ts'
import type { ModelPricesTable } from '../store/model-prices.ts'
import type { CapKind, SpendCapsTable } from '../store/spend-caps.ts'
import type { Calendar } from './calendar-day.ts'
import { judge, type Verdict } from './caps.ts'
import { costOfTokens, isSamePrice } from './price.ts'
import { type Query, queryOf } from './query.ts'
import { type CallSize, sizeOfCall } from './size-of-call.ts'
import { SpendRefused } from './spend-refused.ts'

/** Where nobody says how long an answer may get. Every cloud call has a limit. */
const outputTokensUnsaid = 1024

/** What the meter knows about a model. */
export interface Payee {
  key: string
  where: 'local' | 'cloud'
  tier: number
  price: Price | null
  /** The server refuses a call that would cost more per token than it is told (OpenRouter). */
  keepsPriceCeiling: boolean
}

export interface Reservation {
  id: string
  /** null: a local model, without a limit from here. */
  outputTokensMax: number | null
}

export interface CallBookDeps {
  database: LabDatabase
  clock: Clock
  calendar: Calendar
  calls: ModelCallsTable
  caps: SpendCapsTable
  prices: ModelPricesTable
  onChange(): void
}

/** The ledger as calls use it: what a call may cost is on disk before it is sent, what it did cost after it. */
export function openCallBook(deps: CallBookDeps) {
  const { database, clock, calendar, calls, caps, prices, onChange } = deps

  function counted(day: string, query: Query | null): Record<CapKind, Sum> {
    const month = calendar.month(day)
    return {
      query: query ? calls.ofQuery(query.queryId) : { spent: 0, open: 0 },
      day: calls.between(day, day),
      month: calls.between(month.first, month.last),
    }
  }
  /** Only looks; nothing is reserved. */
  function verdict(
    payee: Payee,
    call: { size: CallSize; outputTokens: number; query: Query | null },
  ): Verdict | { kind: 'unknown-price'; words: string; help: string } {
    if (!payee.price && !prices.isAllowedUnpriced(payee.key)) return unknownPrice
    const sums = counted(calendar.day(clock.nowMs()), call.query)
    return judge(caps.get(), sums, { ...call, price: payee.price })
  }
  const reserveCloud = database.transaction(
    (payee: Payee, row: CallRow, call: { size: CallSize; outputTokens: number; query: Query | null }) => {
      const judged = verdict(payee, call)
      if (judged.kind !== 'fits') throw new SpendRefused(judged.kind, `${judged.words}. ${judged.help}`)
      const { reservedPicoUsd, outputTokens } = judged
      calls.insert({ ...row, reservedPicoUsd, outputTokensMax: outputTokens })
      return { id: row.id, outputTokensMax: outputTokens }
    },
  )
  function settle(id: string, cost: number, source: 'usage' | 'generation' | 'estimate'): void {
    calls.settle(id, cost, source)
    onChange()
  }

  return {
    verdict,
    /** Throws `SpendRefused` when the money does not allow it; otherwise the reservation is on disk. */
    reserve(payee: Payee, options: LanguageModelV4CallOptions): Reservation {
      const size = sizeOfCall(options)
      const query = queryOf(options.providerOptions)
      const row = startedRow({ payee, size, query, nowMs: clock.nowMs(), calendar })
      if (payee.where === 'local') {
        calls.insert(row)
        return { id: row.id, outputTokensMax: null }
      }
      const outputTokens = options.maxOutputTokens ?? outputTokensUnsaid
      const reservation = reserveCloud.immediate(payee, row, { size, outputTokens, query })
      onChange()
      return reservation
    },
    noteGeneration: calls.noteGeneration,
    end: calls.end,
    settle,
    /** It ended without its price. Where the server can tell it later, the call counts in full until then. */
    unsure(id: string): void {
      const row = calls.get(id)
      if (!row) return
      if (row.generationId === null) settle(id, costAtMost(row), 'estimate')
      else {
        calls.lookLater(id, row.looks, clock.nowMs())
        onChange()
      }
    },
    /** A price that was not seen before is kept with its time. */
    notePrice(payee: Payee): void {
      if (!payee.price) return
      const [last] = prices.lastTwo(payee.key)
      if (last && isSamePrice(last, payee.price)) return
      prices.insert({ modelKey: payee.key, seenAtMs: clock.nowMs(), requestUsd: 0, ...payee.price })
      onChange()
    },
  }
}
export type CallBook = ReturnType<typeof openCallBook>

const unknownPrice = {
  kind: 'unknown-price',
  words: 'nobody says what it costs',
  help: 'Write its price into the providers file, or allow it under Spending',
} as const

interface Started {
  payee: Payee
  size: CallSize
  query: Query | null
  nowMs: number
  calendar: Calendar
}

function startedRow({ payee, size, query, nowMs, calendar }: Started): CallRow {
  const id = ulid(nowMs)
  const { price } = payee
  return {
    ...{ id, atMs: nowMs, day: calendar.day(nowMs) },
    queryId: query?.queryId ?? id,
    conversationId: query?.conversationId ?? null,
    ...{ place: payee.where, tier: payee.tier, modelKey: payee.key },
    modelRequested: payee.key.slice(payee.key.indexOf('/') + 1),
    ...{ modelUsed: null, generationId: null, state: 'reserved', reservedPicoUsd: 0 },
    ...{ costPicoUsd: null, costSource: null },
    inputUsdPerMillion: price?.inputUsdPerMillion ?? null,
    outputUsdPerMillion: price?.outputUsdPerMillion ?? null,
    ...{ imageUsd: price?.imageUsd ?? null, requestUsd: price?.requestUsd ?? null },
    ...{ estimatedInputTokens: size.tokensAtMost, outputTokensMax: null, images: size.images },
    ...{ inputTokens: null, outputTokens: null, cachedTokens: null, reasoningTokens: null },
    ...{ latencyMs: null, firstTokenMs: null, outcome: null, looks: 0, lookAtMs: null },
  }
}

/** By the tokens that the server reported and the price of that time; where one is unknown, what was reserved. Pico-USD. */
export function costAtMost(row: CallRow): number {
  const { inputTokens, outputTokens, inputUsdPerMillion, outputUsdPerMillion, imageUsd, images } = row
  if (row.place === 'local') return 0
  if (inputUsdPerMillion === null || outputUsdPerMillion === null || imageUsd === null)
    return row.reservedPicoUsd
  if (inputTokens === null || outputTokens === null) return row.reservedPicoUsd
  const price = { inputUsdPerMillion, outputUsdPerMillion, imageUsd, requestUsd: row.requestUsd ?? 0 }
  return costOfTokens(price, { input: inputTokens, output: outputTokens, images })
}
