import type { LanguageModelV4 } from '@ai-sdk/provider'
import { watchedFetch } from '../spend/call-in-flight.ts'
import type { Spend } from '../spend/open-spend.ts'
import { armoured } from './armour/armoured.ts'
import type { ModelEntry } from './model-entry.ts'
import { bareModel, type ModelServer } from './providers.ts'

/** The meter is closest to the wire, the armour around it: one answer may take two calls, and each is paid for. */
export function protectedModel(
  about: Omit<ModelEntry, 'model'>,
  { server, modelId, listsPrices }: { server: ModelServer; modelId: string; listsPrices: boolean },
  deps: { fetch: typeof globalThis.fetch; spend: Pick<Spend, 'metered'> },
): LanguageModelV4 {
  const { key, where, tier, price, capabilities } = about
  const bare = bareModel(server, modelId, watchedFetch(deps.fetch))
  const payee = {
    ...{ key, tier, price },
    where: where === 'cloud' ? ('cloud' as const) : ('local' as const),
    // Only OpenRouter lists prices in this form, and it is the one that knows `max_price`.
    keepsPriceCeiling: listsPrices,
  }
  return armoured(deps.spend.metered(bare, payee), capabilities?.tools === 'whole' ? 'whole' : 'streamed')
}
