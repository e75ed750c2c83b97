import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { Price, Quirk } from './model-entry.ts'

/** A server that speaks OpenAI's chat API. One row each; a new local server is one row more. */
export interface ModelServer {
  /** Begins the model's key in the store. */
  id: string
  name: string
  baseUrl: string
  apiKey: string | null
  where: 'local' | 'cloud'
  /** 1 local, 2 small in the cloud, 3 strong in the cloud. */
  tier: number
  /** Models that may be used; empty: every listed one. */
  only: string[]
  /** null: as the server lists it; local ones are free. */
  price: Price | null
  quirks: Quirk[]
  /** What Ollama shall load its models with; null: what it has loaded, or enough for a turn. Others are set at the server. */
  windowTokens: number | null
}

const onThisMachine = (id: string, name: string, port: number): ModelServer => ({
  ...{ id, name, where: 'local', tier: 1, apiKey: null, only: [], price: null, quirks: [] },
  windowTokens: null,
  baseUrl: `http://127.0.0.1:${port}/v1`,
})

/** Default ports, from each project's README; vLLM has oMLX's, mlx_lm.server has llama-server's. */
const localServers: ModelServer[] = [
  onThisMachine('ollama', 'Ollama', 11_434),
  onThisMachine('lm-studio', 'LM Studio', 1234),
  onThisMachine('omlx', 'oMLX', 8000),
  onThisMachine('llama-server', 'llama-server', 8080),
  onThisMachine('llama-server-9931', 'llama-server', 9931),
]

/** Its catalogue is long and costs money: only these are offered until a person names others in the providers file. */
const openRouterModels = [
  { tier: 2, only: ['google/gemma-4-26b-a4b-it'] },
  { tier: 3, only: ['google/gemma-4-31b-it'] },
]

/** Looked for without anybody naming it: its absence is no fault. */
export function isFoundByItself({ baseUrl }: ModelServer): boolean {
  return localServers.some((known) => known.baseUrl === baseUrl)
}

/** The named ones first; one that names the address of a known server takes its place. */
export function knownServers(named: ModelServer[], openRouterKey: string | null): ModelServer[] {
  const cloud = openRouterModels.map(
    ({ tier, only }): ModelServer => ({
      ...{ id: 'openrouter', name: 'OpenRouter', baseUrl: 'https://openrouter.ai/api/v1' },
      ...{ apiKey: openRouterKey, where: 'cloud', tier, only, price: null, quirks: [] },
      windowTokens: null,
    }),
  )
  const known = [...localServers, ...(openRouterKey === null ? [] : cloud)]
  const taken = new Set(named.map(placeOf))
  const ids = new Set(named.map(({ id }) => id))
  const found = known.filter((server) => !taken.has(placeOf(server)))
  return [...named, ...found.map((one) => (ids.has(one.id) ? { ...one, id: `${one.id}-found` } : one))]
}

/** Two names of this machine are one place. */
function placeOf({ baseUrl }: ModelServer): string {
  return baseUrl.replace(/^(https?:\/\/)(?:localhost|\[::1\])(?=[:/]|$)/i, '$1127.0.0.1')
}

/** The model as its server offers it, without protection. */
export function bareModel(
  server: ModelServer,
  modelId: string,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  const provider = createOpenAICompatible({
    name: server.id,
    baseURL: server.baseUrl,
    includeUsage: true,
    supportsStructuredOutputs: true,
    fetch,
    ...(server.apiKey === null ? {} : { apiKey: server.apiKey }),
    // The templates of Gemma 4 and Qwen 3 know this; llama-server, oMLX and vLLM hand it on to them.
    ...(server.quirks.includes('no-thinking')
      ? { transformRequestBody: (body) => ({ ...body, chat_template_kwargs: { enable_thinking: false } }) }
      : {}),
  })
  return provider.chatModel(modelId)
}
