import type { ModelEntry } from '../models/model-entry.ts'

/** How to give a model more room, by the server that runs it. Sources: docs of Ollama, LM Studio, llama.cpp and oMLX. */
const fixes: { server: RegExp; words: string }[] = [
  { server: /ollama/i, words: 'set OLLAMA_CONTEXT_LENGTH=8192 where Ollama starts, and start it again' },
  { server: /lm.?studio/i, words: 'load the model in LM Studio again with a context length of 8192' },
  { server: /llama/i, words: 'start llama-server with -c 8192' },
  { server: /omlx/i, words: 'raise the model’s context window in oMLX to 8192' },
]

const count = (tokens: number): string => Math.round(tokens).toLocaleString('en-US')

/** null: nobody but its owner can widen it. */
function fixOf(entry: ModelEntry): string | null {
  if (entry.where !== 'local') return null
  const fix = fixes.find(({ server }) => server.test(entry.key) || server.test(entry.name))
  return fix?.words ?? 'start its server with a context length of 8192 or more'
}

/** Follows the model's name, as every failure does. */
export function tooLongWords(neededTokens: number, promptTokens: number): string {
  return `your message with what belongs to it takes about ${count(neededTokens)} tokens and it has room for ${count(promptTokens)}`
}

export function nearlyFullWords(entry: ModelEntry, windowTokens: number): string {
  const fix = fixOf(entry)
  const more = fix === null ? '' : ` To give it more room, ${fix}.`
  return `${entry.name} reads ${count(windowTokens)} tokens at once, and this conversation nearly fills them: it no longer sees the oldest part from here on.${more} A new conversation starts empty.`
}

export function cutWords(entry: ModelEntry, windowTokens: number): string {
  const fix = fixOf(entry)
  const more = fix === null ? '' : ` To give it more room, ${fix}.`
  return `${entry.name} read only ${count(windowTokens)} tokens of what it was sent, so what it said was thrown away.${more}`
}
