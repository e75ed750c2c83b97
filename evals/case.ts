/** A suite measures one thing; its cases are files in `cases/<suite>/`. */
export interface Suite {
  name: string
  /** Reads hundreds of photos: left out of `--offline`. */
  takesMinutes?: true
  /** Longer than the others: the sooner it starts, the sooner all is done. */
  startsFirst?: true
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
  /** Other ways to do the same, each on everything that the cases hold. */
  beside?: CaseResult[]
  /** Hard limits that were broken, one sentence each; empty is a pass. */
  broken: string[]
}
