/** How a model's window is shared out, in the model's own tokens. */
export interface Budget {
  windowTokens: number
  /** Kept free for the answer. */
  outputTokens: number
  /** Everything that is sent: instructions, tools, facts, history, the question. */
  promptTokens: number
  /** Of the prompt: the tools, together. */
  toolTokens: number
  /** Of the prompt: what the person had HWLab remember. */
  factTokens: number
  /** Of the prompt: one tool result when it comes in; the rest of it is on the shelf. */
  resultTokens: number
}

const outputTokensMax = 2048
/** A thinking model with less than this may end before its first word. */
const outputTokensMin = 768

export function budgetOf(windowTokens: number): Budget {
  const least = Math.min(outputTokensMin, windowTokens / 4)
  const outputTokens = Math.floor(Math.min(outputTokensMax, Math.max(least, windowTokens / 8)))
  return {
    windowTokens,
    outputTokens,
    promptTokens: windowTokens - outputTokens,
    toolTokens: Math.floor(windowTokens * (windowTokens < 8192 ? 0.35 : 0.5)),
    factTokens: Math.floor(Math.min(800, windowTokens * 0.08)),
    resultTokens: Math.floor(Math.min(1500, windowTokens * 0.18)),
  }
}
