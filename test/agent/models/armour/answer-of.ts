import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import type {
  LanguageModelV4,
  LanguageModelV4CallOptions,
  LanguageModelV4FunctionTool,
  LanguageModelV4StreamPart,
} from '@ai-sdk/provider'
import { describeFailure } from '../../../../agent/models/model-failure.ts'

/** What a person and the loop get of one answer. */
export interface Answer {
  text: string
  /** Name and arguments; arguments that are no JSON stay text. */
  calls: [name: string, input: unknown][]
  finish: string
  failure: string | null
}

const tool = (
  name: string,
  title: string,
  readOnly: boolean,
  types: Record<string, 'string' | 'integer' | 'boolean'>,
): LanguageModelV4FunctionTool => ({
  ...{ type: 'function', name, description: title },
  inputSchema: {
    type: 'object',
    properties: Object.fromEntries(Object.entries(types).map(([key, type]) => [key, { type }])),
  },
  providerOptions: { hwlab: { readOnly, title } },
})

export const tools = [
  tool('netbox_find_item', 'Find an item', true, { text: 'string', limit: 'integer', loose: 'boolean' }),
  tool('netbox_propose_record', 'Propose the record', false, { item_id: 'string' }),
]

export function plainModel(baseUrl: string): LanguageModelV4 {
  return createOpenAICompatible({ name: 'test', baseURL: baseUrl, includeUsage: true }).chatModel('scripted')
}

export const question = (text: string): LanguageModelV4CallOptions['prompt'] => [
  { role: 'user', content: [{ type: 'text', text }] },
]

export async function streamedParts(
  model: LanguageModelV4,
  options: Partial<LanguageModelV4CallOptions> = {},
): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await model.doStream({ prompt: question('what do I own?'), tools, ...options })
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

export async function streamedAnswer(
  model: LanguageModelV4,
  options: Partial<LanguageModelV4CallOptions> = {},
): Promise<Answer> {
  try {
    return answerIn(await streamedParts(model, options))
  } catch (error) {
    return { text: '', calls: [], finish: 'error', failure: describeFailure(error).words }
  }
}

export async function wholeAnswer(
  model: LanguageModelV4,
  options: Partial<LanguageModelV4CallOptions> = {},
): Promise<Answer> {
  try {
    const result = await model.doGenerate({ prompt: question('what do I own?'), tools, ...options })
    const text = result.content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    const calls = result.content.flatMap((part): Answer['calls'] =>
      part.type === 'tool-call' ? [[part.toolName, parsed(part.input)]] : [],
    )
    return { text, calls, finish: result.finishReason.unified, failure: null }
  } catch (error) {
    return { text: '', calls: [], finish: 'error', failure: describeFailure(error).words }
  }
}

export function answerIn(parts: LanguageModelV4StreamPart[]): Answer {
  const answer: Answer = { text: '', calls: [], finish: 'none', failure: null }
  for (const part of parts) {
    if (part.type === 'text-delta') answer.text += part.delta
    else if (part.type === 'tool-call') answer.calls.push([part.toolName, parsed(part.input)])
    else if (part.type === 'finish') answer.finish = part.finishReason.unified
    else if (part.type === 'error') answer.failure ??= describeFailure(part.error).words
  }
  return answer
}

function parsed(input: string): unknown {
  try {
    return JSON.parse(input)
  } catch {
    return input
  }
}
