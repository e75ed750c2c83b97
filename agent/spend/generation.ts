import { z } from 'zod'
import { picoUsd, usdMax } from './usd.ts'

const lookTimeoutMs = 10_000

/** Where calls of a provider were sent; the first part of a model's key names it. */
export interface PaidServer {
  id: string
  baseUrl: string
  apiKey: string | null
}

export type Generation = { kind: 'cost'; picoUsd: number } | { kind: 'not-yet' }

/** Source: OpenRouterTeam/docs openapi.yaml, `GET /generation`. */
const generationSchema = z.object({
  data: z.object({
    total_cost: z.number().nonnegative().max(usdMax),
    is_byok: z.boolean().optional(),
    upstream_inference_cost: z.number().nonnegative().max(usdMax).nullish(),
  }),
})

/** What an answer cost that ended before it told. Never throws; seconds after a stream was cut it is often not known yet. */
export async function lookUpGeneration(
  server: PaidServer,
  generationId: string,
  deps: { fetch: typeof globalThis.fetch; signal: AbortSignal },
): Promise<Generation> {
  try {
    const response = await deps.fetch(`${server.baseUrl}/generation?id=${encodeURIComponent(generationId)}`, {
      headers: server.apiKey ? { authorization: `Bearer ${server.apiKey}` } : {},
      redirect: 'error',
      signal: AbortSignal.any([deps.signal, AbortSignal.timeout(lookTimeoutMs)]),
    })
    const found = generationSchema.safeParse(await response.json())
    if (!response.ok || !found.success) return { kind: 'not-yet' }
    const { total_cost: total, is_byok: isByok, upstream_inference_cost: upstream } = found.data.data
    return { kind: 'cost', picoUsd: picoUsd(total + (isByok ? (upstream ?? 0) : 0)) }
  } catch {
    return { kind: 'not-yet' }
  }
}
