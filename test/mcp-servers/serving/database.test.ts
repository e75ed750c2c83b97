import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'

let folder: string
let sqlFolder: string
let path: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-database-'))
  sqlFolder = mkdtempSync(join(tmpdir(), 'hwlab-migrations-'))
  path = join(folder, 'hwlab.db')
})
afterEach(() => {
  rmSync(folder, { recursive: true })
  rmSync(sqlFolder, { recursive: true })
})

function migration(number: number, sql: string): void {
  writeFileSync(join(sqlFolder, `${String(number).padStart(3, '0')}-step.sql`), sql)
}

function open(nowMs = Date.UTC(2026, 0, 1)): Database.Database {
  return openDatabase(path, [{ owner: 'test', folder: sqlFolder }], nowMs)
}

const backups = () => readdirSync(folder).filter((name) => name.startsWith('hwlab-before-update-'))

test('the first start leaves nothing beside the database, even when its empty file was there', () => {
  writeFileSync(path, '')
  migration(1, 'create table things (name text) strict')
  open().close()
  expect(backups()).toEqual([])
})

test('before an update changes the tables there is a copy with everything that was in them', () => {
  migration(1, 'create table things (name text) strict')
  const before = open()
  before.exec("insert into things values ('kept')")
  migration(2, 'drop table things')
  const after = open(Date.UTC(2026, 10, 20, 21, 30, 5))
  expect(backups()).toEqual(['hwlab-before-update-20261120T213005Z.db'])
  const copyPath = join(folder, backups()[0] ?? '')
  const copy = new Database(copyPath, { readonly: true })
  expect(copy.prepare('select name from things').all()).toEqual([{ name: 'kept' }])
  expect(statSync(copyPath).mode & 0o077, 'nobody else can read it').toBe(0)
  for (const database of [before, after, copy]) database.close()
  open().close()
  expect(backups(), 'a start without an update makes none').toHaveLength(1)
})

test('an update that fails halfway changed nothing', () => {
  migration(1, 'create table things (name text) strict')
  open().close()
  migration(2, 'drop table things')
  migration(3, 'create table half (')
  expect(() => open()).toThrow('incomplete input')
  rmSync(join(sqlFolder, '003-step.sql'))
  rmSync(join(sqlFolder, '002-step.sql'))
  const database = open()
  expect(database.prepare('select name from things').all()).toEqual([])
  database.close()
})

test('three copies are kept, the newest ones', () => {
  for (const number of [1, 2, 3, 4, 5, 6]) {
    migration(number, `create table things_${number} (name text) strict`)
    open(Date.UTC(2026, number, 1)).close()
  }
  expect(backups().sort()).toEqual([4, 5, 6].map((n) => `hwlab-before-update-20260${n + 1}01T000000Z.db`))
})

test('a database of a newer HWLab is not touched, and the sentence says what to do', () => {
  migration(1, 'create table things (name text) strict')
  migration(2, 'create table more_things (name text) strict')
  open().close()
  rmSync(join(sqlFolder, '002-step.sql'))
  expect(() => open()).toThrow('written by a newer HWLab (test/002-step.sql). Update HWLab')
  expect(backups()).toEqual([])
})

test('a file that is no database gets a sentence that names it', () => {
  writeFileSync(path, 'this is not a database, however long it may be'.repeat(50))
  expect(() => open()).toThrow(`${path} is not a database that HWLab can read`)
})

test('a folder where the database should be gets a sentence', () => {
  mkdirSync(path)
  expect(() => open()).toThrow(`${path} cannot be opened`)
})
