import type { LanguageModelV4 } from '@ai-sdk/provider'
import { watchedFetch } from '../spend/call-in-flight.ts'
import type { Spend } from '../spend/open-spend.ts'
import { armoured } from './armour/armoured.ts'
import type { ModelEntry } from './model-entry.ts'
import { ollamaModel } from './ollama/ollama-model.ts'
import { type Gate, oneAtATime } from './one-at-a-time.ts'
import { bareModel, type ModelServer } from './providers.ts'

/** How calls reach a model. */
export interface ModelLine {
  server: ModelServer
  modelId: string
  /** null: over `/v1`. */
  ollamaWindowTokens: number | null
  /** Only OpenRouter lists prices in this form, and it is the one that knows `max_price`. */
  listsPrices: boolean
  /** null: as many requests at once as come. */
  gate: Gate | null
}
interface LineDeps {
  fetch: typeof globalThis.fetch
  spend: Pick<Spend, 'metered'>
}

/** Paid for, and else as the server answers. The meter is closest to the wire. */
export function meteredModel(
  about: Omit<ModelEntry, 'model'>,
  { server, modelId, ollamaWindowTokens, listsPrices, gate }: ModelLine,
  deps: LineDeps,
): LanguageModelV4 {
  const { key, where, tier, price } = about
  const fetch = watchedFetch(deps.fetch)
  const bare =
    ollamaWindowTokens === null
      ? bareModel(server, modelId, fetch)
      : ollamaModel(server, { modelId, windowTokens: ollamaWindowTokens }, fetch)
  const paid = deps.spend.metered(bare, {
    ...{ key, tier, price, keepsPriceCeiling: listsPrices },
    where: where === 'cloud' ? ('cloud' as const) : ('local' as const),
  })
  return gate ? oneAtATime(paid, gate) : paid
}

/** The armour is around the meter: one answer may take two calls, and each is paid for. */
export function protectedModel(
  about: Omit<ModelEntry, 'model'>,
  line: ModelLine,
  deps: LineDeps,
): LanguageModelV4 {
  const toolTurns = about.capabilities?.tools === 'whole' ? 'whole' : 'streamed'
  return armoured(meteredModel(about, line, deps), toolTurns)
}
