import Database from 'better-sqlite3'

/**
 * A sentence when SQLite could not write because of the disk, null for any other error. The transaction is rolled back,
 * whatever the code: nothing of it is saved. Codes: sqlite.org/rescode.html.
 */
export function diskTrouble(error: unknown): string | null {
  if (!(error instanceof Database.SqliteError)) return null
  if (error.code === 'SQLITE_FULL')
    return 'The disk is full, so nothing was saved. Make room on the disk with HWLab’s folder, then try again.'
  if (error.code.startsWith('SQLITE_IOERR') || error.code.startsWith('SQLITE_READONLY'))
    return `The disk with HWLab’s folder takes no writes (${error.code}), so nothing was saved. Look at the disk, then try again.`
  return null
}
