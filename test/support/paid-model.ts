import { APICallError, type LanguageModelV4, type LanguageModelV4StreamPart } from '@ai-sdk/provider'
import type { Price } from '../../agent/models/model-entry.ts'
import { callInFlight } from '../../agent/spend/call-in-flight.ts'
import { sizeOfCall } from '../../agent/spend/size-of-call.ts'
import { usd } from '../../agent/spend/usd.ts'

/** What the next call comes to; `share` is how much of what was reserved it uses, 0 to 1. */
export interface Selling {
  share: number
  ending: 'told' | 'untold' | 'broken'
}

/** One call on the server's side. */
interface Sold {
  id: string
  queryId: string
  day: string
  picoUsd: number
  /** The generation page tells it from now on. */
  isListed: boolean
}

/** A provider that keeps books of its own, as OpenRouter does: the price ceiling holds, and what a cut answer cost is listed later. */
export function openPaidModel(today: () => string) {
  const sold: Sold[] = []
  let price: Price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, imageUsd: 0 }
  let next: Selling = { share: 0.5, ending: 'told' }

  const model: LanguageModelV4 = {
    specificationVersion: 'v4',
    provider: 'paid.chat',
    modelId: 'dear',
    supportedUrls: {},
    doGenerate: () => Promise.reject(new Error('Only streams here')),
    async doStream(options) {
      const ceiling = JSON.stringify(options.providerOptions?.paid?.provider ?? {})
      const { max_price: most } = JSON.parse(ceiling)
      if (most && (most.prompt < price.inputUsdPerMillion || most.completion < price.outputUsdPerMillion))
        throw refusal(404)
      const { share, ending } = next
      const tokens = {
        input: Math.floor(sizeOfCall(options).tokensAtMost * share),
        output: Math.floor((options.maxOutputTokens ?? 0) * share),
      }
      const each = { input: price.inputUsdPerMillion * 1e6, output: price.outputUsdPerMillion * 1e6 }
      const sale: Sold = {
        id: `gen-${sold.length + 1}`,
        queryId: String(options.providerOptions?.hwlab?.queryId ?? ''),
        day: today(),
        picoUsd: Math.round(tokens.input * each.input + tokens.output * each.output),
        isListed: false,
      }
      sold.push(sale)
      callInFlight.getStore()?.answered(new Headers({ 'x-generation-id': sale.id }))
      const raw = { cost: usd(sale.picoUsd) }
      const counts = {
        inputTokens: { total: tokens.input, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: tokens.output, text: undefined, reasoning: undefined },
      }
      const parts: LanguageModelV4StreamPart[] = [
        { type: 'text-start', id: '1' },
        { type: 'text-delta', id: '1', delta: 'so' },
        {
          type: 'finish',
          finishReason: { unified: 'stop', raw: 'stop' },
          usage: ending === 'told' ? { ...counts, raw } : counts,
        },
      ]
      return { stream: streamOf(parts, ending === 'broken') }
    },
  }
  return {
    model,
    sold,
    price: () => price,
    setPrice(to: Price): void {
      price = to
    },
    sell(how: Selling): void {
      next = how
    },
    list(): void {
      for (const sale of sold) sale.isListed = true
    },
    /** `GET /generation?id=…` */
    fetch: async (address: string | URL | Request): Promise<Response> => {
      const id = new URL(String(address)).searchParams.get('id')
      const sale = sold.find((one) => one.id === id && one.isListed)
      if (!sale) return Response.json({ error: { message: 'not found' } }, { status: 404 })
      return Response.json({ data: { id, total_cost: usd(sale.picoUsd) } })
    },
  }
}
export type PaidModel = ReturnType<typeof openPaidModel>

function refusal(statusCode: number): APICallError {
  return new APICallError({ message: 'No endpoints found', url: '', requestBodyValues: {}, statusCode })
}

function streamOf(
  parts: LanguageModelV4StreamPart[],
  breaks: boolean,
): ReadableStream<LanguageModelV4StreamPart> {
  let at = 0
  return new ReadableStream(
    {
      pull(controller) {
        const part = parts[at]
        at += 1
        if (breaks && at === parts.length) controller.error(new TypeError('terminated'))
        else if (part) controller.enqueue(part)
        else controller.close()
      },
    },
    { highWaterMark: 0 },
  )
}
