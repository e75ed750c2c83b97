import type {
  LanguageModelV4CallOptions,
  LanguageModelV4Message,
  LanguageModelV4Prompt,
} from '@ai-sdk/provider'

/**
 * The words of chat templates. Some servers read them as control tokens wherever they stand (ollama/ollama#15931,
 * ggml-org/llama.cpp#26273), so that a web page or a label could open a turn of its own.
 */
const templateWords = [
  ...[/<(?=[|｜/]*[|｜][\w"\\/])/g, /<(?=\w{2,24}[|｜]>)/g],
  /<(?=\/?(?:start_of_turn|end_of_turn|bos|eos|pad|think|thinking|tool_call|tool_calls|tool_response|function_calls|start_of_image|end_of_image|image_soft_token|unused\d+|s)>)/g,
  /<(?=(?:function|parameter)=|invoke name=)/g,
  /\[(?=\/?(?:INST|TOOL_CALLS|TOOL_RESULTS|AVAILABLE_TOOLS|SYSTEM_PROMPT|THINK|ARGS)\])/g,
]

/** The text with a gap in every word that a chat template could take for its own; people still read it. */
export function withoutTemplateWords(text: string): string {
  return templateWords.reduce((safe, word) => safe.replace(word, (opening) => `${opening} `), text)
}

/** The call with everything that others wrote made harmless. Our instructions stay as they are, byte for byte. */
export function safeCall(options: LanguageModelV4CallOptions): LanguageModelV4CallOptions {
  const { prompt, tools, responseFormat } = options
  return {
    ...options,
    prompt: safePrompt(prompt),
    ...(tools ? { tools: tools.map(safeTool) } : {}),
    // A grammar for the form keeps the words of a tool call from being said at all (modelship-ai/modelship#71).
    ...(responseFormat?.type === 'json' && tools && tools.length > 0
      ? { responseFormat: { type: 'text' as const } }
      : {}),
  }
}

type Tool = NonNullable<LanguageModelV4CallOptions['tools']>[number]

/** Servers that others run describe their tools themselves. */
function safeTool(tool: Tool): Tool {
  if (tool.type !== 'function' || tool.description === undefined) return tool
  return { ...tool, description: withoutTemplateWords(tool.description) }
}

function safePrompt(prompt: LanguageModelV4Prompt): LanguageModelV4Prompt {
  return prompt.map(safeMessage)
}

function safeMessage(message: LanguageModelV4Message): LanguageModelV4Message {
  if (message.role === 'system') return message
  if (message.role === 'user') {
    return {
      ...message,
      content: message.content.map((part) => (part.type === 'text' ? safeText(part) : part)),
    }
  }
  if (message.role === 'assistant') {
    return {
      ...message,
      content: message.content.map((part) =>
        part.type === 'text' || part.type === 'reasoning' ? safeText(part) : safeArguments(part),
      ),
    }
  }
  return {
    ...message,
    content: message.content.map((part) =>
      part.type === 'tool-result' && (part.output.type === 'text' || part.output.type === 'error-text')
        ? { ...part, output: { ...part.output, value: withoutTemplateWords(part.output.value) } }
        : part,
    ),
  }
}

type AssistantPart = Extract<LanguageModelV4Message, { role: 'assistant' }>['content'][number]

/** Models copy what they read into their calls, and templates write the calls out again. */
function safeArguments(part: AssistantPart): AssistantPart {
  if (part.type !== 'tool-call') return part
  return { ...part, input: JSON.parse(withoutTemplateWords(JSON.stringify(part.input ?? {}))) }
}

function safeText<PART extends { text: string }>(part: PART): PART {
  return { ...part, text: withoutTemplateWords(part.text) }
}
