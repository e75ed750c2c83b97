import { describe, expect, test } from 'vitest'
import { release } from '../../../../mcp-servers/netbox/embedded/release.ts'
import { enqueue } from '../outbox/queue-world.ts'
import { queueWorldsOfATest } from '../outbox/queue-worlds-of-a-test.ts'
import { anywhere, bay, byHand, holders, machines, move, workshop } from './part-world.ts'

const queueWorld = queueWorldsOfATest()

describe.for(['4.4.10', '4.6.8', '4.7.3'])('on NetBox %s', (version) => {
  async function world() {
    const lab = queueWorld({ release: release(version) })
    const hand = byHand(lab.server)
    const ids = await machines(lab.server)
    lab.outbox.start()
    let filed = 0
    return {
      lab,
      hand,
      ...ids,
      async record(number: number): Promise<void> {
        enqueue(lab.outbox, number)
        await lab.until(() => lab.outbox.view().every(({ state }) => state === 'confirmed'))
      },
      /** The outcome of a move that was approved. */
      async moved(intent: ReturnType<typeof move>): Promise<string> {
        const key = `move-${++filed}`
        lab.outbox.enqueue(key, 'move_part', intent)
        const row = () => lab.outbox.view().find(({ operationKey }) => operationKey === key)
        await lab.until(() => ['confirmed', 'needs_human'].includes(row()?.state ?? ''))
        return row()?.why ?? 'confirmed'
      },
    }
  }

  test('a loose part becomes the module of a bay, and its label leads there', async () => {
    const { lab, hand, one, record, moved } = await world()
    await record(1)
    expect(await moved(move(1, anywhere, bay(one, 'SSD 1')))).toBe('confirmed')
    const found = await lab.inventory.findByTag('HW-00001')
    expect(found).toMatchObject({
      records: [
        { kind: 'module', location: expect.stringContaining('SSD 1'), serial: 'SN-1', hwlabId: '01ITEM1' },
      ],
    })
    const [shell] = await hand.rows('dcim/devices/?cf_hwlab_id=01ITEM1')
    expect(shell).toMatchObject({ asset_tag: null, status: { value: 'offline' }, location: null })
    expect(await hand.rows('extras/image-attachments/')).toMatchObject([{ object_id: shell?.id }])
  })

  test('its MAC address, serial number and model lead to the machine that it is in', async () => {
    const { lab, one, moved } = await world()
    enqueue(lab.outbox, 1, { macAddress: 'FC:EC:DA:11:22:33' })
    await lab.until(() => lab.outbox.view().every(({ state }) => state === 'confirmed'))
    await moved(move(1, anywhere, bay(one, 'SSD 1')))
    const inBay = { records: [{ kind: 'module', assetTag: 'HW-00001' }] }
    expect(await lab.inventory.findByMac('fcec.da11.2233')).toMatchObject(inBay)
    expect(await lab.inventory.findBySerial('sn-1')).toMatchObject(inBay)
    expect(await lab.inventory.findByHwlabId('01ITEM1')).toMatchObject(inBay)
    expect(await lab.inventory.search('Box 1', 5)).toMatchObject(inBay)
  })

  test('out of the bay it is the same device again, with its journal, and the bay is free', async () => {
    const { hand, one, record, moved } = await world()
    await record(1)
    const [before] = await hand.rows('dcim/devices/?asset_tag=HW-00001')
    await moved(move(1, anywhere, bay(one, 'SSD 1')))
    const [module] = await hand.rows('dcim/modules/')
    await hand.make('extras/journal-entries/', {
      assigned_object_type: 'dcim.module',
      assigned_object_id: module?.id,
      comments: 'Firmware updated.',
    })
    expect(await moved(move(1, bay(one, 'SSD 1'), workshop))).toBe('confirmed')
    expect(await holders(hand, 'HW-00001')).toEqual([`device ${before?.id}`])
    const [after] = await hand.rows('dcim/devices/?asset_tag=HW-00001')
    expect(after).toMatchObject({
      serial: 'SN-1',
      status: { value: 'inventory' },
      location: { name: 'Shelf 2' },
    })
    expect(await hand.rows('dcim/modules/')).toEqual([])
    const journal = await hand.rows(`extras/journal-entries/?assigned_object_id=${before?.id}`)
    expect(journal.map(({ comments }) => String(comments))).toContain('Firmware updated.')
    expect(await hand.rows('dcim/locations/')).toMatchObject([
      { name: 'Workshop', parent: null },
      { name: 'Shelf 2', parent: { name: 'Workshop' } },
    ])
  })

  test('from bay to bay it stays the same module; a bay that is missing is added', async () => {
    const { hand, one, two, record, moved } = await world()
    await record(1)
    await moved(move(1, anywhere, bay(one, 'SSD 1')))
    const [before] = await hand.rows('dcim/modules/')
    expect(await moved(move(1, bay(one, 'SSD 1'), bay(two, 'M.2', true)))).toBe('confirmed')
    expect(await hand.rows('dcim/modules/')).toMatchObject([
      { id: before?.id, device: { id: two }, module_bay: { name: 'M.2' }, asset_tag: 'HW-00001' },
    ])
  })

  test('a bay that somebody filled meanwhile is left alone', async () => {
    const { hand, one, record, moved } = await world()
    await record(1)
    await record(2)
    await moved(move(1, anywhere, bay(one, 'SSD 1')))
    expect(await moved(move(2, anywhere, bay(one, 'SSD 1')))).toMatch(/sits in SSD 1 now/)
    expect(await holders(hand, 'HW-00002')).toHaveLength(1)
  })

  test('what somebody else put into a bay is not taken out of NetBox', async () => {
    const { hand, one, moved } = await world()
    const [slot] = await hand.rows('dcim/module-bays/')
    const [maker] = await hand.rows('dcim/manufacturers/')
    const module_type = await hand.make('dcim/module-types/', { manufacturer: maker?.id, model: 'PM9A3' })
    await hand.make('dcim/modules/', {
      device: one,
      module_bay: slot?.id,
      module_type,
      asset_tag: 'HW-00001',
    })
    expect(await moved(move(1, bay(one, 'SSD 1'), workshop))).toMatch(/by somebody else/)
    expect(await holders(hand, 'HW-00001')).toHaveLength(1)
  })
})
