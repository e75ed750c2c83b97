import { z } from 'zod'
import type { ModelFacts } from './server-software.ts'

/** USD per token, as text. */
const usdPerToken = z.string().transform(Number).pipe(z.number().min(0))

const listedSchema = z.looseObject({
  context_length: z.int().positive(),
  pricing: z.looseObject({
    prompt: usdPerToken,
    completion: usdPerToken,
    image: usdPerToken.optional(),
    request: usdPerToken.optional(),
  }),
  architecture: z.looseObject({ input_modalities: z.array(z.string()) }),
  supported_parameters: z.array(z.string()),
})

/** What OpenRouter's own list says about a model; null: another server's list. Source: OpenRouterTeam/docs openapi.yaml, `GET /models`. */
export function listedFacts(listed: unknown): Partial<ModelFacts> | null {
  const parsed = listedSchema.safeParse(listed)
  if (!parsed.success) return null
  const { context_length, pricing, architecture, supported_parameters } = parsed.data
  const takes = (...parameters: string[]) => parameters.some((name) => supported_parameters.includes(name))
  return {
    windowTokens: context_length,
    windowTokensMax: context_length,
    price: {
      inputUsdPerMillion: perMillion(pricing.prompt),
      outputUsdPerMillion: perMillion(pricing.completion),
      ...{ imageUsd: pricing.image ?? 0, requestUsd: pricing.request ?? 0 },
    },
    claims: {
      tools: takes('tools'),
      schema: takes('structured_outputs'),
      pictures: architecture.input_modalities.includes('image'),
      logprobs: takes('logprobs', 'top_logprobs'),
    },
  }
}

/** Rounded to what a price list shows, so that 0.0000001 is 0.1 and not 0.09999999. */
function perMillion(usd: number): number {
  return Number((usd * 1_000_000).toFixed(6))
}
