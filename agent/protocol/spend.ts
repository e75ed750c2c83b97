import { z } from 'zod'

/** What models cost: what was spent, what is reserved, what may be spent. Words are drawn as sent; amounts are USD. */

const tone = z.enum(['good', 'working', 'bad', 'muted'])

const capsSchema = z.object({ queryUsd: z.number(), dayUsd: z.number(), monthUsd: z.number() })
export type SpendCaps = z.infer<typeof capsSchema>

export const spendViewSchema = z.object({
  words: z.string(),
  tone,
  caps: capsSchema,
  /** Today and this month. Shares are of the cap, 0 to 1. */
  meters: z.array(
    z.object({
      kind: z.enum(['day', 'month']),
      name: z.string(),
      /** "$0.03 of $0.50" */
      words: z.string(),
      spentShare: z.number(),
      reservedShare: z.number(),
      /** "$0.02 more is reserved for calls on their way"; null: none. */
      reservedWords: z.string().nullable(),
    }),
  ),
  /** "Days and months begin at midnight, Europe/Berlin." */
  calendarWords: z.string(),
  /** This month, dearest first. */
  models: z.array(
    z.object({
      key: z.string(),
      place: z.enum(['local', 'cloud']),
      callsWords: z.string(),
      costWords: z.string(),
      tokensWords: z.string(),
      priceWords: z.string(),
      /** When the price was another one: "Until 21 Nov 2026: $0.08 in…"; null: it was not. */
      changeWords: z.string().nullable(),
      /** Nobody says what it costs: whether a person lets it answer. null: the price is known. */
      unpriced: z.enum(['refused', 'allowed']).nullable(),
    }),
  ),
  /** The last ones, newest first. */
  calls: z.array(
    z.object({
      id: z.string(),
      at: z.string(),
      model: z.string(),
      costWords: z.string(),
      tokensWords: z.string(),
      stateWords: z.string(),
      tone,
    }),
  ),
})
export type SpendView = z.infer<typeof spendViewSchema>

const capUsd = z.number().min(0).max(1000)

export const spendRequests = {
  'spend-caps-set': z.object({ queryUsd: capUsd, dayUsd: capUsd, monthUsd: capUsd }),
  /** Lets a model answer although nobody says what it costs, or no longer. */
  'spend-price-allow': z.object({ modelKey: z.string().min(1).max(300), allowed: z.boolean() }),
} as const

export interface SpendResponses {
  'spend-caps-set': { words: string }
  'spend-price-allow': { words: string }
}
