import { type Energy, openEnergy } from './energy.ts'
import type { MeterClock } from './meter-clock.ts'
import type { MeterSession } from './meter-session.ts'
import type { Reading } from './packet.ts'

/** Unix milliseconds, volts, amperes, volts on D+ and D−; nulls stand for time without samples. */
export type LiveRow = [timeMs: number, ...values: (number | null)[]]

/** What has come since the frame before. */
export interface MeterFrame {
  key: string
  rows: LiveRow[]
  latest: Reading | null
  energy: Energy
}

export interface LiveFeed {
  /** Calls `onFrame` at most ten times a second. `history`: the last minute, thinned. Looking keeps the meter running. */
  watch(onFrame: (frame: MeterFrame) => void): { history: LiveRow[]; stop(): void }
}

const frameEveryMs = 100
const historyRows = 6000
const historyEvery = 4

export function openLiveFeed(deps: { key: string; session: MeterSession; clock: MeterClock }): LiveFeed {
  const { key, session, clock } = deps
  const watchers = new Set<(frame: MeterFrame) => void>()
  let energy = openEnergy()
  let past: LiveRow[] = []
  let fresh: LiveRow[] = []
  let latest: Reading | null = null
  let endUse: (() => void) | null = null
  let cancel = () => {}

  function begin(): void {
    energy = openEnergy()
    past = []
    fresh = []
    latest = null
    const toTimeOfDayMs = clock.nowMs() - clock.steadyMs()
    endUse = session.use((samples, gap) => {
      if (gap) fresh.push([gap.fromMs + toTimeOfDayMs, null, null, null, null])
      for (const sample of samples) {
        energy.add(sample)
        const { volts, amperes, dPlusVolts, dMinusVolts } = sample
        fresh.push([sample.atMs + toTimeOfDayMs, volts, amperes, dPlusVolts, dMinusVolts])
        latest = sample
      }
    })
    frameLater()
  }
  function frameLater(): void {
    cancel = clock.after(frameEveryMs, () => {
      if (fresh.length > 0) sendFrame()
      frameLater()
    })
  }
  function sendFrame(): void {
    const frame = { key, rows: fresh, latest, energy: energy.now() }
    past = [...past.slice(Math.max(0, past.length + fresh.length - historyRows)), ...fresh]
    fresh = []
    for (const onFrame of watchers) onFrame(frame)
  }

  return {
    watch(onFrame) {
      const own = (frame: MeterFrame) => onFrame(frame)
      watchers.add(own)
      if (!endUse) begin()
      const history = past.filter((row, at) => at % historyEvery === 0 || row[1] === null)
      return {
        history,
        stop() {
          watchers.delete(own)
          if (watchers.size > 0) return
          cancel()
          endUse?.()
          endUse = null
        },
      }
    },
  }
}
