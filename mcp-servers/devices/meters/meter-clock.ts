import type { Clock } from '../../serving/clock.ts'

export interface MeterClock extends Clock {
  /** Milliseconds that nobody sets: for stamps and for energy. */
  steadyMs(): number
}

export function meterClock(clock: Clock): MeterClock {
  return {
    nowMs: () => clock.nowMs(),
    after: (delayMs, action) => clock.after(delayMs, action),
    steadyMs: () => performance.now(),
  }
}
