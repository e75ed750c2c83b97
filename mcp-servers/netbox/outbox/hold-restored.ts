import type { LabDatabase } from '../../serving/database.ts'

/**
 * In a database that is a backup: what waits there may have been written, or written and taken back, since. It stands still
 * until a person has it tried again, and is then looked for before anything is sent. How many.
 */
export function holdRestoredWrites(database: LabDatabase, why: string, nowMs: number): number {
  const held = database
    .prepare<[string, number]>(
      `update outbox_operations set state = 'needs_human', why = ?, maybe_sent = 1, announced = 0,
         sweep_at_ms = coalesce(sweep_at_ms, 0), updated_at_ms = ?
       where state in ('queued', 'in_flight', 'ambiguous', 'retry_wait')`,
    )
    .run(why, nowMs)
  database
    .prepare(
      `update outbox_operations set announced = 0
       where superseded_by in (select id from outbox_operations where state = 'needs_human')`,
    )
    .run()
  return held.changes
}
