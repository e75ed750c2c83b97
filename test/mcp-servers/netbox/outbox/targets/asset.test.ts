import { expect, test } from 'vitest'
import { release } from '../../../../../mcp-servers/netbox/embedded/release.ts'
import { byHand, holders } from '../../parts/part-world.ts'
import { deathAt } from '../death-at.ts'
import { enqueue, labDatabase, queueWorld as openWorld } from '../queue-world.ts'
import { queueWorldsOfATest } from '../queue-worlds-of-a-test.ts'

const queueWorld = queueWorldsOfATest()
const withPlugin = { release: release('4.6.8', '2.6.0') }

test('where netbox-inventory is, a loose item becomes an asset with all that was read', async () => {
  const lab = queueWorld(withPlugin)
  lab.outbox.start()
  enqueue(lab.outbox, 1, {
    location: ['Workshop', 'Shelf 2'],
    macAddress: 'FC:EC:DA:11:22:33',
    name: 'spare',
  })
  await lab.until(() => lab.states().every((state) => state === 'confirmed'))
  expect(await byHand(lab.server).rows('plugins/inventory/assets/')).toMatchObject([
    {
      asset_tag: 'HW-00001',
      serial: 'SN-1',
      name: 'spare',
      status: 'stored',
      storage_location: { name: 'Shelf 2' },
      device_type: { model: 'Box 1' },
      custom_fields: { hwlab_id: '01ITEM1', hwlab_mac: 'FC:EC:DA:11:22:33' },
    },
  ])
  expect(await lab.count('dcim/devices/')).toBe(0)
  expect([await lab.count('extras/image-attachments/'), await lab.count('extras/journal-entries/')]).toEqual([
    1, 1,
  ])
  expect(await lab.inventory.findByTag('HW-00001')).toMatchObject({
    records: [{ kind: 'asset', location: 'Shelf 2' }],
  })
  expect(await lab.inventory.findByMac('fcec.da11.2233')).toMatchObject({ records: [{ kind: 'asset' }] })
})

test('what was a device before the plugin came stays one', async () => {
  const server = labDatabase()
  const before = queueWorld({ server })
  before.outbox.start()
  enqueue(before.outbox, 1)
  await before.until(() => before.states().every((state) => state === 'confirmed'))
  const after = queueWorld({ ...withPlugin, server })
  after.outbox.start()
  enqueue(after.outbox, 1)
  await after.until(() => after.states().every((state) => state === 'confirmed'))
  expect(await holders(byHand(after.server), 'HW-00001', true)).toHaveLength(1)
  expect(await after.count('plugins/inventory/assets/')).toBe(0)
})

test('a tag that is on a stranger’s device or asset is not given away', async () => {
  const lab = queueWorld(withPlugin)
  const hand = byHand(lab.server)
  const manufacturer = await hand.make('dcim/manufacturers/', { name: 'Else', slug: 'else' })
  const device_type = await hand.make('dcim/device-types/', { manufacturer, model: 'X', slug: 'x' })
  await hand.make('plugins/inventory/assets/', { device_type, asset_tag: 'HW-00001', status: 'stored' })
  lab.outbox.start()
  enqueue(lab.outbox, 1)
  await lab.until(() => lab.states().includes('needs_human'))
  expect(lab.outbox.view()[0]?.why).toMatch(/HW-00001 is on .*asset.*Remove the tag there/)
})

test('killed between any two requests, there is one asset, one photo and one journal entry', async () => {
  let kills = 0
  for (let at = 1; ; at += 1) {
    const options = { ...withPlugin, server: labDatabase(), database: labDatabase() }
    const death = deathAt(at)
    death.begin()
    const dying = openWorld({
      ...options,
      next: death.next,
    })
    dying.outbox.start()
    enqueue(dying.outbox, 1)
    await dying.until(() => death.isDead() || dying.states().every((state) => state === 'confirmed'))
    await dying.outbox.stop()
    if (!death.isDead()) break
    kills += 1
    const reborn = openWorld(options)
    reborn.outbox.start()
    await reborn.until(() => reborn.states().every((state) => state === 'confirmed'))
    await reborn.outbox.stop()
    expect(await holders(byHand(reborn.server), 'HW-00001', true)).toEqual([expect.stringContaining('asset')])
    expect([
      await reborn.count('extras/image-attachments/'),
      await reborn.count('extras/journal-entries/'),
    ]).toEqual([1, 1])
    expect([dying.bugs, reborn.bugs]).toEqual([[], []])
  }
  expect(kills).toBeGreaterThan(15)
}, 60_000)
