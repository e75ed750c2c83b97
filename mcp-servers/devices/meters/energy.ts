import type { Sample } from './sample-times.ts'

/** What went through the meter since counting began. */
export interface Energy {
  wattHours: number
  ampereHours: number
  /** Time that is counted: with samples. */
  measuredMs: number
  /** Time without samples, which is not counted as energy. */
  missingMs: number
  gaps: number
}

const mostBetweenMs = 100
const hourMs = 3_600_000

/** Adds power times the time since the sample before. Time beyond 100 ms without a sample is a gap, never energy. */
export function openEnergy() {
  let lastMs: number | null = null
  const energy: Energy = { wattHours: 0, ampereHours: 0, measuredMs: 0, missingMs: 0, gaps: 0 }
  return {
    add({ atMs, volts, amperes }: Sample): void {
      const passedMs = lastMs === null ? 0 : Math.max(0, atMs - lastMs)
      const countedMs = Math.min(passedMs, mostBetweenMs)
      energy.wattHours += (volts * amperes * countedMs) / hourMs
      energy.ampereHours += (amperes * countedMs) / hourMs
      energy.measuredMs += countedMs
      if (passedMs > mostBetweenMs) {
        energy.missingMs += passedMs - mostBetweenMs
        energy.gaps += 1
      }
      lastMs = atMs
    },
    now: (): Energy => ({ ...energy }),
  }
}
