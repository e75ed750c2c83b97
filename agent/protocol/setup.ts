import { z } from 'zod'

/** What HWLab needs in NetBox: looked at, and added on one decision. */

const roles = z.array(z.string().min(1).max(100)).max(60)

export const setupRequests = {
  /** Only reads. `roles`: device roles that shall be there as well. */
  'set-up-check': z.object({ roles }),
  /** Files one request that adds exactly what is missing. */
  'set-up-propose': z.object({ roles }),
} as const

export interface SetupView {
  /** "NetBox at https://netbox.lan". */
  target: string
  words: string
  isReady: boolean
  findings: {
    what: string
    state: 'there' | 'missing' | 'differs' | 'refused' | 'unknown'
    words: string
    /** What to do; null: nothing. */
    fix: string | null
  }[]
  /** How many things one request would add. */
  missing: number
  /** Device roles that a person may want; any other is added when an item needs it. */
  offeredRoles: string[]
}

export interface SetupResponses {
  'set-up-check': SetupView
  'set-up-propose': { changeId: string }
}
