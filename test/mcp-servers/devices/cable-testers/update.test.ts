import { cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import {
  cableTestMigrations,
  openCableTestsTable,
} from '../../../../mcp-servers/devices/cable-testers/tests-table.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'

let folder = ''
afterEach(() => rm(folder, { recursive: true, force: true }))

test('results from before photos of lamps are there after the update, as they were', async () => {
  folder = await mkdtemp(join(tmpdir(), 'hwlab-update-'))
  const path = join(folder, 'hwlab.db')
  const first = '001-cable-tests.sql'
  await cp(join(cableTestMigrations.folder, first), join(folder, 'before', first))
  const before = openDatabase(path, [{ ...cableTestMigrations, folder: join(folder, 'before') }])
  before.exec(`insert into cable_tests values ('01', 'tester', 'usb:1', 'A tester', 1, 'hwlab-v1', '{}', 'rj45-straight',
    0, '{"kind":"length","centimetres":{}}', 'a512', 'fail', 'Pin 4 open — FAIL', '["Note."]', 'operator', 'item-1', 1234)`)
  before.close()
  const after = openDatabase(path, [cableTestMigrations])
  expect(openCableTestsTable(after).find('01')).toMatchObject({
    ...{ source: 'tester', place: 'usb:1', simulated: true, rawHex: 'a512', notes: ['Note.'] },
    ...{ words: 'Pin 4 open — FAIL', itemId: 'item-1', atMs: 1234 },
  })
  after.close()
})
