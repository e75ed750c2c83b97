import { estimateTokens } from '../context/estimate-tokens.ts'
import type { ModelEntry } from '../models/model-entry.ts'

/** Why a model was passed over or left. */
export type Reason =
  | 'override'
  | 'ctx_overflow'
  | 'no_tools'
  | 'schema_fail'
  | 'tool_fail'
  | 'empty'
  | 'truncated'
  | 'timeout'
  | 'failed'
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
  if (measure.needsTools && capabilities?.tools === 'no')
    return { reason: 'no_tools', words: 'it calls no tools, so it cannot look anything up' }
  const window = capabilities?.windowTokens
  if (window && estimateTokens(measure.text) * margin + roomTokens > window)
    return { reason: 'ctx_overflow', words: `it reads ${window.toLocaleString('en-US')} tokens at a time` }
  const dear = entry.where === 'cloud' ? measure.tooDear(entry) : null
  return dear === null ? null : { reason: 'budget_block', words: dear }
}
