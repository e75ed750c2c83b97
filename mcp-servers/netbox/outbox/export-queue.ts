import type { LabDatabase } from '../../serving/database.ts'
import { operationKinds } from './operation-kind.ts'
import { QueueView } from './queue-view.ts'

/** What is not written yet, in the order of the queue: all that is needed to do it by hand. Times are ISO 8601 UTC. */
export interface ExportedQueue {
  exportedAt: string
  operations: {
    id: string
    /** The step of the approved request. */
    operationKey: string
    kind: string
    tag: string
    title: string
    state: string
    why: string | null
    /** It may be in NetBox already, in whole or in part: look there first. */
    maybeSent: boolean
    queuedAt: string
    intent: unknown
  }[]
}

export function exportQueue(database: LabDatabase, nowMs: number): ExportedQueue {
  const operations = new QueueView(database, operationKinds).unwritten().map((operation) => ({
    id: operation.id,
    operationKey: operation.operationKey,
    kind: operation.kind.kind,
    tag: operation.subject,
    title: operation.kind.title(operation.intent),
    state: operation.state,
    why: operation.why,
    maybeSent: operation.maybeSent,
    queuedAt: new Date(operation.createdAtMs).toISOString(),
    intent: operation.intent,
  }))
  return { exportedAt: new Date(nowMs).toISOString(), operations: [...operations] }
}
