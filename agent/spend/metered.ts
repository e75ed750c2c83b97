import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4StreamPart,
  type LanguageModelV4Usage,
} from '@ai-sdk/provider'
import { z } from 'zod'
import type { Clock } from '../clock.ts'
import type { CallBook, Payee, Reservation } from './call-book.ts'
import { callInFlight } from './call-in-flight.ts'
import { picoUsd, usdMax } from './usd.ts'

/**
 * The model with a meter around it, closest to the wire: each call is reserved on disk before it is sent and settled after it, however
 * it ends. Throws `SpendRefused` before anything is sent when a cap does not allow the call.
 */
export function metered(
  model: LanguageModelV4,
  payee: Payee,
  deps: { book: CallBook; clock: Clock },
): LanguageModelV4 {
  deps.book.notePrice(payee)

  function begin(options: LanguageModelV4CallOptions) {
    options.abortSignal?.throwIfAborted()
    const reservation = deps.book.reserve(payee, options)
    return { call: followCall(reservation, deps), limited: withLimits(options, payee, reservation, model) }
  }
  return {
    specificationVersion: 'v4',
    provider: model.provider,
    modelId: model.modelId,
    supportedUrls: model.supportedUrls,
    async doGenerate(options) {
      const { call, limited } = begin(options)
      try {
        const result = await callInFlight.run(call, () => model.doGenerate(limited))
        if (result.response?.modelId) call.modelUsed(result.response.modelId)
        call.finished(result.usage)
        return result
      } catch (error) {
        call.failed(error, options.abortSignal)
        throw error
      }
    },
    async doStream(options) {
      const { call, limited } = begin(options)
      try {
        const result = await callInFlight.run(call, () => model.doStream(limited))
        return { ...result, stream: followed(result.stream, call, options.abortSignal) }
      } catch (error) {
        call.failed(error, options.abortSignal)
        throw error
      }
    },
  }
}

/** OpenRouter refuses instead of charging more per token than this: a price that rose since it was listed costs nothing. */
function withLimits(
  options: LanguageModelV4CallOptions,
  { price, keepsPriceCeiling }: Payee,
  { outputTokensMax }: Reservation,
  { provider }: LanguageModelV4,
): LanguageModelV4CallOptions {
  if (outputTokensMax === null) return options
  const limited = { ...options, maxOutputTokens: outputTokensMax }
  if (!price || !keepsPriceCeiling) return limited
  const name = provider.split('.')[0] ?? provider
  const given = options.providerOptions?.[name]
  const preferences = jsonObjectSchema.safeParse(given?.provider)
  const ceiling = {
    prompt: price.inputUsdPerMillion,
    completion: price.outputUsdPerMillion,
    image: price.imageUsd,
    ...(price.requestUsd ? { request: price.requestUsd } : {}),
  }
  const withCeiling = { ...(preferences.success ? preferences.data : {}), max_price: ceiling }
  return {
    ...limited,
    providerOptions: { ...options.providerOptions, [name]: { ...given, provider: withCeiling } },
  }
}

const jsonObjectSchema = z.record(z.string(), z.json())

type FollowedCall = ReturnType<typeof followCall>

/** One call from sending to settling. Whatever comes after it has ended changes nothing. */
function followCall({ id }: Reservation, { book, clock }: { book: CallBook; clock: Clock }) {
  const startedAtMs = clock.nowMs()
  let firstTokenMs: number | null = null
  let model: string | null = null
  let isOver = false

  /** false: it had ended before. */
  function end(outcome: string, usage: LanguageModelV4Usage | null): boolean {
    if (isOver) return false
    isOver = true
    book.end({
      ...{ id, modelUsed: model, outcome, firstTokenMs, latencyMs: clock.nowMs() - startedAtMs },
      inputTokens: usage?.inputTokens.total ?? null,
      outputTokens: usage?.outputTokens.total ?? null,
      cachedTokens: usage?.inputTokens.cacheRead ?? null,
      reasoningTokens: usage?.outputTokens.reasoning ?? null,
    })
    return true
  }
  return {
    answered(headers: Headers): void {
      const generationId = headers.get('x-generation-id')
      if (generationId) book.noteGeneration(id, generationId)
    },
    modelUsed(modelId: string): void {
      model = modelId
    },
    saw(part: LanguageModelV4StreamPart): void {
      if (part.type === 'response-metadata') model ??= part.modelId ?? null
      else if (part.type.endsWith('-delta')) firstTokenMs ??= clock.nowMs() - startedAtMs
    },
    finished(usage: LanguageModelV4Usage, outcome = 'ok'): void {
      if (!end(outcome, usage)) return
      const cost = reportedCost(usage.raw)
      if (cost !== null) book.settle(id, cost, 'usage')
      else book.unsure(id)
    },
    failed(error: unknown, signal: AbortSignal | undefined): void {
      const why = failureOf(error, signal)
      if (!end(why.outcome, null)) return
      if (why.charged === 'no') book.settle(id, 0, 'estimate')
      else book.unsure(id)
    },
  }
}

const costSchema = z.object({
  cost: z.number().nonnegative().max(usdMax),
  is_byok: z.boolean().optional(),
  cost_details: z
    .object({ upstream_inference_cost: z.number().nonnegative().max(usdMax).nullish() })
    .optional(),
})

/** Pico-USD from `usage.cost`. With the account's own provider key the cost is OpenRouter's fee alone; the provider's comes on top. */
function reportedCost(raw: unknown): number | null {
  const usage = costSchema.safeParse(raw)
  if (!usage.success) return null
  const { cost, is_byok: isByok, cost_details: details } = usage.data
  return picoUsd(cost + (isByok ? (details?.upstream_inference_cost ?? 0) : 0))
}

/** Errors of a connection that never stood: nothing was sent. */
const notSentCodes = new Set([
  ...['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'],
  ...['UND_ERR_CONNECT_TIMEOUT', 'CERT_HAS_EXPIRED', 'DEPTH_ZERO_SELF_SIGNED_CERT'],
])

/** A status instead of an answer is not charged; a connection that broke may be, and so may an answer nobody could read. */
function failureOf(
  error: unknown,
  signal: AbortSignal | undefined,
): { outcome: string; charged: 'no' | 'perhaps' } {
  if (signal?.aborted) return { outcome: 'aborted', charged: 'perhaps' }
  if (!APICallError.isInstance(error)) return { outcome: 'cut', charged: 'perhaps' }
  const { statusCode } = error
  if (statusCode !== undefined && statusCode >= 400) return { outcome: `http-${statusCode}`, charged: 'no' }
  if (statusCode === undefined && notSentCodes.has(codeOf(error)))
    return { outcome: 'unreachable', charged: 'no' }
  return { outcome: 'cut', charged: 'perhaps' }
}

function codeOf(error: unknown): string {
  if (!(error instanceof Error)) return ''
  if ('code' in error && typeof error.code === 'string') return error.code
  return codeOf(error.cause)
}

/** The same parts; the call ends with `finish`, with an error, or when nobody reads on. */
function followed(
  stream: ReadableStream<LanguageModelV4StreamPart>,
  call: FollowedCall,
  signal: AbortSignal | undefined,
): ReadableStream<LanguageModelV4StreamPart> {
  const reader = stream.getReader()
  let failed = false
  // Whoever stops a turn need not read what is left of it.
  signal?.addEventListener('abort', () => call.failed(null, signal), { once: true })
  return new ReadableStream({
    async pull(controller) {
      try {
        const { done, value } = await reader.read()
        if (done) {
          call.failed(null, signal)
          controller.close()
          return
        }
        call.saw(value)
        if (value.type === 'error') failed = true
        if (value.type === 'finish') call.finished(value.usage, failed ? 'error' : 'ok')
        controller.enqueue(value)
      } catch (error) {
        call.failed(error, signal)
        controller.error(error)
      }
    },
    async cancel(reason) {
      call.failed(null, AbortSignal.abort())
      await reader.cancel(reason)
    },
  })
}
