import type { LanguageModelV4 } from '@ai-sdk/provider'

/** What a model proved when it was asked; routing reads this, never a name. */
export interface Capabilities {
  /** `whole`: its tool calls only arrive complete when the answer is not streamed. */
  tools: 'no' | 'whole' | 'streamed'
  /** Keeps to a JSON schema even against the prompt. */
  schema: boolean
  /** Height of the smallest capital letters that it read from a picture; null: it reads no pictures. */
  smallestTextPixels: number | null
  /** What the server loaded, not what the model could; null: nobody says. */
  windowTokens: number | null
  /** The server counts a prompt exactly before it is sent. */
  countsTokens: boolean
  logprobs: boolean
  tokensPerSecond: number | null
}

export interface Price {
  inputUsdPerMillion: number
  outputUsdPerMillion: number
  imageUsd: number
  /** For every call, however short; left out: nothing. */
  requestUsd?: number
}

/** What a person knows better than the probe, from the providers file. */
export const quirks = ['no-tools', 'whole-tools', 'no-schema', 'no-pictures', 'no-thinking'] as const
export type Quirk = (typeof quirks)[number]

/** A model that can answer a turn. `key` names it in the store and survives a restart. */
export interface ModelEntry {
  /** `commands`, or `<provider>/<model id>`. */
  key: string
  /** As people see it: "Commands", "gemma4:e4b (Ollama)". */
  name: string
  where: 'commands' | 'local' | 'cloud'
  /** 0 Commands, 1 local, 2 small in the cloud, 3 strong in the cloud. */
  tier: number
  /** null: Commands, which needs none. */
  capabilities: Capabilities | null
  /** null: nobody says what it costs. */
  price: Price | null
  quirks: Quirk[]
  model: LanguageModelV4
}

export interface ModelChoice {
  entry: ModelEntry
  /** One sentence for the person. */
  why: string
}
