import type { LanguageModelV4 } from '@ai-sdk/provider'
import { z } from 'zod'
import { bareModel, type ModelServer } from './providers.ts'

const countSchema = z.object({ input_tokens: z.int().positive() })
const countTimeoutMs = 5000

/**
 * The model as a counter: a call of it is answered with nothing, and its usage is what the server's own tokenizer makes of the very
 * body that would be sent. Fails where the server has no such page. Source: ggml-org/llama.cpp tools/server/README.md,
 * `POST /v1/chat/completions/input_tokens`.
 */
export function countingModel(
  server: ModelServer,
  modelId: string,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  return bareModel(server, modelId, async (url, init) => {
    const signal = AbortSignal.timeout(countTimeoutMs)
    const answer = await fetch(`${String(url)}/input_tokens`, { ...init, signal, redirect: 'error' })
    const { input_tokens: promptTokens } = countSchema.parse(await answer.json())
    return Response.json({
      choices: [{ index: 0, message: { role: 'assistant', content: '' }, finish_reason: 'stop' }],
      usage: { prompt_tokens: promptTokens, completion_tokens: 0, total_tokens: promptTokens },
    })
  })
}
