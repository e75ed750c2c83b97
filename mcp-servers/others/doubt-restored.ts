import type { LabDatabase } from '../serving/database.ts'

/** In a database that is a backup: a call that waits may have been sent since, so a person is asked. How many. */
export function doubtRestoredCalls(database: LabDatabase, why: string, nowMs: number): number {
  return database
    .prepare<[string, number]>(
      "update foreign_calls set state = 'unknown', words = ?, updated_at_ms = ? where state in ('queued', 'sending')",
    )
    .run(why, nowMs).changes
}
