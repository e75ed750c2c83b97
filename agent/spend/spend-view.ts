import type { SpendView } from '../protocol/spend.ts'
import type { CallRow, ModelCallsTable, ModelSum, Sum } from '../store/model-calls.ts'
import type { ModelPricesTable } from '../store/model-prices.ts'
import type { Caps } from '../store/spend-caps.ts'
import type { Calendar } from './calendar-day.ts'
import type { Payee } from './call-book.ts'
import { priceWords } from './price.ts'
import { usd, usdWords } from './usd.ts'

const callsShown = 20
const nearlyUsedUp = 0.8

export interface ViewSources {
  calls: ModelCallsTable
  prices: ModelPricesTable
  caps: Caps
  calendar: Calendar
  /** Models that are there now. */
  payees: Payee[]
  nowMs: number
}

export function spendView({ calls, prices, caps, calendar, payees, nowMs }: ViewSources): SpendView {
  const today = calendar.day(nowMs)
  const { first, last } = calendar.month(today)
  const day = calls.between(today, today)
  const month = calls.between(first, last)
  const used = calls.byModel(first, last)
  const unused = payees.filter(
    ({ key, where, price }) => where === 'cloud' && !price && used.every((sum) => sum.modelKey !== key),
  )
  return {
    ...standing(caps, day, month),
    caps: { queryUsd: usd(caps.query), dayUsd: usd(caps.day), monthUsd: usd(caps.month) },
    meters: [
      { kind: 'day', name: 'Today', ...meter(day, caps.day) },
      { kind: 'month', name: 'This month', ...meter(month, caps.month) },
    ],
    calendarWords: `Days and months begin at midnight, ${calendar.timeZone}.`,
    models: [
      ...used.map((sum) => ({ ...sumWords(sum), ...priceFacts(sum.modelKey, sum.place) })),
      ...unused.map(({ key }) => ({ ...sumWords(nothingOf(key)), ...priceFacts(key, 'cloud') })),
    ],
    calls: calls.last(callsShown).map(callWords),
  }

  function priceFacts(key: string, place: 'local' | 'cloud') {
    if (place === 'local') return { priceWords: 'free', changeWords: null, unpriced: null }
    const [now, before] = prices.lastTwo(key)
    const isKnown = payees.find((payee) => payee.key === key)?.price !== null
    if (!now || !isKnown) {
      const unpriced = prices.isAllowedUnpriced(key) ? ('allowed' as const) : ('refused' as const)
      return { priceWords: 'nobody says what it costs', changeWords: null, unpriced }
    }
    const changeWords = before ? `Until ${dateWords(now.seenAtMs, calendar)}: ${priceWords(before)}` : null
    return { priceWords: priceWords(now), changeWords, unpriced: null }
  }
}

function standing(caps: Caps, day: Sum, month: Sum): { words: string; tone: SpendView['tone'] } {
  if (caps.query === 0 || caps.day === 0 || caps.month === 0)
    return { words: 'Cloud models are off: a cap is $0.', tone: 'muted' }
  const kinds = [
    { name: 'This month’s cap', sum: month, cap: caps.month },
    { name: 'Today’s cap', sum: day, cap: caps.day },
  ]
  for (const { name, sum, cap } of kinds) {
    const share = (sum.spent + sum.open) / cap
    if (share >= 0.995)
      return {
        words: `${name} is used up. Local models and Commands answer; cloud models wait.`,
        tone: 'bad',
      }
    if (share >= nearlyUsedUp) return { words: `${name} is nearly used up.`, tone: 'bad' }
  }
  const left = Math.min(caps.day - day.spent - day.open, caps.month - month.spent - month.open)
  return { words: `Cloud models may spend ${usdWords(left)} more today.`, tone: 'good' }
}

function meter({ spent, open }: Sum, cap: number) {
  const share = (pico: number) => (cap === 0 ? 0 : Math.min(1, pico / cap))
  return {
    words: `${usdWords(spent)} of ${usdWords(cap)}`,
    spentShare: share(spent),
    reservedShare: Math.min(1 - share(spent), share(open)),
    reservedWords:
      open === 0 ? null : `${usdWords(open)} more is reserved for calls whose cost is not known yet`,
  }
}

const nothingOf = (modelKey: string): ModelSum => ({
  ...{ modelKey, place: 'cloud', calls: 0, spent: 0, open: 0, inputTokens: 0, outputTokens: 0 },
})

function sumWords({ modelKey, place, calls, spent, open, inputTokens, outputTokens }: ModelSum) {
  return {
    ...{ key: modelKey, place },
    callsWords: calls === 1 ? '1 call' : `${number.format(calls)} calls`,
    costWords:
      place === 'local' ? 'free' : usdWords(spent) + (open > 0 ? ` and ${usdWords(open)} reserved` : ''),
    tokensWords: tokensWords(inputTokens, outputTokens),
  }
}

const number = new Intl.NumberFormat('en-US', { maximumSignificantDigits: 3 })

function tokensWords(input: number | null, output: number | null): string {
  if (input === null && output === null) return 'tokens not counted'
  const words = (count: number | null) => (count === null ? 'unknown' : number.format(count))
  return `${words(input)} in, ${words(output)} out`
}

function callWords(row: CallRow): SpendView['calls'][number] {
  const { id, atMs, modelKey, modelUsed } = row
  const other = modelUsed && modelUsed !== row.modelRequested ? ` (answered by ${modelUsed})` : ''
  return {
    ...{ id, at: new Date(atMs).toISOString(), model: modelKey + other },
    costWords: costWords(row),
    tokensWords: tokensWords(row.inputTokens, row.outputTokens),
    ...stateOf(row),
  }
}

function costWords({ place, state, costPicoUsd, costSource, reservedPicoUsd }: CallRow): string {
  if (place === 'local') return 'free'
  if (state !== 'settled' || costPicoUsd === null) return `up to ${usdWords(reservedPicoUsd)}`
  const isGuess = costSource === 'estimate' && costPicoUsd > 0
  return `${isGuess ? 'about ' : ''}${usdWords(costPicoUsd)}`
}

const endings: Record<string, string> = {
  ok: 'Answered',
  error: 'Broke off',
  cut: 'Broke off',
  aborted: 'Stopped',
  interrupted: 'HWLab was stopped meanwhile',
  unreachable: 'Not reached',
}

function stateOf({ state, outcome, costPicoUsd, reservedPicoUsd }: CallRow): {
  stateWords: string
  tone: SpendView['tone']
} {
  if (state === 'reserved') return { stateWords: 'On its way', tone: 'working' }
  const ending = endings[outcome ?? ''] ?? `Refused (${outcome?.toUpperCase().replace('-', ' ')})`
  if (state === 'unsure') return { stateWords: `${ending}; asking what it cost`, tone: 'working' }
  if ((costPicoUsd ?? 0) > reservedPicoUsd)
    return { stateWords: `${ending}; it cost more than was reserved for it`, tone: 'bad' }
  return { stateWords: ending, tone: outcome === 'ok' ? 'good' : 'muted' }
}

function dateWords(atMs: number, { timeZone }: Calendar): string {
  return new Intl.DateTimeFormat('en-GB', { timeZone, dateStyle: 'medium' }).format(atMs)
}
