import { estimateTokens } from '../context/estimate-tokens.ts'
import type { ModelEntry } from '../models/model-entry.ts'

/** Why a model was passed over or left. */
export type Reason =
  /** A person chose another. */
  | 'override'
  | 'ctx_overflow'
  | 'no_vision'
  | 'no_tools'
  | 'schema_fail'
  | 'tool_fail'
  | 'empty'
  | 'truncated'
  | 'timeout'
  | 'failed'
  /** It could not tell what a message asks for. */
  | 'low_conf'
  /** What it said stands against what it read. */
  | 'conflict'
  /** A person asked the same again after its answer. */
  | 'user_retry'
  | 'budget_block'
  | 'privacy_block'

export interface WhyNot {
  reason: Reason
  /** Completes "<model>: …"; no full stop. */
  words: string
}

/** What the models are measured against. */
export interface Measure {
  text: string
  needsTools: boolean
  keepLocal: boolean
  /** Of the model whose answer did not do: only stronger ones are asked; null: this is asked for the first time. */
  tooWeakTier: number | null
  /** null: the caps allow it. */
  tooDear(entry: ModelEntry): string | null
}

/** Instructions, a few tools and an answer, at the least. */
const roomTokens = 1200
const margin = 1.25

/** Comes before any weighing: what is not eligible is not cheap either. null: it may answer. */
export function whyNotEligible(entry: ModelEntry, measure: Measure): WhyNot | null {
  const { capabilities } = entry
  if (measure.keepLocal && entry.where === 'cloud')
    return { reason: 'privacy_block', words: 'what you ask stays on this network' }
  if (measure.tooWeakTier !== null && entry.tier <= measure.tooWeakTier)
    return { reason: 'user_retry', words: 'you asked the same again after an answer of its strength' }
  if (measure.needsTools && capabilities?.tools === 'no')
    return { reason: 'no_tools', words: 'it calls no tools, so it cannot look anything up' }
  const window = capabilities?.windowTokens
  if (window && estimateTokens(measure.text) * margin + roomTokens > window)
    return { reason: 'ctx_overflow', words: `it reads ${window.toLocaleString('en-US')} tokens at a time` }
  const dear = entry.where === 'cloud' ? measure.tooDear(entry) : null
  return dear === null ? null : { reason: 'budget_block', words: dear }
}

/** Who may not see a photo. null: it may, and reads pictures. */
export function whyNotShown(
  { where, capabilities }: ModelEntry,
  { keepLocal, photosToCloud }: { keepLocal: boolean; photosToCloud: boolean },
): WhyNot | null {
  if (where === 'cloud' && (keepLocal || !photosToCloud))
    return { reason: 'privacy_block', words: 'photos stay on this network' }
  return capabilities?.smallestTextPixels == null
    ? { reason: 'no_vision', words: 'it reads no pictures' }
    : null
}
