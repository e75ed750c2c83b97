import { type Clock, systemClock } from '../../serving/clock.ts'

export interface MeterClock extends Clock {
  /** Milliseconds that nobody sets: for stamps and for energy. */
  steadyMs(): number
}

export function meterClock(clock: Clock = systemClock): MeterClock {
  return { nowMs: clock.nowMs, after: clock.after, steadyMs: () => performance.now() }
}
