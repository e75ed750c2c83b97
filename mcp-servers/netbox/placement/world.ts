import type { RackFrame } from './rack-space.ts'

/** What is to be put somewhere. Heights in rack units; 0: it does not go into a rack by itself. */
export interface Thing {
  name: string
  role: string | null
  heightUnits: number
  isFullDepth: boolean
  needs: Needs
}

/** What it needs from where it stands; null where that is not recorded. */
export interface Needs {
  /** Rated maximum, never a momentary reading. 0: it draws nothing from an outlet. */
  watts: number | null
  outlets: number | null
  /** Types of its own interfaces (NetBox’s words): one of them gets a cable. */
  portTypes: readonly string[] | null
  /** Rated watts over Ethernet; null: it is not powered that way, or its class is not recorded. */
  poe: { watts: number | null } | null
}

export interface SwitchSeen {
  name: string
  free: readonly { type: string; feedsPower: boolean }[]
  poe: { budgetWatts: number | null; ratedWatts: number; unrated: number }
}

export interface RackSeen extends RackFrame {
  id: number
  name: string
  site: string
  location: string | null
  /** NetBox’s word: active, reserved, planned… */
  status: string
  /** Roles of everything in it, one entry per thing. */
  roles: readonly string[]
  /** `limitWatts` null: no feed is recorded. `unrated`: devices without a rated maximum. */
  power: { limitWatts: number | null; ratedWatts: number; unrated: number }
  /** null: none is recorded. */
  outlets: { free: number } | null
  /** Of the rack, or where it has none, of its location. */
  switches: readonly SwitchSeen[]
}

export interface LocationSeen {
  id: number
  name: string
  site: string
  /** Roles of the things that lie there outside of racks, one entry per thing. */
  roles: readonly string[]
}

export interface World {
  racks: readonly RackSeen[]
  locations: readonly LocationSeen[]
}
