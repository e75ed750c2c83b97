import type { LanguageModelV4 } from '@ai-sdk/provider'
import { generateText, type ModelMessage, type ToolSet } from 'ai'

/** What a step would send. */
export interface StepToCount {
  instructions: string
  messages: ModelMessage[]
  tools: ToolSet
  activeTools: string[]
}

/** Tokens of a step, counted by the server before it is sent. null: it did not say. Never throws. */
export async function exactCount(counter: LanguageModelV4, step: StepToCount): Promise<number | null> {
  try {
    const { usage } = await generateText({ ...step, model: counter, maxRetries: 0 })
    return usage.inputTokens ?? null
  } catch {
    return null
  }
}
