import { copyFileSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'

export type LabDatabase = Database.Database

/** One part of the house that owns tables: its `NNN-what.sql` files, applied in order, each once, each in a transaction. */
export interface MigrationsOwner {
  owner: string
  folder: string
}

/**
 * Opens the one database and brings it up to date. `synchronous=FULL` because better-sqlite3's default in WAL mode loses
 * acknowledged commits on power loss. Throws when a pragma does not hold or the file is from a newer HWLab.
 */
export function openDatabase(path: string, owners: MigrationsOwner[]): LabDatabase {
  const existed = path !== ':memory:' && existsSync(path)
  const database = new Database(path)
  try {
    setPragmas(database, path)
    const pending = pendingMigrations(database, owners)
    if (existed && pending.length > 0) {
      database.pragma('wal_checkpoint(TRUNCATE)')
      copyFileSync(path, `${path}.before-migration`)
    }
    for (const migration of pending) applyMigration(database, migration)
    return database
  } catch (error) {
    database.close()
    throw error
  }
}

function setPragmas(database: LabDatabase, path: string): void {
  if (path !== ':memory:') {
    const mode = database.pragma('journal_mode = WAL', { simple: true })
    if (mode !== 'wal') database.pragma('journal_mode = DELETE')
  }
  const wanted = {
    synchronous: 2,
    foreign_keys: 1,
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

function pendingMigrations(database: LabDatabase, owners: MigrationsOwner[]): Migration[] {
  database.exec(`create table if not exists migrations (
    owner text not null, name text not null, applied_at text not null default (strftime('%Y-%m-%dT%H:%M:%fZ')),
    primary key (owner, name)) strict`)
  const applied = database
    .prepare<[], { owner: string; name: string }>('select owner, name from migrations')
    .all()
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
  database.transaction(() => {
    database.exec(migration.sql)
    database
      .prepare('insert into migrations (owner, name) values (?, ?)')
      .run(migration.owner, migration.name)
  })()
}
