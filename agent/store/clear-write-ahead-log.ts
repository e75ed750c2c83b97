import type { LabDatabase } from './lab-database.ts'

/**
 * What a person deleted is overwritten in the database file; in the log beside it, older pages would stay until as much
 * again was written (sqlite.org/wal.html). Not within a transaction.
 */
export function clearWriteAheadLog(database: LabDatabase): void {
  database.pragma('wal_checkpoint(TRUNCATE)')
}
