import type { Price } from '../model-entry.ts'

/** What a server says about one of its models; null: nothing. Believed for windows, prices and builds, never for abilities of a local model. */
export interface ModelFacts {
  /** Changes with another build of the model or of the server. */
  version: string | null
  /** What is loaded now. */
  windowTokens: number | null
  /** What the model could hold. */
  windowTokensMax: number | null
  /** What every call over Ollama's own API asks for; null: it is asked over `/v1`. */
  ollamaWindowTokens: number | null
  price: Price | null
  claims: { tools: boolean; schema: boolean; pictures: boolean; logprobs: boolean } | null
}

export const noFacts: ModelFacts = {
  ...{ version: null, windowTokens: null, windowTokensMax: null, ollamaWindowTokens: null },
  ...{ price: null, claims: null },
}

/** A page of the server beside its chat API: `GET`, or `POST` with a body. null: it has no such page. Never throws. */
export type AskPage = (path: string, body?: unknown) => Promise<unknown>

/** A program that serves models, known by the pages that it has. */
export interface ServerSoftware {
  name: string
  /** By model id; null: it is another program. `ids`: the models that matter; `wishedTokens`: the window that a person wants for them. */
  read(
    ask: AskPage,
    ids: string[],
    wishedTokens: number | null,
  ): Promise<Map<string, Partial<ModelFacts>> | null>
  /** How to give a model a window of that many tokens. Completes "It serves 4,096 tokens: ". */
  windowFix(tokens: number, modelId: string): string
  /** Why its models may not call tools; null: nothing that can be set. */
  toolsFix: string | null
  /** How to let it see small print; null: it cannot be set. */
  pictureFix: string | null
}
