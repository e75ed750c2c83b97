import type {
  LanguageModelV4CallOptions,
  LanguageModelV4FilePart,
  LanguageModelV4Message,
  LanguageModelV4ToolResultPart,
} from '@ai-sdk/provider'

/** Ollama's own five minutes are shorter than a walk to the shelf and back. */
const keepAlive = '30m'

/**
 * The body of `POST /api/chat`. `num_ctx` is always the same for a model: another one loads it anew. `truncate` and `shift` off make a
 * prompt that does not fit an error instead of a shorter prompt. Source: ollama/ollama api/types.go, `ChatRequest`.
 */
export function chatRequest(modelId: string, windowTokens: number, options: LanguageModelV4CallOptions) {
  const { tools, toolChoice, responseFormat, reasoning } = options
  const offered = toolChoice?.type === 'none' ? [] : (tools ?? [])
  return {
    model: modelId,
    messages: options.prompt.flatMap(toMessages),
    ...(offered.length > 0 ? { tools: offered.flatMap(toTool) } : {}),
    ...(responseFormat?.type === 'json' ? { format: responseFormat.schema ?? 'json' } : {}),
    // A small machine thinks for a minute before its first word.
    think: reasoning !== undefined && reasoning !== 'provider-default' && reasoning !== 'none',
    ...{ truncate: false, shift: false, keep_alive: keepAlive },
    options: {
      ...{ num_ctx: windowTokens, num_predict: options.maxOutputTokens },
      ...{ temperature: options.temperature, top_p: options.topP, top_k: options.topK },
      ...{ stop: options.stopSequences, seed: options.seed },
      ...{ presence_penalty: options.presencePenalty, frequency_penalty: options.frequencyPenalty },
    },
  }
}

type ToolOffer = NonNullable<LanguageModelV4CallOptions['tools']>[number]

function toTool(tool: ToolOffer) {
  if (tool.type !== 'function') return []
  const { name, description = '', inputSchema } = tool
  return [{ type: 'function', function: { name, description, parameters: inputSchema } }]
}

function toMessages(message: LanguageModelV4Message): Record<string, unknown>[] {
  if (message.role === 'system') return [{ role: 'system', content: message.content }]
  if (message.role === 'user') {
    const images = message.content.flatMap((part) => (part.type === 'file' ? toImage(part) : []))
    const content = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('\n')
    return [{ role: 'user', content, ...(images.length > 0 ? { images } : {}) }]
  }
  if (message.role === 'tool')
    return message.content.flatMap((part) => (part.type === 'tool-result' ? [toResult(part)] : []))
  // What it thought before is not sent again.
  const content = message.content.flatMap((part) => (part.type === 'text' ? [part.text] : [])).join('')
  const calls = message.content.flatMap((part) =>
    part.type === 'tool-call'
      ? [{ id: part.toolCallId, function: { name: part.toolName, arguments: objectOf(part.input) } }]
      : [],
  )
  return [{ role: 'assistant', content, ...(calls.length > 0 ? { tool_calls: calls } : {}) }]
}

function toResult({ toolCallId, toolName, output }: LanguageModelV4ToolResultPart) {
  const words =
    output.type === 'execution-denied' ? (output.reason ?? 'Refused.') : 'value' in output ? output.value : ''
  const content = typeof words === 'string' ? words : JSON.stringify(words)
  return { role: 'tool', tool_name: toolName, tool_call_id: toolCallId, content }
}

/** Base64 without a prefix. Ollama fetches no addresses, so none is ever sent. */
function toImage({ data, mediaType }: LanguageModelV4FilePart): string[] {
  if (data.type !== 'data' || !mediaType.startsWith('image')) return []
  return [typeof data.data === 'string' ? data.data : Buffer.from(data.data).toString('base64')]
}

/** Ollama's templates read arguments as an object. */
function objectOf(input: unknown): unknown {
  if (typeof input !== 'string') return input ?? {}
  try {
    return JSON.parse(input)
  } catch {
    return {}
  }
}
