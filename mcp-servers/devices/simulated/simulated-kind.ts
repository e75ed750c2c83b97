import type { SimulatedDevice } from '../bench/simulated-device.ts'
import type { MeterClock } from '../meters/meter-clock.ts'

/** A device that can be had as a program: a file in `kinds/`. */
export interface SimulatedKind {
  /** "meter"; its key on the bench is "simulated:meter". */
  id: string
  /** "Simulated FNB58 meter". */
  name: string
  /** "USB power meter". */
  kind: string
  start(clock: MeterClock): Promise<StartedDevice | { kind: 'not-possible'; why: string }>
}

export interface StartedDevice {
  kind: 'started'
  line: SimulatedDevice['line']
  /** Pulls its cable and ends the program. */
  stop(): Promise<void>
}
