import { chmodSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'

export type LabDatabase = Database.Database

/** One part of the house that owns tables: its `NNN-what.sql` files, applied in order, each once. */
export interface MigrationsOwner {
  owner: string
  folder: string
}

/**
 * Opens the one database and brings it up to date, a copy of it first: wholly or not at all. `synchronous=FULL` because better-sqlite3's
 * default in WAL mode loses acknowledged commits on power loss. Throws when the file cannot be used, a pragma does not
 * hold or the file is from a newer HWLab. `source`: a path, `:memory:`, or what `serialize()` gave, which is copied into memory.
 */
export function openDatabase(
  source: string | Buffer,
  owners: MigrationsOwner[],
  nowMs = Date.now(),
): LabDatabase {
  const path = typeof source === 'string' ? source : ':memory:'
  const database = openSource(source, path)
  try {
    setPragmas(database, path)
    const applied = appliedMigrations(database)
    const pending = pendingMigrations(applied, owners)
    if (applied.length > 0 && pending.length > 0 && path !== ':memory:') keepCopy(database, path, nowMs)
    database.transaction(() => {
      for (const migration of pending) applyMigration(database, migration)
    })()
    return database
  } catch (error) {
    database.close()
    throw sentenceFor(error, path)
  }
}

function openSource(source: string | Buffer, path: string): LabDatabase {
  try {
    return new Database(source)
  } catch (error) {
    throw new Error(`${path} cannot be opened. Check HWLAB_STATE_DIR and who may write there.`, {
      cause: error,
    })
  }
}

/** What SQLite refuses, in a sentence that says what to do; anything else as it is. */
export function sentenceFor(error: unknown, path: string): unknown {
  if (!(error instanceof Database.SqliteError)) return error
  const words = ['SQLITE_NOTADB', 'SQLITE_CORRUPT'].includes(error.code)
    ? `${path} is not a database that HWLab can read. Go back to a backup: npx hwlab restore <backup>`
    : error.code === 'SQLITE_FULL'
      ? `The disk with ${path} is full. Make room, then start HWLab again.`
      : `${path} cannot be used (${error.message}). Check who may write there, and the disk.`
  return new Error(words, { cause: error })
}

const copyPrefix = 'hwlab-before-update-'
const copiesKept = 3

/** A whole copy of what was there, named for the time; the oldest ones go. */
function keepCopy(database: LabDatabase, path: string, nowMs: number): void {
  const folder = dirname(path)
  const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')
  const copy = join(folder, `${copyPrefix}${time}.db`)
  rmSync(copy, { force: true })
  database.prepare('vacuum into ?').run(copy)
  chmodSync(copy, 0o600)
  const copies = readdirSync(folder).filter((name) => name.startsWith(copyPrefix))
  for (const old of copies.sort().slice(0, -copiesKept)) rmSync(join(folder, old))
}

function setPragmas(database: LabDatabase, path: string): void {
  if (path !== ':memory:') {
    const mode = database.pragma('journal_mode = WAL', { simple: true })
    if (mode !== 'wal') database.pragma('journal_mode = DELETE')
  }
  const wanted = {
    synchronous: 2,
    foreign_keys: 1,
    // What a person deleted is overwritten, not only no longer found.
    secure_delete: 1,
    fullfsync: 1,
    checkpoint_fullfsync: 1,
    busy_timeout: 5000,
  }
  for (const [pragma, value] of Object.entries(wanted)) {
    database.pragma(`${pragma} = ${value}`)
    const actual = database.pragma(pragma, { simple: true })
    if (actual !== value)
      throw new Error(`SQLite did not take ${pragma}=${value} (it says ${String(actual)})`)
  }
}

interface Migration {
  owner: string
  name: string
  sql: string
}

interface AppliedMigration {
  owner: string
  name: string
}

function appliedMigrations(database: LabDatabase): AppliedMigration[] {
  database.exec(`create table if not exists migrations (
    owner text not null, name text not null, applied_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ')),
    primary key (owner, name)) strict`)
  return database.prepare<[], AppliedMigration>('select owner, name from migrations').all()
}

function pendingMigrations(applied: AppliedMigration[], owners: MigrationsOwner[]): Migration[] {
  return owners.flatMap(({ owner, folder }) => {
    const names = readdirSync(folder)
      .filter((file) => file.endsWith('.sql'))
      .sort()
    const done = applied.filter((row) => row.owner === owner).map((row) => row.name)
    const unknown = done.find((name) => !names.includes(name))
    if (unknown)
      throw new Error(`The database was written by a newer HWLab (${owner}/${unknown}). Update HWLab.`)
    return names
      .filter((name) => !done.includes(name))
      .map((name) => ({ owner, name, sql: readFileSync(join(folder, name), 'utf8') }))
  })
}

function applyMigration(database: LabDatabase, migration: Migration): void {
  database.exec(migration.sql)
  database.prepare('insert into migrations (owner, name) values (?, ?)').run(migration.owner, migration.name)
}
