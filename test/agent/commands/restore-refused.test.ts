import { rmSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { afterEach, beforeEach, expect, test } from 'vitest'
import restore from '../../../agent/commands/restore.ts'
import { openStateFolder } from '../../../mcp-servers/serving/state-folder.ts'
import { type BackedUpState, filesIn, openBackedUpState, photosIn } from '../../support/backed-up-state.ts'

let state: BackedUpState
beforeEach(async () => {
  state = await openBackedUpState()
})
afterEach(() => state.remove())

test('while HWLab runs nothing is restored, and the sentence says where it runs', async () => {
  const opened = await openStateFolder(state.stateDir)
  if (opened.kind !== 'owner') throw new Error(opened.kind)
  opened.folder.announce('http://127.0.0.1:4610')
  const refused = await state.run(restore, [state.saved, '--yes'])
  opened.folder.close()
  expect(refused).toMatchObject({
    code: 1,
    told: expect.stringContaining('HWLab runs at http://127.0.0.1:4610'),
  })
  expect(state.inState(photosIn)).toEqual(['one', 'two'])
})

test('nothing changes without a yes', async () => {
  const before = filesIn(state.stateDir)
  expect(await state.run(restore, [state.saved], false)).toMatchObject({
    code: 1,
    told: 'Nothing was restored.',
  })
  expect(await state.run(restore, [state.saved])).toMatchObject({
    code: 1,
    told: expect.stringContaining('Add --yes'),
  })
  expect(filesIn(state.stateDir)).toEqual(before)
})

test.for<[string, () => void, string]>([
  ['is not there', () => rmSync(state.saved, { recursive: true }), 'is not there'],
  ['holds no database', () => rmSync(join(state.saved, 'hwlab.db')), 'holds no hwlab.db'],
  ['is cut off', () => truncateSync(join(state.saved, 'hwlab.db'), 200_000), 'is damaged'],
  ['is of another program', () => otherProgram(), 'is no database of HWLab'],
  ['is no database', () => writeFileSync(join(state.saved, 'hwlab.db'), 'x'.repeat(5000)), 'is damaged'],
  [
    'is of a newer HWLab',
    () => inSaved("insert into migrations (owner, name) values ('agent', '999-later.sql')"),
    'written by a newer HWLab (agent/999-later.sql). Update HWLab',
  ],
  [
    'has rows that belong to nothing',
    () => inSaved("insert into change_steps values ('s', 'gone', 0, 'k', 't', '{}', null, 0, 'done', null)"),
    '“change_steps” names things that are not there',
  ],
])('a backup that %s is refused in a sentence, and nothing changes', async ([, harm, words]) => {
  const before = filesIn(state.stateDir)
  harm()
  expect(await state.run(restore, [state.saved, '--yes'])).toMatchObject({
    code: 1,
    told: expect.stringContaining(words),
  })
  expect(await state.run(restore, ['--check', state.saved])).toMatchObject({
    code: 1,
    told: expect.stringContaining(words),
  })
  expect(filesIn(state.stateDir)).toEqual(before)
})

function inSaved(sql: string): void {
  const database = new Database(join(state.saved, 'hwlab.db'))
  database.pragma('foreign_keys = off')
  database.exec(sql)
  database.close()
}

function otherProgram(): void {
  rmSync(join(state.saved, 'hwlab.db'))
  inSaved('create table songs (name text)')
}

test('the state itself is no backup, nor is one that another HWLab uses', async () => {
  for (const path of [state.stateDir, join(state.stateDir, 'hwlab.db')])
    expect(await state.run(restore, [path, '--yes'])).toMatchObject({
      code: 1,
      told: expect.stringContaining('uses now'),
    })
  const opened = await openStateFolder(state.saved)
  if (opened.kind !== 'owner') throw new Error(opened.kind)
  const refused = await state.run(restore, [state.saved, '--yes'])
  opened.folder.close()
  expect(refused).toMatchObject({ code: 1, told: expect.stringContaining(`HWLab runs with ${state.saved}`) })
})
