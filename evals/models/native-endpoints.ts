import type { DialectName } from './dialects.ts'

/** What the server says about its one model beside the chat API. */
export interface ScriptedModel {
  id: string
  /** What is loaded, in tokens; Ollama's own default is 4,096. */
  contextTokens: number
  contextTokensMax: number
  vision: boolean
  tools: boolean
  usdPerToken: { prompt: string; completion: string }
}

export const scriptedModel: ScriptedModel = {
  id: 'scripted',
  contextTokens: 8192,
  contextTokensMax: 131_072,
  vision: false,
  tools: true,
  usdPerToken: { prompt: '0.0000001', completion: '0.0000004' },
}

/** The answer to a GET (or a POST with `body`), or null where the server has no such page. */
export function nativeAnswer(
  dialect: DialectName,
  path: string,
  models: ScriptedModel[],
  body: string,
): unknown {
  if (path === '/v1/models') return { object: 'list', data: models.map((model) => listed(dialect, model)) }
  const [model] = models
  if (!model) return null
  const known: Record<DialectName, Record<string, () => unknown>> = {
    'llama-server': {
      '/props': () => ({
        default_generation_settings: { n_ctx: model.contextTokens },
        ...{ total_slots: 1, model_path: `/models/${model.id}.gguf`, build_info: 'b6700-f6b4af3d0' },
        modalities: { vision: model.vision, audio: false },
      }),
      '/health': () => ({ status: 'ok' }),
      '/tokenize': () => ({ tokens: Array.from({ length: countTokens(body) }, (_, at) => at) }),
      '/v1/chat/completions/input_tokens': () => ({
        object: 'response.input_tokens',
        input_tokens: countTokens(body),
      }),
    },
    ollama: {
      '/api/version': () => ({ version: '0.34.2' }),
      '/api/tags': () => ({ models: models.map(ollamaTag) }),
      '/api/ps': () => ({
        models: models.map((one) => ({ ...ollamaTag(one), context_length: one.contextTokens })),
      }),
      '/api/show': () => ({
        model_info: { 'general.architecture': 'gemma4', 'gemma4.context_length': model.contextTokensMax },
        capabilities: ollamaCapabilities(model),
      }),
    },
    'lm-studio': {
      '/api/v1/models': () => ({ models: models.map(lmStudioModel) }),
      '/api/v0/models': () => ({
        object: 'list',
        data: models.map((one) => ({
          ...{ id: one.id, object: 'model', type: one.vision ? 'vlm' : 'llm', state: 'loaded' },
          ...{ max_context_length: one.contextTokensMax, loaded_context_length: one.contextTokens },
        })),
      }),
    },
    omlx: {
      '/v1/models/status': () => ({
        models: models.map((one) => ({ id: one.id, loaded: true, max_context_window: one.contextTokens })),
      }),
    },
    'mlx-lm': { '/health': () => ({ status: 'ok' }) },
    openrouter: {
      '/v1/key': () => ({
        data: { limit: 5, limit_remaining: 4.2, usage_daily: 0.1, usage_monthly: 0.8, is_free_tier: false },
      }),
    },
  }
  return known[dialect][path]?.() ?? null
}

/** A rough count: four characters a token. Tests compare it with itself only. */
export function countTokens(body: string): number {
  return Math.ceil(body.length / 4)
}

function listed(dialect: DialectName, model: ScriptedModel): unknown {
  const plain = { id: model.id, object: 'model', created: 1_760_000_000 }
  if (dialect === 'mlx-lm' || dialect === 'omlx') return { ...plain, owned_by: 'local' }
  if (dialect === 'llama-server') {
    const modalities = model.vision ? ['text', 'image'] : ['text']
    return {
      ...{ ...plain, owned_by: 'llamacpp', meta: { n_ctx_train: model.contextTokensMax } },
      architecture: { input_modalities: modalities },
    }
  }
  if (dialect !== 'openrouter') return { ...plain, owned_by: 'library' }
  return {
    ...{ ...plain, context_length: model.contextTokens, pricing: { ...model.usdPerToken, image: '0' } },
    architecture: {
      input_modalities: model.vision ? ['text', 'image'] : ['text'],
      output_modalities: ['text'],
    },
    supported_parameters: model.tools
      ? ['tools', 'tool_choice', 'max_tokens', 'structured_outputs', 'response_format']
      : ['max_tokens'],
  }
}

function ollamaCapabilities(model: ScriptedModel): string[] {
  return ['completion', ...(model.tools ? ['tools'] : []), ...(model.vision ? ['vision'] : [])]
}

function ollamaTag(model: ScriptedModel) {
  return {
    ...{ name: model.id, model: model.id, digest: `sha-of-${model.id}`, size: 6_600_000_000 },
    details: { family: 'gemma4', parameter_size: '8B', quantization_level: 'Q4_0' },
    capabilities: ollamaCapabilities(model),
  }
}

function lmStudioModel(model: ScriptedModel) {
  return {
    ...{ type: 'llm', key: model.id, format: 'gguf', max_context_length: model.contextTokensMax },
    capabilities: { vision: model.vision, trained_for_tool_use: model.tools },
    loaded_instances: [{ id: model.id, config: { context_length: model.contextTokens } }],
  }
}
