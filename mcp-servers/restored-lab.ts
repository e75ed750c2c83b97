import { openAudit } from './approval/audit.ts'
import { endRestoredRequests } from './approval/end-restored.ts'
import { doubtRestoredWork } from './devices/doubt-restored.ts'
import { holdRestoredWrites } from './netbox/outbox/hold-restored.ts'
import { doubtRestoredTags, highestNumber, raiseTagFloor } from './netbox/tags/tags.ts'
import { doubtRestoredCalls } from './others/doubt-restored.ts'
import type { Clock } from './serving/clock.ts'
import type { LabDatabase } from './serving/database.ts'

/** What stood open in a backup and now waits for a person. */
export interface HeldBack {
  writes: number
  requests: number
  labels: number
  calls: number
}

const why = 'HWLab was restored from a backup, and this may have been done since.'

/**
 * Makes the tables of a backup ready to be started with: what it holds as open may have been done since, and its tags given to
 * other things. Nothing of that goes on by itself. `replaced`: what it takes the place of, where that can be read.
 */
export function holdRestoredLab(
  database: LabDatabase,
  clock: Clock,
  restored: { by: string; from: string; replaced: LabDatabase | null },
): HeldBack {
  return database.transaction(() => {
    const nowMs = clock.nowMs()
    openAudit(database, clock).append({
      who: `operator:${restored.by}`,
      channel: 'shell',
      what: 'restored from a backup',
      about: 'state',
      details: { from: restored.from },
    })
    doubtRestoredTags(database)
    if (restored.replaced) raiseTagFloor(database, highestNumber(restored.replaced))
    return {
      writes: holdRestoredWrites(
        database,
        `${why} Retry looks first, and writes only what is missing.`,
        nowMs,
      ),
      requests: endRestoredRequests(database, clock, `${why} Ask for it again if it was not.`),
      labels: doubtRestoredWork(database, why, nowMs),
      calls: doubtRestoredCalls(database, why, nowMs),
    }
  })()
}
