import type { Clock } from '../clock.ts'
import type { TokenCorrectionsTable } from '../store/token-corrections.ts'

/** The newest call counts for this much. */
const weight = 0.3
/** Beyond these a report says something about the server (what it had in its cache, say), not about its tokenizer. */
const factorMin = 0.7
const factorMax = 2.5
const smallestReportTokens = 256
const samplesToTrust = 3
/** Held-out texts of one kind are up to a fifth denser than the mix that was learned from. */
const marginUnlearned = 1.25
const marginLearned = 1.15
/** No server's window is smaller; a prompt below it cannot have been cut. */
const smallestWindowTokens = 1500

/** How many tokens of one model an estimated token is, learned from what its server reports after each call. */
export interface LearnedTokens {
  /** The model's tokens for an estimate; as likely too many as too few. */
  expected(estimate: number): number
  /** The estimate that stays below `tokens` of the model, with a margin. */
  estimateWithin(tokens: number): number
  /** The server read clearly fewer tokens than were sent. */
  isTooFew(reportedTokens: number, estimate: number): boolean
  learn(reportedTokens: number, estimate: number): void
}

export function learnedTokens(
  modelKey: string,
  { corrections, clock }: { corrections: TokenCorrectionsTable; clock: Clock },
): LearnedTokens {
  let { factor, samples } = corrections.get(modelKey) ?? { factor: 1, samples: 0 }
  const isLearned = () => samples >= samplesToTrust
  const expected = (estimate: number) => estimate * factor
  return {
    expected,
    estimateWithin: (tokens) => tokens / (factor * (isLearned() ? marginLearned : marginUnlearned)),
    isTooFew(reportedTokens, estimate) {
      const atLeast = isLearned() ? 0.85 : 0.6
      if (reportedTokens < smallestReportTokens || expected(estimate) < smallestWindowTokens) return false
      return reportedTokens < atLeast * expected(estimate)
    },
    learn(reportedTokens, estimate) {
      const ratio = reportedTokens / estimate
      if (reportedTokens < smallestReportTokens || ratio < factorMin || ratio > factorMax) return
      factor += (samples === 0 ? 1 : weight) * (ratio - factor)
      samples += 1
      corrections.put({ modelKey, factor, samples, updatedAtMs: clock.nowMs() })
    },
  }
}
