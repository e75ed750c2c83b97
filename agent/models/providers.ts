import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelServerSetting } from '../config.ts'

/** A server that speaks OpenAI's chat API. One row each; a new local server is one row more. */
export interface ModelServer {
  /** Begins the model's key in the store. */
  id: string
  name: string
  baseUrl: string
  apiKey: string | null
  where: 'local' | 'cloud'
  /** Models that may be used without a list from the server; empty: every listed one. */
  only: string[]
}

const onThisMachine = (id: string, name: string, port: number): ModelServer => ({
  ...{ id, name, where: 'local', apiKey: null, only: [] },
  baseUrl: `http://127.0.0.1:${port}/v1`,
})

/** Default ports, from each project's README. */
export const knownLocalServers: ModelServer[] = [
  onThisMachine('ollama', 'Ollama', 11_434),
  onThisMachine('lm-studio', 'LM Studio', 1234),
  onThisMachine('omlx', 'oMLX', 8000),
  onThisMachine('llama-server', 'llama-server', 8080),
  onThisMachine('llama-server-9931', 'llama-server', 9931),
]

/** Its catalogue is long and costs money: only these are offered until a person names others in HWLAB_MODELS. */
const openRouterModels = ['google/gemma-4-26b-a4b-it', 'google/gemma-4-31b-it']

export function modelServers(config: {
  modelServers: ModelServerSetting[]
  openRouterKey: string | null
}): ModelServer[] {
  const named = config.modelServers.map((server) => ({
    ...server,
    id: server.name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
    only: [],
  }))
  const cloud: ModelServer[] = config.openRouterKey
    ? [
        {
          id: 'openrouter',
          name: 'OpenRouter',
          baseUrl: 'https://openrouter.ai/api/v1',
          apiKey: config.openRouterKey,
          where: 'cloud',
          only: openRouterModels,
        },
      ]
    : []
  return [...named, ...knownLocalServers, ...cloud]
}

export function languageModel(
  server: ModelServer,
  modelId: string,
  fetch: typeof globalThis.fetch,
): LanguageModelV4 {
  const provider = createOpenAICompatible({
    name: server.id,
    baseURL: server.baseUrl,
    includeUsage: true,
    fetch,
    ...(server.apiKey === null ? {} : { apiKey: server.apiKey }),
  })
  return provider.chatModel(modelId)
}
