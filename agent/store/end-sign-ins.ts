import type { LabDatabase } from './lab-database.ts'

/** In a database that is a backup: a link that was used and a session that was ended since must not work again. */
export function endSignIns(database: LabDatabase, nowMs: number): void {
  database.prepare('update sign_in_tokens set used_at_ms = ? where used_at_ms is null').run(nowMs)
  database.prepare('delete from sessions').run()
}
