import {
  APICallError,
  type LanguageModelV4,
  type LanguageModelV4CallOptions,
  type LanguageModelV4Content,
  type LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { z } from 'zod'
import type { ModelServer } from '../providers.ts'
import { callsIn, chatLineSchema, finishOf, openChatReading, usageOf } from './chat-answer.ts'
import { chatRequest } from './chat-request.ts'

/**
 * A model of Ollama over its own API, which knows what `/v1` does not: how much the model shall read, and that a longer prompt is to
 * be refused. Throws `APICallError` as the OpenAI provider does.
 */
export function ollamaModel(
  server: ModelServer,
  { modelId, windowTokens }: { modelId: string; windowTokens: number },
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  const url = `${server.baseUrl.replace(/\/v1$/, '')}/api/chat`

  async function ask(options: LanguageModelV4CallOptions, stream: boolean): Promise<Response> {
    const body = { ...chatRequest(modelId, windowTokens, options), stream }
    const response = await fetch(url, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(server.apiKey === null ? {} : { authorization: `Bearer ${server.apiKey}` }),
      },
      body: JSON.stringify(body),
      ...(options.abortSignal ? { signal: options.abortSignal } : {}),
    })
    if (response.ok) return response
    throw callError({ url, body, response, responseBody: errorBody(await response.text()) })
  }

  return {
    specificationVersion: 'v4',
    provider: `${server.id}.ollama`,
    modelId,
    supportedUrls: {},
    async doGenerate(options) {
      const response = await ask(options, false)
      const text = await response.text()
      const line = chatLineSchema.safeParse(parsedJson(text))
      if (!line.success || 'error' in line.data)
        throw callError({ url, body: {}, response, responseBody: errorBody(text) })
      const { message, model } = line.data
      const calls = callsIn(line.data)
      const content: LanguageModelV4Content[] = []
      if (message?.thinking) content.push({ type: 'reasoning', text: message.thinking })
      if (message?.content) content.push({ type: 'text', text: message.content })
      for (const { id, name, args } of calls)
        content.push({ type: 'tool-call', toolCallId: id, toolName: name, input: args })
      return {
        content,
        finishReason: finishOf(line.data, calls.length > 0),
        usage: usageOf(line.data),
        warnings: [],
        response: { modelId: model ?? modelId, headers: Object.fromEntries(response.headers) },
      }
    },
    async doStream(options) {
      const response = await ask(options, true)
      return {
        stream: streamOf(response, modelId),
        response: { headers: Object.fromEntries(response.headers) },
      }
    },
  }
}

type Bytes = ReadableStreamDefaultReader<Uint8Array>

function streamOf({ body }: Response, modelId: string): ReadableStream<LanguageModelV4StreamPart> {
  const reader = body?.getReader()
  const parts = partsOf(reader, modelId)
  return new ReadableStream({
    async pull(controller) {
      const next = await parts.next()
      if (next.done) controller.close()
      else controller.enqueue(next.value)
    },
    cancel: (reason) => reader?.cancel(reason),
  })
}

async function* partsOf(
  reader: Bytes | undefined,
  modelId: string,
): AsyncGenerator<LanguageModelV4StreamPart> {
  yield { type: 'stream-start', warnings: [] }
  const reading = openChatReading()
  let isBegun = false
  for await (const text of linesOf(reader)) {
    const line = chatLineSchema.safeParse(parsedJson(text))
    if (!line.success || 'error' in line.data) {
      yield { type: 'error', error: new Error('Ollama reported an error inside of its answer') }
      return
    }
    if (!isBegun) yield { type: 'response-metadata', modelId: line.data.model ?? modelId }
    isBegun = true
    yield* reading.add(line.data)
    if (line.data.done) return
  }
  yield { type: 'error', error: new Error('The answer has no end') }
}

/** Newline-delimited JSON; a character or a line may be cut anywhere. */
async function* linesOf(reader: Bytes | undefined): AsyncGenerator<string> {
  const decoder = new TextDecoder()
  let rest = ''
  for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) {
    const lines = (rest + decoder.decode(next.value, { stream: true })).split('\n')
    rest = lines.pop() ?? ''
    for (const line of lines) if (line.trim() !== '') yield line
  }
  if (rest.trim() !== '') yield rest
}

interface Failed {
  url: string
  body: unknown
  response: Response
  responseBody: string
}

function callError({ url, body, response, responseBody }: Failed): APICallError {
  return new APICallError({
    ...{ url, requestBodyValues: body, responseBody, statusCode: response.status },
    message: `Ollama did not answer the call (HTTP ${response.status})`,
    responseHeaders: Object.fromEntries(response.headers),
  })
}

const errorSchema = z.looseObject({ error: z.string() })

/** What went wrong in the program below Ollama comes as JSON inside of a string, with the window and the prompt's size in it. */
function errorBody(text: string): string {
  const outer = errorSchema.safeParse(parsedJson(text))
  return outer.success && parsedJson(outer.data.error) !== null ? outer.data.error : text
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
