import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { z } from 'zod'
import { type Dialect, type DialectName, dialects } from './dialects.ts'
import { countTokens, nativeAnswer, type ScriptedModel, scriptedModel } from './native-endpoints.ts'
import { answerOllamaChat } from './ollama-chat.ts'
import type { Step } from './steps.ts'
import { writeReply } from './write-reply.ts'

const askedSchema = z.looseObject({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: z.unknown() })),
  tools: z.array(z.looseObject({ function: z.looseObject({ name: z.string() }) })).optional(),
  response_format: z.unknown().optional(),
  max_tokens: z.number().optional(),
  // Ollama's own API.
  options: z.looseObject({ num_ctx: z.number().optional(), num_predict: z.number().optional() }).optional(),
  truncate: z.boolean().optional(),
  format: z.unknown().optional(),
  stream: z.boolean().optional(),
  stream_options: z.looseObject({ include_usage: z.boolean().optional() }).optional(),
})
/** One chat call as it came in. */
export type Asked = z.infer<typeof askedSchema> & { text: string; headers: Record<string, string> }

export interface Script {
  /** What the model answers; `call` counts from 1. */
  reply(asked: Asked, call: number): Step | Step[] | Promise<Step | Step[]>
  models?: Partial<ScriptedModel>[]
  /** The only key that is good; left out: any. OpenRouter lists its models without one. */
  key?(): string
  /** Bytes per write, to cut characters and frames in their middle. */
  bytesPerWrite?: number
  /** Pages of the server's own, before the dialect's: OpenRouter's `/generation` is settled here. */
  page?(path: string, body: string): unknown
}

export interface DialectServer {
  /** With `/v1`, as a person would type it. */
  baseUrl: string
  /** Chat calls, in order. */
  asked: Asked[]
  /** Chat calls whose reader went away before the answer ended. */
  abandoned(): number
  close(): Promise<void>
}

/** A small program on loopback that speaks one provider's dialect as scripted. It says nothing about any model. */
export async function openDialectServer(name: DialectName, script: Script): Promise<DialectServer> {
  const dialect = dialects[name]
  const asked: Asked[] = []
  let abandoned = 0
  const models = (script.models ?? [{}]).map((model) => ({ ...scriptedModel, ...model }))

  async function handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const path = (request.url ?? '').split('?')[0] ?? ''
    const body = await readBody(request)
    const isOpen = name === 'openrouter' && path === '/v1/models'
    if (script.key && !isOpen && request.headers.authorization !== `Bearer ${script.key()}`) {
      response.statusCode = 401
      response.setHeader('content-type', 'application/json')
      response.end(
        JSON.stringify(dialect.errorBody({ status: 401, message: 'No auth', errorType: undefined })),
      )
      return
    }
    const isOllama = name === 'ollama' && path === '/api/chat'
    if (request.method !== 'POST' || !(isOllama || path === '/v1/chat/completions')) {
      const answer = (await script.page?.(request.url ?? '', body)) ?? nativeAnswer(name, path, models, body)
      response.statusCode = answer === null ? 404 : 200
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answer ?? { error: { message: 'not found' } }))
      return
    }
    response.on('close', () => {
      if (!response.writableFinished) abandoned += 1
    })
    const ask = readAsked(body, request)
    asked.push(ask)
    const model = models.find(({ id }) => id === ask.model) ?? models[0] ?? scriptedModel
    const steps = [await script.reply(ask, asked.length)].flat()
    if (isOllama) await answerOllamaChat({ ask, steps, model }, script.bytesPerWrite ?? null, response)
    else await answerChat({ ask, call: asked.length, steps, model, dialect, script, response })
  }

  const server = createServer((request, response) => {
    handle(request, response).catch(() => response.destroy())
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  const port = address !== null && typeof address === 'object' ? address.port : 0
  return {
    baseUrl: `http://127.0.0.1:${port}/v1`,
    asked,
    abandoned: () => abandoned,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function readAsked(body: string, request: IncomingMessage): Asked {
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
  )
  return { ...askedSchema.parse(JSON.parse(body)), text: body, headers }
}

interface ChatAnswer {
  ask: Asked
  call: number
  steps: Step[]
  model: ScriptedModel
  dialect: Dialect
  script: Script
  response: ServerResponse
}

async function answerChat({ ask, call, steps, model, dialect, script, response }: ChatAnswer): Promise<void> {
  const promptTokens = countTokens(JSON.stringify([ask.messages, ask.tools ?? []]))
  const isOver = promptTokens > model.contextTokens
  if (isOver && dialect.overflow === 'refused') {
    response.statusCode = 400
    response.setHeader('content-type', 'application/json')
    response.end(JSON.stringify(overflowBody(dialect, promptTokens, model.contextTokens)))
    return
  }
  const words = steps.map((step) => ('text' in step ? step.text : '')).join('')
  const counted = {
    promptTokens: Math.min(promptTokens, model.contextTokens),
    completionTokens: Math.max(1, countTokens(words)),
    costUsd: 0,
  }
  const prefix = dialect.name === 'openrouter' ? 'gen' : 'chatcmpl'
  await writeReply(
    steps,
    dialect,
    {
      id: `${prefix}-${call}`,
      model: ask.model,
      isStream: ask.stream === true,
      withUsage: ask.stream_options?.include_usage === true,
      counted,
      bytesPerWrite: script.bytesPerWrite ?? null,
    },
    response,
  )
}

function overflowBody(dialect: Dialect, promptTokens: number, contextTokens: number): unknown {
  if (dialect.name === 'llama-server') {
    return {
      error: {
        code: 400,
        message: 'the request exceeds the available context size, try increasing it',
        type: 'exceed_context_size_error',
        n_prompt_tokens: promptTokens,
        n_ctx: contextTokens,
      },
    }
  }
  const message = `Prompt has ${promptTokens} tokens, the context is ${contextTokens}`
  return dialect.errorBody({ status: 400, message, errorType: 'context_length_exceeded' })
}

async function readBody(request: IncomingMessage): Promise<string> {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece)
  return Buffer.concat(pieces).toString('utf8')
}
