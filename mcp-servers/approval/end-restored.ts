import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import { openChangeStore } from './change-store.ts'
import { openStepping } from './stepping.ts'

/**
 * In a database that is a backup: a request may have been decided and carried out since, so none goes on by itself. The
 * undecided end, and of the approved whatever had not begun. How many were undecided.
 */
export function endRestoredRequests(database: LabDatabase, clock: Clock, why: string): number {
  const store = openChangeStore(database, clock)
  const stepping = openStepping(store, new Map(), () => undefined)
  // Nobody listens, and the database may be closed before the feed would look.
  store.feed.close()
  const edge = { who: 'hwlab', channel: 'server', why } as const
  return store.transaction(() => {
    const undecided = store.requests.inStates(['proposed'])
    for (const { id } of undecided) store.move(id, { ...edge, from: 'proposed', to: 'expired' })
    for (const { id } of store.requests.inStates(['approved']))
      store.move(id, { ...edge, from: 'approved', to: 'stale' })
    for (const { id } of store.requests.inStates(['executing']))
      for (const step of store.steps.ofChange(id))
        if (step.state === 'waiting') stepping.moveStep(step, 'failed', `Not done. ${why}`)
    return undecided.length
  })
}
