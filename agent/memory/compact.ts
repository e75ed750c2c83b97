import type { LabDatabase } from '../store/lab-database.ts'
import { databaseBytes, freeBytes } from './read-table-sizes.ts'
import { bytesWords } from './table-sizes.ts'

const everyMs = 30 * 24 * 60 * 60_000
/** Less free room than this is used again by itself. */
const worthShare = 0.1

export function isCompactDue(lastAtMs: number | null, nowMs: number): boolean {
  return lastAtMs === null || nowMs - lastAtMs >= everyMs
}

/** Writes the whole file anew without its free room; everything waits meanwhile. What came of it, in words. */
export function compactWhenWorthIt(database: LabDatabase): string {
  const before = databaseBytes(database)
  if (freeBytes(database) < worthShare * before) return 'there was little to gain'
  database.exec('vacuum')
  return `${bytesWords(before - databaseBytes(database))} freed`
}
