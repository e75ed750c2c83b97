import type { SimulatedSwitch } from './simulated-kind.ts'

/** A switch, and where it stands. */
export interface StandingSwitch extends SimulatedSwitch {
  position: string
}

/** What a person does with a simulated device that is always on the bench. */
export interface Switchboard {
  isPlugged(): boolean
  plug(plugged: boolean): Promise<void>
  switches(): StandingSwitch[]
  /** One of its own switches and positions. */
  turn(switchId: string, position: string): void
}

/** A simulated device that is there without being plugged in. */
export interface StandingDevice extends Switchboard {
  id: string
  name: string
  kind: string
}
