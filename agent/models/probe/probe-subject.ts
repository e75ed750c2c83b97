import type { LanguageModelV4 } from '@ai-sdk/provider'
import type { ModelFacts } from '../servers/server-software.ts'

/** What a step of the probe found, as a number: yes is 1, no is 0; null: it cannot be known. */
export interface Finding {
  name: FindingName
  value: number | null
}

export const findingNames = [
  /** 0 none, 1 only when the answer is not streamed, 2 streamed as well. */
  'tools',
  'schema',
  /** Height in pixels of the smallest capitals that it read; null: none. */
  'text-pixels',
  /** What the server said that it had loaded while the window was tried. */
  'window-claimed',
  /** Tokens after which a longer prompt was cut or refused; null: none was. */
  'window-cut',
  /** Tokens that it took whole. */
  'window-held',
  'prompt-tokens-per-second',
  'logprobs',
  'counts',
  'tokens-per-second',
] as const
export type FindingName = (typeof findingNames)[number]

export interface ProbeSubject {
  /** As the server answers: nothing is repaired in between. */
  model: LanguageModelV4
  /** What the server says now. */
  facts(): Promise<ModelFacts>
  /** A request of our own to a page beside the chat API's known fields; null: refused. Throws when nobody answers. */
  post(path: string, body: Record<string, unknown>): Promise<unknown>
  signal: AbortSignal
}

/** One thing that a model is asked to show. */
export interface ProbeStep {
  /** Completes "Trying gemma4: …". */
  words: string
  finds: readonly FindingName[]
  /** Also where answers cost money. */
  onCloud: boolean
  /** Throws when the model does not answer. */
  run(subject: ProbeSubject): Promise<Finding[]>
}

/** Thinking models need room before they say anything. */
export const probeTokensMax = 800
/** A local server may first have to load the model. */
const callTimeoutMs = 120_000

export function callLimits({ signal }: ProbeSubject) {
  return { maxRetries: 0, abortSignal: AbortSignal.any([signal, AbortSignal.timeout(callTimeoutMs)]) }
}
