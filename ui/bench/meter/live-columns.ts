import type { LiveRow } from '../../../agent/protocol/meters.ts'

/** What a live plot draws, column by column; nulls are gaps. Times are seconds before the newest sample. */
export interface Columns {
  seconds: number[]
  volts: (number | null)[]
  amperes: (number | null)[]
  watts: (number | null)[]
  dPlus: (number | null)[]
  dMinus: (number | null)[]
}

export const shownSeconds = 60
/** A hole in time that nobody told of, such as frames that were left out on a slow line. */
const holeMs = 500

/** The rows of the last minute: those held so far and what has come. Rows that are not newer are dropped. */
export function withRows(held: LiveRow[], fresh: LiveRow[]): LiveRow[] {
  const lastMs = held.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY
  const newer = fresh.filter(([timeMs]) => timeMs > lastMs)
  const firstMs = newer[0]?.[0]
  const hole: LiveRow[] =
    firstMs !== undefined && Number.isFinite(lastMs) && firstMs - lastMs > holeMs
      ? [[lastMs + 1, null, null, null, null]]
      : []
  const all = [...held, ...hole, ...newer]
  const oldestMs = (all.at(-1)?.[0] ?? 0) - shownSeconds * 1000
  const from = all.findIndex(([timeMs]) => timeMs >= oldestMs)
  return from <= 0 ? all : all.slice(from)
}

export function columnsOf(rows: LiveRow[]): Columns {
  const lastMs = rows.at(-1)?.[0] ?? 0
  const column = (at: number) => rows.map((row) => row[at] ?? null)
  const [volts, amperes] = [column(1), column(2)]
  return {
    seconds: rows.map(([timeMs]) => (timeMs - lastMs) / 1000),
    volts,
    amperes,
    watts: volts.map((value, at) => product(value, amperes[at] ?? null)),
    dPlus: column(3),
    dMinus: column(4),
  }
}

function product(one: number | null, other: number | null): number | null {
  return one === null || other === null ? null : one * other
}
