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
  switches: readonly SimulatedSwitch[]
  start(clock: MeterClock): Promise<StartedDevice | { kind: 'not-possible'; why: string }>
}

/** Something that a person turns to see what HWLab makes of it. */
export interface SimulatedSwitch {
  id: string
  /** "Line". */
  name: string
  /** It stands at the first one when the device is plugged in. */
  positions: { id: string; name: string }[]
}

export interface StartedDevice {
  kind: 'started'
  line: SimulatedDevice['line']
  /** One of the kind’s own switches and positions. */
  turn(switchId: string, position: string): void
  /** Pulls its cable and ends the program. */
  stop(): Promise<void>
}
