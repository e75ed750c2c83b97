import { expect, test } from 'vitest'
import { holdRestoredWrites } from '../../../../mcp-servers/netbox/outbox/hold-restored.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { counted, type KilledWrite, killedWrites } from './killed-writes.ts'
import { desiredItem, enqueue, labDatabase, queueWorld } from './queue-world.ts'

const target = { kind: 'device', assetTag: 'HW-00001', hwlabId: '01ITEM1', name: 'Acme Box 1' }

async function oneDevice(server: ReturnType<typeof labDatabase>): Promise<number> {
  const lab = queueWorld({ server })
  lab.outbox.start()
  enqueue(lab.outbox, 1)
  await lab.until(() => lab.settled.length === 1)
  await lab.outbox.stop()
  const [settled] = lab.settled
  return settled?.outcome.kind === 'confirmed' ? (settled.outcome.record?.id ?? 0) : 0
}

const writes: Pick<KilledWrite, 'kind' | 'prepare'>[] = [
  ...killedWrites,
  {
    kind: 'add_journal',
    prepare: async (server) => ({
      target: { ...target, id: await oneDevice(server) },
      text: 'The fan rattles.',
      level: 'info',
    }),
  },
  {
    kind: 'add_photos',
    prepare: async (server) => ({
      target: { ...target, id: await oneDevice(server) },
      photos: [{ attachmentId: 'photo-2', sha256: '2'.repeat(64) }],
    }),
  },
]

const countAll = (lab: ReturnType<typeof queueWorld>) =>
  Promise.all(counted.map(async (path) => [path, await lab.count(path)] as const))

test.for(writes)(
  '$kind that was written since the backup is not written again',
  async ({ kind, prepare }) => {
    const server = labDatabase()
    const lab = queueWorld({ server })
    lab.outbox.enqueue('step-1', kind, await prepare(server))
    const backup = lab.database.serialize()
    lab.outbox.start()
    await lab.until(() => lab.settled.length === 1)
    await lab.outbox.stop()
    const before = await countAll(lab)

    const database = openDatabase(backup, [])
    expect(holdRestoredWrites(database, 'It may have been done since.', 0)).toBe(1)
    const restored = queueWorld({ server, database })
    restored.outbox.start()
    await restored.pass(60_000)
    expect(restored.requests).toEqual([])
    expect(restored.settled.map(({ outcome }) => outcome)).toEqual([
      { kind: 'needs-human', why: 'It may have been done since.' },
    ])

    restored.outbox.retryAll()
    await restored.until(() => restored.states()[0] === 'confirmed')
    await restored.pass(300_000)
    await restored.outbox.stop()
    expect(restored.requests.filter((request) => !request.startsWith('GET '))).toEqual([])
    expect(await countAll(restored)).toEqual(before)
  },
)

test('what was not written since the backup is written when a person says so', async () => {
  const lab = queueWorld()
  enqueue(lab.outbox, 1)
  const database = openDatabase(lab.database.serialize(), [])
  holdRestoredWrites(database, 'It may have been done since.', 0)
  const restored = queueWorld({ server: lab.serverDatabase, database })
  restored.outbox.start()
  restored.outbox.retryAll()
  await restored.until(() => restored.states()[0] === 'confirmed')
  expect(await restored.count('dcim/devices/?asset_tag=HW-00001')).toBe(1)
  await restored.outbox.stop()
})

test('a tag that went to another thing since the backup stops the write, and a person is told', async () => {
  const lab = queueWorld()
  enqueue(lab.outbox, 1)
  const database = openDatabase(lab.database.serialize(), [])
  lab.outbox.cancel(lab.outbox.view()[0]?.id ?? '')
  lab.outbox.enqueue('step-2', 'create_item', {
    ...{ item: { ...desiredItem(1), hwlabId: '01ITEM9' }, photos: [], journal: 'Recorded since.' },
  })
  lab.outbox.start()
  await lab.until(() => lab.states().includes('confirmed'))
  await lab.outbox.stop()
  holdRestoredWrites(database, 'It may have been done since.', 0)
  const restored = queueWorld({ server: lab.serverDatabase, database })
  restored.outbox.start()
  restored.outbox.retryAll()
  await restored.until(() => restored.states()[0] === 'needs_human')
  expect(restored.outbox.view()[0]?.why).toContain('HW-00001 is on')
  expect(await restored.count('dcim/devices/')).toBe(1)
  await restored.outbox.stop()
})
