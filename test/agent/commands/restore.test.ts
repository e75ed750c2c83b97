import { spawn } from 'node:child_process'
import { once } from 'node:events'
import {
  chmodSync,
  copyFileSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import backup from '../../../agent/commands/backup.ts'
import restore from '../../../agent/commands/restore.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { sessionsTable } from '../../../agent/store/sessions.ts'
import { signInTokensTable } from '../../../agent/store/sign-in-tokens.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { allocateTag, highestNumber } from '../../../mcp-servers/netbox/tags/tags.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../../mcp-servers/serving/state-folder.ts'
import { intent } from '../../mcp-servers/netbox/outbox/queue-world.ts'
import {
  type BackedUpState,
  filesIn,
  inDatabase,
  openBackedUpState,
  photosIn,
} from '../../support/backed-up-state.ts'
import { plainEnvironment } from '../../support/run-hwlab.ts'

let state: BackedUpState
beforeEach(async () => {
  state = await openBackedUpState()
})
afterEach(() => state.remove())

test('after a restore everything is as the backup has it, for its owner only, and what was there is kept', async () => {
  chmodSync(join(state.saved, 'state-key'), 0o644)
  const done = await state.run(restore, [state.saved], true)
  expect(done).toMatchObject({ code: 0, told: '' })
  expect(done.printed).toMatch(/saved holds:\n.+\n.+ highest tag number given 1\n {2}1 photo,/)
  expect(done.printed).toMatch(/It replaces .+\n.+\n.+ highest tag number given 2\n {2}2 photos/)
  expect(state.inState(photosIn)).toEqual(['one'])
  expect(readdirSync(join(state.stateDir, 'attachments'))).toHaveLength(1)
  expect(readFileSync(join(state.stateDir, 'models.json'), 'utf8')).toBe('{"providers":[]}')
  expect(readFileSync(join(state.stateDir, 'state-key'))).toEqual(
    readFileSync(join(state.saved, 'state-key')),
  )
  for (const name of ['.', ...readdirSync(state.stateDir, { recursive: true, encoding: 'utf8' })])
    expect({ name, open: statSync(join(state.stateDir, name)).mode & 0o077 }).toEqual({ name, open: 0 })
  const [aside = ''] = state.asides()
  expect(done.printed).toContain(aside)
  expect(inDatabase(join(aside, 'hwlab.db'), photosIn)).toEqual(['one', 'two'])
  expect((await state.run(restore, [aside, '--yes'])).code).toBe(0)
  expect(state.inState(photosIn)).toEqual(['one', 'two'])
  expect(state.asides()).toHaveLength(2)
})

test('HWLab starts with what was restored, and gives no tag again', async () => {
  await state.run(restore, [state.saved, '--yes'])
  expect(state.inState(highestNumber)).toBe(2)
  expect(state.inState((database) => allocateTag(database, 'three'))).toBe('HW-00003')
})

test('a link that was used and a session that was ended since the backup stay so', async () => {
  rmSync(state.saved, { recursive: true })
  const nowMs = Date.now()
  const [link, session] = state.inState((database) => [
    signInTokensTable(database).create('operator', nowMs),
    sessionsTable(database).create('operator', nowMs),
  ])
  await state.run(backup, [state.saved])
  await state.run(restore, [state.saved, '--yes'])
  expect(state.inState((database) => signInTokensTable(database).consume(link, nowMs))).toBeNull()
  expect(state.inState((database) => sessionsTable(database).operatorOf(session, nowMs))).toBeNull()
})

test('what waited in the backup is told with what to do about it', async () => {
  const database = new Database(join(state.saved, 'hwlab.db'))
  database
    .prepare(
      `insert into outbox_operations (id, operation_key, kind, subject, intent, state, created_at_ms, updated_at_ms)
       values ('01OP', 'step-1', 'create_item', 'HW-00001', ?, 'queued', 0, 0)`,
    )
    .run(JSON.stringify(intent(1)))
  database.close()
  const { printed } = await state.run(restore, [state.saved, '--yes'])
  expect(printed).toContain('1 write on the way to the inventory')
  expect(printed).toContain('Writes that waited: 1. They stand still under Saving. Retry looks first')
  expect(
    state.inState((restored) => restored.prepare('select state, maybe_sent from outbox_operations').get()),
  ).toEqual({ state: 'needs_human', maybe_sent: 1 })
})

test('a backup of an older HWLab is brought up to date in its copy and stays as it is itself', async () => {
  const older = new Database(join(state.saved, 'hwlab.db'))
  older.exec(`alter table tag_sequence drop column must_look;
    delete from migrations where name = '003-tags-after-restore.sql'`)
  older.close()
  const before = filesIn(state.saved)
  expect((await state.run(restore, [state.saved, '--yes'])).code).toBe(0)
  expect(state.inState(photosIn)).toEqual(['one'])
  expect(filesIn(state.saved)).toEqual(before)
})

test('trying a backup says that it would work and leaves no trace', async () => {
  const temporary = () => readdirSync(tmpdir()).filter((name) => /^hwlab-restore-\w{6}$/.test(name))
  const before = [filesIn(state.stateDir), filesIn(state.saved), temporary()]
  expect(await state.run(restore, ['--check', state.saved])).toMatchObject({
    code: 0,
    printed: expect.stringContaining('it would work'),
  })
  expect([filesIn(state.stateDir), filesIn(state.saved), temporary()]).toEqual(before)
})

test('a backup without one of its photos is told, and can still be restored', async () => {
  const [photo = ''] = readdirSync(join(state.saved, 'attachments'))
  writeFileSync(join(state.saved, 'attachments', photo), 'something else')
  const words = 'Missing or damaged: 1 photo.'
  expect(await state.run(restore, ['--check', state.saved])).toMatchObject({
    code: 1,
    told: expect.stringContaining(words),
  })
  expect(await state.run(restore, [state.saved, '--yes'])).toMatchObject({
    code: 0,
    told: expect.stringContaining(words),
  })
})

test('the copy that an update makes of the database can be restored, with the settings of today', async () => {
  const copy = join(state.stateDir, 'hwlab-before-update-20261120T213005Z.db')
  copyFileSync(join(state.saved, 'hwlab.db'), copy)
  expect((await state.run(restore, [copy, '--yes'])).code).toBe(0)
  expect(state.inState(photosIn)).toEqual(['one'])
  expect(readFileSync(join(state.stateDir, 'models.json'), 'utf8')).toContain('since')
  const [aside = ''] = state.asides()
  expect(await state.run(restore, [aside, '--yes'])).toMatchObject({ code: 0, told: '' })
  expect(state.inState(photosIn)).toEqual(['one', 'two'])
  expect(readdirSync(join(state.stateDir, 'attachments'))).toHaveLength(2)
})

test('what a crash left unmerged of the old database does not get into the restored one', async () => {
  const database = openDatabase(join(state.stateDir, 'hwlab.db'), [...labTables, agentMigrations])
  database.pragma('wal_autocheckpoint = 0')
  state.live(database, 'three')
  for (const log of ['', '-wal'])
    copyFileSync(join(state.stateDir, `hwlab.db${log}`), join(state.folder, `crashed.db${log}`))
  database.close()
  for (const log of ['', '-wal'])
    renameSync(join(state.folder, `crashed.db${log}`), join(state.stateDir, `hwlab.db${log}`))
  await state.run(restore, [state.saved, '--yes'])
  expect(state.inState(photosIn)).toEqual(['one'])
  const [aside = ''] = state.asides()
  await state.run(restore, [aside, '--yes'])
  expect(state.inState(photosIn)).toEqual(['one', 'two', 'three'])
})

test('a damaged state is replaced and kept all the same', async () => {
  truncateSync(join(state.stateDir, 'hwlab.db'), 100_000)
  const done = await state.run(restore, [state.saved, '--yes'])
  expect(done).toMatchObject({ code: 0, printed: expect.stringContaining('cannot be read any more') })
  expect(state.inState(photosIn)).toEqual(['one'])
  expect(state.asides()).toHaveLength(1)
})

test('on a new machine a backup becomes the state, and nothing is kept aside', async () => {
  rmSync(state.stateDir, { recursive: true })
  expect(await state.run(restore, [state.saved, '--yes'])).toMatchObject({
    code: 0,
    printed: expect.stringContaining('There is nothing in'),
  })
  expect(state.inState(photosIn)).toEqual(['one'])
  expect(state.asides()).toEqual([])
})

test('killed while it restores, the command leaves the old state or the new one', async () => {
  const cli = join(import.meta.dirname, '../../../agent/cli.ts')
  const child = spawn(process.execPath, [cli, 'restore', state.saved, '--yes'], {
    env: { ...plainEnvironment(), HWLAB_STATE_DIR: state.stateDir },
    stdio: 'ignore',
  })
  await expect
    .poll(() => existsSync(join(state.stateDir, 'restore.next/hwlab.db')), { timeout: 15_000 })
    .toBe(true)
  child.kill('SIGKILL')
  await once(child, 'exit')
  const opened = await openStateFolder(state.stateDir)
  if (opened.kind !== 'owner') throw new Error(opened.kind)
  opened.folder.close()
  expect(readdirSync(state.stateDir).filter((name) => name.startsWith('restore.'))).toEqual([])
  expect(state.inState(photosIn)).toEqual(state.asides().length === 0 ? ['one', 'two'] : ['one'])
})
