import type { Fault, ScriptedUsage } from './steps.ts'

/**
 * How each server writes an answer. Sources: llama.cpp tools/server/README.md and server-task.cpp; ollama openai/openai.go;
 * lmstudio-ai/docs 3_openai-compat; jundot/omlx omlx/server.py and issues 839, 1478, 2074; ml-explore/mlx-lm mlx_lm/server.py;
 * OpenRouterTeam/docs api_reference/{overview,streaming,errors-and-debugging}.mdx.
 */
export type DialectName = 'llama-server' | 'ollama' | 'lm-studio' | 'omlx' | 'mlx-lm' | 'openrouter'

export interface Dialect {
  name: DialectName
  /** Fields around the choices of a chunk or an answer, in the order of the server. */
  frame(choices: unknown[], about: { id: string; model: string; object: string }): Record<string, unknown>
  /** The delta that opens an answer; null: none is sent. */
  opening: Record<string, unknown> | null
  /** Repeated in every delta. */
  everyDelta: Record<string, unknown>
  reasoningField: 'reasoning' | 'reasoning_content'
  /** Arguments of a call come in pieces, or the call comes in one chunk. */
  callsInPieces: boolean
  /** Fields of a choice beside index, delta and finish_reason. */
  choiceFields(finish: string | null): Record<string, unknown>
  /** Sent before the first word and while nothing else is said. */
  keepAlive(about: { id: string; model: string }): string | null
  usage(counts: Required<ScriptedUsage>): Record<string, unknown>
  /** Choices of the chunk that carries the usage. */
  usageChoices: unknown[]
  errorBody(fault: { status: number; message: string; errorType: string | undefined }): unknown
  /** The event of an error in the middle of a stream, framing included. */
  errorEvent(fault: Extract<Fault, { kind: 'error-event' }>, about: { id: string; model: string }): string
  /** A prompt that does not fit: refused with this body, or cut without a word. */
  overflow: 'refused' | 'silent'
}

const seconds = 1_760_000_000
const plainCounts = (counts: Required<ScriptedUsage>) => ({
  prompt_tokens: counts.promptTokens,
  completion_tokens: counts.completionTokens,
  total_tokens: counts.promptTokens + counts.completionTokens,
})
const cachedCounts = (counts: Required<ScriptedUsage>) => ({
  ...plainCounts(counts),
  prompt_tokens_details: { cached_tokens: 0 },
})
const event = (body: unknown) => `data: ${JSON.stringify(body)}\n\n`
const noFields = () => ({})

const llamaServer: Dialect = {
  name: 'llama-server',
  frame: (choices, { id, model, object }) => ({
    ...{ choices, created: seconds, id, model, system_fingerprint: 'b6700-f6b4af3d0' },
    ...{ object },
  }),
  opening: { role: 'assistant', content: null },
  everyDelta: {},
  reasoningField: 'reasoning_content',
  callsInPieces: true,
  choiceFields: noFields,
  keepAlive: () => null,
  usage: cachedCounts,
  usageChoices: [],
  errorBody: ({ status, message, errorType }) => ({
    error: {
      code: status,
      message,
      type: errorType ?? (status === 503 ? 'unavailable_error' : 'server_error'),
    },
  }),
  // Builds of 2025 wrote the SSE field `error:`, newer ones write `data: {"error":…}`.
  errorEvent: ({ status, message, errorType }) =>
    event({ error: { code: status, message, type: errorType ?? 'server_error' } }),
  overflow: 'refused',
}

const ollama: Dialect = {
  name: 'ollama',
  frame: (choices, { id, model, object }) => ({
    ...{ id, object, created: seconds, model, system_fingerprint: 'fp_ollama', choices },
  }),
  opening: null,
  everyDelta: { role: 'assistant', content: '' },
  reasoningField: 'reasoning',
  callsInPieces: false,
  choiceFields: noFields,
  keepAlive: () => null,
  usage: plainCounts,
  usageChoices: [],
  errorBody: ({ status, message }) => ({
    error: { message, type: status === 404 ? 'not_found_error' : 'api_error', param: null, code: null },
  }),
  errorEvent: ({ message }) => event({ error: { message, type: 'api_error', param: null, code: null } }),
  overflow: 'silent',
}

const lmStudio: Dialect = {
  name: 'lm-studio',
  frame: (choices, { id, model, object }) => ({
    ...{ id, object, created: seconds, model, system_fingerprint: model, choices },
  }),
  opening: { role: 'assistant' },
  everyDelta: {},
  reasoningField: 'reasoning_content',
  callsInPieces: true,
  choiceFields: () => ({ logprobs: null }),
  keepAlive: () => null,
  usage: plainCounts,
  usageChoices: [],
  errorBody: ({ message }) => ({ error: message }),
  errorEvent: ({ message }) => `event: error\n${event({ error: { message } })}`,
  overflow: 'silent',
}

const omlx: Dialect = {
  name: 'omlx',
  frame: (choices, { id, model, object }) => ({ id, object, created: seconds, model, choices }),
  opening: { role: 'assistant' },
  everyDelta: {},
  reasoningField: 'reasoning_content',
  callsInPieces: false,
  choiceFields: noFields,
  // Issue 1478: since 0.3.9 a whole chunk, with ids of its own, instead of a comment.
  keepAlive: () =>
    event({
      ...{ id: 'chatcmpl-keepalive', object: 'chat.completion.chunk', created: 0, model: 'keepalive' },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: null }],
    }),
  usage: cachedCounts,
  usageChoices: [],
  errorBody: ({ message, errorType, status }) => ({
    error: { message, type: errorType ?? 'invalid_request_error', param: null, code: String(status) },
  }),
  errorEvent: ({ message }) => event({ error: { message, type: 'server_error', code: null } }),
  overflow: 'refused',
}

const mlxLm: Dialect = {
  name: 'mlx-lm',
  frame: (choices, { id, model, object }) => ({
    ...{ id, system_fingerprint: '0.31.0-0.30.6-macOS-26.1-arm64', object, model, created: seconds, choices },
  }),
  opening: null,
  everyDelta: { role: 'assistant', content: '', reasoning: '', tool_calls: [] },
  reasoningField: 'reasoning',
  callsInPieces: false,
  choiceFields: noFields,
  keepAlive: () => ': keepalive 512/2048\n\n',
  usage: cachedCounts,
  usageChoices: [],
  errorBody: ({ message }) => ({ error: message }),
  // It only closes the connection; nothing is written.
  errorEvent: () => '',
  overflow: 'silent',
}

const openRouter: Dialect = {
  name: 'openrouter',
  frame: (choices, { id, model, object }) => ({
    ...{ id, provider: 'Weights and Biases', model, object, created: seconds, choices },
  }),
  opening: { role: 'assistant', content: '' },
  everyDelta: { role: 'assistant' },
  reasoningField: 'reasoning',
  callsInPieces: true,
  choiceFields: (finish) => ({ native_finish_reason: finish, logprobs: null }),
  keepAlive: () => ': OPENROUTER PROCESSING\n\n',
  usage: (counts) => ({
    ...plainCounts(counts),
    ...{ cost: counts.costUsd, is_byok: false },
    prompt_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
    cost_details: { upstream_inference_cost: counts.costUsd },
    completion_tokens_details: { reasoning_tokens: 0 },
  }),
  usageChoices: [
    {
      ...{ index: 0, delta: { role: 'assistant', content: '' } },
      ...{ finish_reason: null, native_finish_reason: null, logprobs: null },
    },
  ],
  errorBody: ({ status, message, errorType }) => ({
    error: { message, code: status, ...(errorType ? { metadata: { error_type: errorType } } : {}) },
    user_id: 'user_test',
  }),
  errorEvent: ({ status, message, errorType }, { id, model }) =>
    event({
      ...{ id, object: 'chat.completion.chunk', created: seconds, model, provider: 'Weights and Biases' },
      error: { code: status, message, metadata: { error_type: errorType ?? 'provider_unavailable' } },
      choices: [{ index: 0, delta: { content: '' }, finish_reason: 'error' }],
    }),
  overflow: 'refused',
}

export const dialects: Record<DialectName, Dialect> = {
  'llama-server': llamaServer,
  ollama,
  'lm-studio': lmStudio,
  omlx,
  'mlx-lm': mlxLm,
  openrouter: openRouter,
}
