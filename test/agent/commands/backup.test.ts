import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import backup from '../../../agent/commands/backup.ts'
import restore from '../../../agent/commands/restore.ts'
import { type BackedUpState, openBackedUpState } from '../../support/backed-up-state.ts'

let state: BackedUpState
beforeEach(async () => {
  state = await openBackedUpState()
})
afterEach(() => state.remove())

test('a backup ends, and can be restored, while something is written all the time', async () => {
  rmSync(state.saved, { recursive: true })
  const database = new Database(join(state.stateDir, 'hwlab.db'))
  const write = database.prepare('insert into retention_rules values (hex(randomblob(8)), 1)')
  let next = setImmediate(goOn)
  function goOn() {
    write.run()
    next = setImmediate(goOn)
  }
  const done = await state.run(backup, [state.saved])
  clearImmediate(next)
  database.close()
  expect(done.code).toBe(0)
  expect(await state.run(restore, ['--check', state.saved])).toMatchObject({ code: 0, told: '' })
})

test('a backup does not hold what restores kept aside', async () => {
  await state.run(restore, [state.saved, '--yes'])
  expect((await state.run(backup, [join(state.folder, 'again')])).code).toBe(0)
  expect(readdirSync(join(state.folder, 'again')).sort()).toEqual(readdirSync(state.saved).sort())
})

test('a backup that is cut off has no name that a backup has', async () => {
  rmSync(state.saved, { recursive: true })
  mkdirSync(join(state.stateDir, 'attachments', 'x'))
  renameSync(join(state.stateDir, 'hwlab.db'), join(state.folder, 'away.db'))
  writeFileSync(join(state.stateDir, 'hwlab.db'), 'no database, so that it fails on the way'.repeat(200))
  expect(await state.run(backup, [state.saved])).toMatchObject({
    code: 1,
    told: expect.stringContaining('There is no backup'),
  })
  expect(readdirSync(state.folder).filter((name) => name.startsWith('saved'))).toEqual([])
})

test('a photo or a label that is being written is left out, and the others are there', async () => {
  rmSync(state.saved, { recursive: true })
  writeFileSync(join(state.stateDir, 'attachments', 'photo.1.part'), 'half')
  writeFileSync(join(state.stateDir, 'labels', 'HW-00001.png.unfinished'), 'half')
  writeFileSync(join(state.stateDir, 'labels', 'HW-00001.png'), 'whole')
  await state.run(backup, [state.saved])
  expect(readdirSync(join(state.saved, 'attachments'))).toHaveLength(2)
  expect(readdirSync(join(state.saved, 'labels'))).toEqual(['HW-00001.png'])
})
