/** A suite measures one thing; its cases are files in `cases/<suite>/`. */
export interface Suite {
  name: string
  run(options: RunOptions): Promise<SuiteResult>
}

export interface RunOptions {
  /** A small share of every case, for every commit. */
  quick: boolean
  /** Hears a few words after each case. */
  progress(words: string): void
}

/** `hits` of `of`; a rate with nothing to count is left out. */
export interface Rate {
  hits: number
  of: number
}

export interface CaseResult {
  name: string
  /** Photos, questions, runs: what was tried. */
  n: number
  rates: Record<string, Rate>
  medianMs: number
}

export interface SuiteResult {
  suite: string
  cases: CaseResult[]
  /** Hard limits that were broken, one sentence each; empty is a pass. */
  broken: string[]
}

/** 95 % Wilson score interval of a proportion (Wilson 1927), as shares from 0 to 1. */
export function wilson({ hits, of }: Rate): { low: number; high: number } {
  if (of === 0) return { low: 0, high: 1 }
  const z = 1.959964
  const share = hits / of
  const centre = share + (z * z) / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}
