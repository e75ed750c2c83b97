import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Clock } from '../clock.ts'
import type { ModelEntry } from '../models/model-entry.ts'
import type { SpendResponses, SpendView } from '../protocol/spend.ts'
import type { Answer, RequestBody } from '../protocol.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import { modelCallsTable } from '../store/model-calls.ts'
import { modelPricesTable } from '../store/model-prices.ts'
import { type Caps, spendCapsTable } from '../store/spend-caps.ts'
import { type Calendar, calendarOf } from './calendar-day.ts'
import { openCallBook, type Payee } from './call-book.ts'
import { defaultCaps } from './caps.ts'
import { exportSpend } from './export-spend.ts'
import type { PaidServer } from './generation.ts'
import { metered } from './metered.ts'
import { openReconciler } from './reconcile.ts'
import { spendView } from './spend-view.ts'
import { picoUsd, usd, usdWords } from './usd.ts'

/** Who did what with the caps; written in the same transaction as what it tells. */
export type NoteInAudit = (entry: {
  who: string
  channel: string
  what: string
  about: string
  details: unknown
}) => void

export interface SpendDeps {
  database: LabDatabase
  clock: Clock
  /** Left out: this machine's. */
  calendar?: Calendar
  /** Where cloud models are, for what a cut answer cost. */
  servers(): PaidServer[]
  fetch: typeof globalThis.fetch
  audit: NoteInAudit
  onChange(): void
  onError(error: unknown): void
}

/** Of a question, in USD; where it is not final, what a call may cost at most is counted in full. */
export interface Cost {
  costUsd: number
  isFinal: boolean
}

/** The money: meters, caps and the ledger. */
export interface Spend {
  /** Belongs closest to the wire: each attempt of a wrapper around it is a call of its own. */
  metered(model: LanguageModelV4, payee: Payee): LanguageModelV4
  /** Why the caps do not allow even a short question to this model now; completes "<model>: …". null: they do. Nothing is reserved. */
  tooDear(model: Pick<ModelEntry, 'key' | 'where' | 'tier' | 'price'>): string | null
  /** So far. */
  costOf(queryId: string): Cost
  /** Called when a provider told what a cut answer cost, or when nobody can tell any more. */
  watchSettled(listener: (queryId: string) => void): void
  view(): SpendView
  exported(format: 'csv' | 'json'): string
  setCaps(
    body: RequestBody<'spend-caps-set'>,
    operator: string,
  ): Promise<Answer<SpendResponses['spend-caps-set']>>
  allowUnpriced(
    body: RequestBody<'spend-price-allow'>,
    operator: string,
  ): Promise<Answer<SpendResponses['spend-price-allow']>>
  close(): Promise<void>
}

/** Instructions, tools, a line of text and a short answer. */
const shortQuestion = { size: { tokensAtMost: 4000, images: 0 }, outputTokens: 256, query: null }

export function openSpend(deps: SpendDeps): Spend {
  const { database, clock, audit, onChange } = deps
  const calendar = deps.calendar ?? calendarOf()
  const calls = modelCallsTable(database)
  const prices = modelPricesTable(database)
  const caps = spendCapsTable(database, defaultCaps)
  const payees = new Map<string, Payee>()
  /** Nobody listens yet while what a crash left open is put in order. */
  let changed = () => {}
  let settled: (queryId: string) => void = () => {}
  const book = openCallBook({
    ...{ database, clock, calendar, calls, caps, prices },
    onChange: () => changed(),
  })
  const reconciler = openReconciler({
    ...{ clock, calls, book, servers: deps.servers, fetch: deps.fetch, onError: deps.onError },
    onSettled: (queryId) => settled(queryId),
  })
  changed = () => {
    reconciler.wake()
    onChange()
  }
  const change = database.transaction(
    (operator: string, what: { what: string; about: string; details: unknown }, work: () => void) => {
      work()
      audit({ who: operator, channel: 'spending', ...what })
    },
  )
  return {
    metered(model, payee) {
      payees.set(payee.key, payee)
      return metered(model, payee, { book, clock })
    },
    tooDear({ where, ...model }) {
      if (where !== 'cloud') return null
      const verdict = book.verdict({ ...model, where, keepsPriceCeiling: false }, shortQuestion)
      return verdict.kind === 'fits' ? null : `${verdict.words}. ${verdict.help}`
    },
    costOf(queryId) {
      const { spent, open } = calls.ofQuery(queryId)
      return { costUsd: usd(spent + open), isFinal: open === 0 }
    },
    watchSettled(listener) {
      settled = listener
    },
    view: () =>
      spendView({
        ...{ calls, prices, calendar, caps: caps.get(), payees: [...payees.values()] },
        nowMs: clock.nowMs(),
      }),
    exported: (format) => exportSpend(calls, format),
    async setCaps({ queryUsd, dayUsd, monthUsd }, operator) {
      const wished: Caps = { query: picoUsd(queryUsd), day: picoUsd(dayUsd), month: picoUsd(monthUsd) }
      const details = { before: capsUsd(caps.get()), after: capsUsd(wished) }
      change.immediate(operator, { what: 'spend-caps-set', about: 'spend-caps', details }, () =>
        caps.put(wished),
      )
      onChange()
      return { kind: 'ok', value: { words: capsWords(wished) } }
    },
    async allowUnpriced({ modelKey, allowed }, operator) {
      const what = allowed ? 'unpriced-model-allowed' : 'unpriced-model-forbidden'
      change.immediate(operator, { what, about: modelKey, details: {} }, () =>
        prices.allowUnpriced(modelKey, allowed, clock.nowMs()),
      )
      onChange()
      const words = allowed
        ? `${modelKey} may answer. All that a question may cost is set aside for each of its calls.`
        : `${modelKey} is not asked as long as nobody says what it costs.`
      return { kind: 'ok', value: { words } }
    },
    close: () => reconciler.close(),
  }
}

function capsUsd(caps: Caps) {
  return { queryUsd: usd(caps.query), dayUsd: usd(caps.day), monthUsd: usd(caps.month) }
}

function capsWords(caps: Caps): string {
  if (caps.query === 0 || caps.day === 0 || caps.month === 0) return 'Cloud models are off now.'
  return `${usdWords(caps.query)} for a question, ${usdWords(caps.day)} a day, ${usdWords(caps.month)} a month.`
}
