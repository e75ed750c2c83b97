/** One line of the table. `value` is a ratio against a bare library or a physical limit wherever there is one. */
export interface BenchRow {
  name: string
  value: number
  unit: string
  /** The budget in words (DESIGN's budgets). */
  budget: string
  ok: boolean
  note: string
}

/** What a file in `bench/rows/` exports. */
export interface Bench {
  name: string
  run(): Promise<BenchRow[]>
}
