import type { LabDatabase } from '../../serving/database.ts'
import { type Operation, type OperationRow, operationOf } from './operation-row.ts'

/** Open operations first, then the newest settled ones; bounded. */
export function viewOperations(database: LabDatabase, most: number): Operation[] {
  const isSettled = "state in ('confirmed', 'cancelled')"
  return database
    .prepare<[number], OperationRow>(
      `select * from outbox_operations where state <> 'superseded'
       order by ${isSettled}, position * (case when ${isSettled} then -1 else 1 end) limit ?`,
    )
    .all(most)
    .map(operationOf)
}

/** What is on its way, and what stands still until a person acts. */
export function countOpen(database: LabDatabase): { waiting: number; needsHuman: number } {
  const row = database
    .prepare<[], { waiting: number | null; needs: number | null }>(
      `select sum(state in ('queued', 'in_flight', 'ambiguous', 'retry_wait')) as waiting,
         sum(state in ('needs_human', 'conflict')) as needs
       from outbox_operations where state not in ('confirmed', 'cancelled', 'superseded')`,
    )
    .get()
  return { waiting: row?.waiting ?? 0, needsHuman: row?.needs ?? 0 }
}

/** What any open operation is about or touches. */
export function openTags(database: LabDatabase): Set<string> {
  const rows = database
    .prepare<[], { tag: string }>(
      `select subject as tag from outbox_operations where state not in ('confirmed', 'cancelled', 'superseded')
       union select subject from outbox_touches`,
    )
    .all()
  return new Set(rows.map(({ tag }) => tag))
}
