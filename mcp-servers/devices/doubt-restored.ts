import type { LabDatabase } from '../serving/database.ts'

/**
 * In a database that is a backup: a label that waits may be out since, keys may have been typed. A person is asked about
 * each; nothing is printed or typed by itself. How many labels.
 */
export function doubtRestoredWork(database: LabDatabase, why: string, nowMs: number): number {
  // Found as being typed, it is told as something that may have arrived.
  database.prepare("update console_typing set state = 'typing' where state = 'queued'").run()
  return database
    .prepare<[string, number]>(
      "update print_jobs set state = 'unknown', words = ?, updated_at_ms = ? where state in ('queued', 'sending')",
    )
    .run(why, nowMs).changes
}
