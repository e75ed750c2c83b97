import type { ModelMessage } from 'ai'
import { measuredOnce } from '../measured-once.ts'
import { estimateTokens } from './estimate-tokens.ts'

/** What chat templates put around one message. */
const tokensPerMessage = 6
const tokensPerCall = 12
/** What Gemma 4 spends on a picture where nobody set another budget (ollama/ollama#15626). */
const tokensPerPicture = 280

const tokensOf = measuredOnce(estimateTokens)

/** Estimated tokens of one message as it is sent. */
export function sizeOfMessage({ content }: ModelMessage): number {
  if (typeof content === 'string') return tokensPerMessage + tokensOf(content)
  let tokens = tokensPerMessage
  for (const part of content) {
    if (part.type === 'text' || part.type === 'reasoning') tokens += tokensOf(part.text)
    else if (part.type === 'tool-call') {
      tokens += tokensPerCall + tokensOf(`${part.toolName}${JSON.stringify(part.input)}`)
    } else if (part.type === 'tool-result') {
      const { output } = part
      const text = 'value' in output ? output.value : output
      tokens += tokensPerCall + tokensOf(typeof text === 'string' ? text : JSON.stringify(text))
    } else tokens += tokensPerPicture
  }
  return tokens
}

/** Estimated tokens of one tool as a model reads it. */
export function sizeOfTool(tool: { name: string; description: string; inputSchema: unknown }): number {
  return tokensPerCall + tokensOf(`${tool.name} ${tool.description} ${JSON.stringify(tool.inputSchema)}`)
}
