import type { Price } from '../models/model-entry.ts'
import type { Sum } from '../store/model-calls.ts'
import type { CapKind, Caps } from '../store/spend-caps.ts'
import { inputCostAtMost, outputCost, outputTokensFor } from './price.ts'
import type { CallSize } from './size-of-call.ts'
import { picoUsd, usdWords } from './usd.ts'

/** One question with all its steps; one calendar day; one calendar month. */
export const defaultCaps: Caps = { query: picoUsd(0.05), day: picoUsd(0.5), month: picoUsd(5) }

/** An answer that is cut shorter than this is no answer. */
const outputTokensMin = 256

export interface Wanted {
  size: CallSize
  outputTokens: number
  /** null: nobody says what the model costs, and a person lets it answer all the same. */
  price: Price | null
}

export type Verdict =
  | { kind: 'fits'; reservedPicoUsd: number; outputTokens: number }
  /** `words` completes "…, but"; `help` is what would help. */
  | { kind: 'off' | 'cap'; words: string; help: string }

const order: CapKind[] = ['query', 'day', 'month']

/** Whether a call may be sent, and how long its answer may get. `counted` holds what open calls may still cost. */
export function judge(caps: Caps, counted: Record<CapKind, Sum>, wanted: Wanted): Verdict {
  const off = order.find((kind) => caps[kind] === 0)
  if (off) return { kind: 'off', words: offWords(off), help: 'A cap above $0 lets them answer' }
  const room = (kind: CapKind) => caps[kind] - counted[kind].spent - counted[kind].open
  const tightest = order.reduce((least, kind) => (room(kind) < room(least) ? kind : least))
  const left = room(tightest)
  const { price, size } = wanted
  if (!price) {
    // What it costs is not known beforehand: all that the question may cost is set aside for it.
    const whole = caps.query - counted.query.spent - counted.query.open
    return whole > 0 && whole <= left
      ? { kind: 'fits', reservedPicoUsd: whole, outputTokens: wanted.outputTokens }
      : full(tightest, caps, counted, Math.max(whole, 0))
  }
  const input = inputCostAtMost(price, size)
  const outputTokens = outputTokensFor(price, left - input, wanted.outputTokens)
  if (input > left || outputTokens < Math.min(outputTokensMin, wanted.outputTokens))
    return full(tightest, caps, counted, input + outputCost(price, wanted.outputTokens))
  return { kind: 'fits', reservedPicoUsd: input + outputCost(price, outputTokens), outputTokens }
}

const capNames: Record<CapKind, string> = {
  query: 'the cap for one question',
  day: 'today’s cap',
  month: 'this month’s cap',
}

function offWords(kind: CapKind): string {
  return `${capNames[kind]} is $0, so cloud models are off`
}

const whenAgain: Record<CapKind, string> = {
  query: 'A shorter or new question may fit',
  day: 'It begins anew at midnight',
  month: 'It begins anew with the next month',
}

function full(kind: CapKind, caps: Caps, counted: Record<CapKind, Sum>, costs: number): Verdict {
  const { spent, open } = counted[kind]
  const used =
    open > 0 ? `${usdWords(spent)} is spent and ${usdWords(open)} reserved` : `${usdWords(spent)} is spent`
  return {
    kind: 'cap',
    words: `${capNames[kind]} of ${usdWords(caps[kind])} does not allow it: ${used}, and this may cost ${usdWords(costs)}`,
    help: `${whenAgain[kind]}; until then local models and Commands answer. You can raise the cap under Spending`,
  }
}
