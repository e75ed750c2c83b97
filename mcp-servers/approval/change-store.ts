import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import { type Audit, openAudit } from './audit.ts'
import { type ChangeFeed, openChangeFeed } from './change-feed.ts'
import type { ChangeRequest, ChangeState, ChangeStep } from './change-request.ts'
import { type ChangeRequestRows, openChangeRequestRows, type RequestRow } from './change-requests.ts'
import { type ChangeStepRows, openChangeStepRows } from './change-steps.ts'
import { changeDigest } from './digest.ts'

/** Requests, steps, audit and listeners together: what deciding and executing both stand on. */
export interface ChangeStore {
  requests: ChangeRequestRows
  steps: ChangeStepRows
  audit: Audit
  feed: ChangeFeed
  clock: Clock
  /** Runs with the write lock from the start; nested in a transaction it is a savepoint. */
  transaction<Result>(work: () => Result): Result
  get(changeId: string): ChangeRequest | null
  whole(row: RequestRow): ChangeRequest
  /** One edge with its audit row. False when the request was not in `from` any more. */
  move(changeId: string, edge: Edge): boolean
}

interface Edge {
  from: ChangeState
  to: ChangeState
  who: string
  channel: string
  why?: string | null
  details?: Record<string, unknown>
}

export function openChangeStore(database: LabDatabase, clock: Clock): ChangeStore {
  const requests = openChangeRequestRows(database)
  const steps = openChangeStepRows(database)
  const audit = openAudit(database, clock)
  const whole = (row: RequestRow): ChangeRequest => ({ ...row, steps: steps.ofChange(row.id) })
  const get = (changeId: string): ChangeRequest | null => {
    const row = requests.get(changeId)
    return row && whole(row)
  }
  const feed = openChangeFeed(get)
  return {
    requests,
    steps,
    audit,
    feed,
    clock,
    transaction: (work) => database.transaction(work).immediate(),
    get,
    whole,
    move(changeId, edge) {
      const why = edge.why ?? null
      if (!requests.move(changeId, { from: edge.from, to: edge.to, why })) return false
      const details = { ...edge.details, from: edge.from, ...(why === null ? {} : { why }) }
      audit.append({
        who: edge.who,
        channel: edge.channel,
        what: `change ${edge.to}`,
        about: changeId,
        details,
      })
      feed.changed(changeId)
      return true
    },
  }
}

/** Whether what is stored is still what the digest was made of. */
export function isUnaltered(change: ChangeRequest): boolean {
  return change.digest === changeDigest(change)
}

/** For ids that were just read or handed out: an unknown one is a bug. */
export function mustGetChange(store: ChangeStore, changeId: string): ChangeRequest {
  const change = store.get(changeId)
  if (!change) throw new Error(`There is no change request ${changeId}`)
  return change
}

export function mustGetStep(store: ChangeStore, stepId: string): ChangeStep {
  const step = store.steps.get(stepId)
  if (!step) throw new Error(`There is no step ${stepId}`)
  return step
}
