import type { LanguageModelV4 } from '@ai-sdk/provider'

/** A model that can answer a turn. `key` names it in the store and survives a restart. */
export interface ModelEntry {
  /** `commands`, or `<provider>/<model id>`. */
  key: string
  /** As people see it: "Commands", "gemma4:e4b (Ollama)". */
  name: string
  where: 'commands' | 'local' | 'cloud'
  model: LanguageModelV4
}

export interface ModelChoice {
  entry: ModelEntry
  /** One sentence for the person. */
  why: string
}
