import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import type { LabDatabase } from '../../../../mcp-servers/serving/database.ts'
import { diskTrouble } from '../../../../mcp-servers/serving/disk-trouble.ts'
import { enqueue, labDatabase, queueWorld, temporaryFolder } from './queue-world.ts'

const folder = temporaryFolder()
afterAll(() => folder.remove())

/** SQLite says SQLITE_FULL as on a full disk when a file may not grow; the filler takes what room its pages have left. */
function fill(database: LabDatabase): void {
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`)
  const insert = database.prepare('insert into filler values (zeroblob(?))')
  for (const bytes of [2_000, 500, 100, 20])
    try {
      for (;;) insert.run(bytes)
    } catch (error) {
      if (diskTrouble(error) === null) throw error
    }
}

function makeRoom(database: LabDatabase): void {
  database.pragma('max_page_count = 1000000')
}

test('a full disk refuses a new item in words, keeps what was accepted, and the queue goes on when there is room', async () => {
  const database = labDatabase(join(folder.path, 'full.db'))
  database.exec('create table filler (bytes blob); create table told (key text, outcome text)')
  const lab = queueWorld({
    database,
    next() {
      if (lab.requests.length === 40) fill(database)
      return { kind: 'none' }
    },
  })
  lab.outbox.onSettled(({ operationKey, outcome }) => {
    database.prepare('insert into told values (?, ?)').run(operationKey, outcome.kind)
  })
  for (let number = 1; number <= 12; number += 1) enqueue(lab.outbox, number)
  lab.outbox.start()
  await lab.until(() => lab.outbox.status().diskWords !== null)
  expect(lab.outbox.status().words).toMatch(
    /^The disk is full, so nothing was saved\. .* The queue goes on by itself when there is room\. \d+ waiting$/,
  )
  const asked = lab.requests.length
  await lab.pass(600_000)
  expect(lab.requests.length - asked).toBeLessThan(40)
  let items = 12
  fill(database)
  expect(() => {
    while (items < 60) {
      enqueue(lab.outbox, items + 1)
      items += 1
    }
  }).toThrow('database or disk is full')
  makeRoom(database)
  await lab.until(() => lab.outbox.status().waiting === 0)
  items += 1
  enqueue(lab.outbox, items)
  await lab.until(() => lab.outbox.status().waiting === 0)
  await lab.pass(300_000)
  await lab.outbox.stop()
  expect(lab.outbox.status()).toMatchObject({ diskWords: null, words: 'Everything is saved.' })
  const told = database.prepare<[], { key: string; outcome: string }>('select * from told').all()
  expect(new Set(told.map(({ key }) => key)).size).toBe(told.length)
  expect(told.map(({ outcome }) => outcome)).toEqual(told.map(() => 'confirmed'))
  const counts = [
    await lab.count('dcim/devices/'),
    await lab.count('extras/image-attachments/'),
    await lab.count('extras/journal-entries/'),
  ]
  expect([told.length, ...counts]).toEqual([items, items, items, items])
  database.close()
})

test('a full disk at the start keeps the queue still until there is room, and what was in flight is looked for', async () => {
  const database = labDatabase(join(folder.path, 'queue.db'))
  database.exec('create table filler (bytes blob)')
  const lab = queueWorld({ database })
  for (let number = 1; number <= 3; number += 1) enqueue(lab.outbox, number)
  database.exec("update outbox_operations set state = 'in_flight', maybe_sent = 1")
  database.pragma('query_only = 1')
  lab.outbox.start()
  expect(lab.outbox.status().diskWords).toContain('takes no writes (SQLITE_READONLY)')
  await lab.pass(60_000)
  expect(lab.requests).toEqual([])
  database.pragma('query_only = 0')
  await lab.until(() => lab.settled.length === 3)
  await lab.outbox.stop()
  expect(await lab.count('dcim/devices/')).toBe(3)
  database.close()
})
