import { expect, test } from 'vitest'
import { readCustomField } from '../../mcp-servers/netbox/custom-field-types.ts'
import type { InventoryUnderTest } from './inventory-contract.ts'
import { InventoryWorld } from './inventory-world.ts'

type Opened = Pick<InventoryUnderTest, 'inventory' | 'prefix' | 'cleanUp'>
const exists = { kind: 'failed', cause: 'exists' }
const invalid = { kind: 'failed', cause: 'invalid' }

/** A real NetBox on a busy machine takes its time. */
const slowServerMs = 90_000

/** Addresses, tags, custom fields, the change log and the plugin's assets: the same for every inventory. */
export function inventoryRecordsContract(open: () => Promise<Opened>): void {
  const within = (words: string, use: (world: InventoryWorld) => Promise<void>) =>
    test(
      words,
      async () => {
        const opened = await open()
        try {
          await use(new InventoryWorld(opened.inventory, opened.prefix))
        } finally {
          await opened.cleanUp()
          await opened.inventory.close()
        }
      },
      slowServerMs,
    )

  async function features(world: InventoryWorld) {
    const known = await world.inventory.features()
    if (known.kind === 'away') throw new Error(known.why)
    return known.features
  }

  within(
    'an address lies in its prefix, is taken once, and belongs to a device by its interface',
    async (world) => {
      const { rest } = world.inventory
      const description = world.prefix
      const { device, port } = await world.lab()
      const owner = await device()
      const eth0 = await port(owner, 'eth0')
      const net = await world.make('ipam/prefixes', { prefix: '198.51.100.0/24', description })
      const held = { assigned_object_type: 'dcim.interface', assigned_object_id: eth0 }
      const id = await world.make('ipam/ip-addresses', { address: '198.51.100.9/24', description, ...held })
      const six = await world.make('ipam/ip-addresses', { address: '2001:DB8:0:0::9/64', description })
      expect(await world.ids(rest.list('ipam/prefixes', { contains: '198.51.100.9' }))).toContain(net)
      expect(await world.ids(rest.list('ipam/prefixes', { within: '198.51.0.0/16' }))).toEqual([net])
      expect(await world.ids(rest.list('ipam/ip-addresses', { parent: '198.51.100.0/25' }))).toEqual([id])
      expect(await world.ids(rest.list('ipam/ip-addresses', { device_id: owner }))).toEqual([id])
      expect(await world.read(`ipam/ip-addresses/${six}/`)).toMatchObject({
        address: '2001:db8::9/64',
        family: { value: 6 },
      })
      expect(await world.call('POST', 'ipam/ip-addresses/', { address: '198.51.100.9/24' })).toMatchObject(
        exists,
      )
      expect(await world.call('POST', 'ipam/prefixes/', { prefix: '198.51.100.0/24' })).toMatchObject(exists)
      expect(await world.call('POST', 'ipam/prefixes/', { prefix: '198.51.100.7/24' })).toMatchObject(invalid)
      await world.call('PATCH', `dcim/devices/${owner}/`, { primary_ip4: id })
      expect(await world.ids(rest.list('dcim/devices', { id: owner, has_primary_ip: 'true' }))).toEqual([
        owner,
      ])
    },
  )

  within('tags are added and taken away beside those of others, where the server can', async (world) => {
    const { prefix } = world
    const tag = (name: string) =>
      world.make('extras/tags', { name: `${prefix} ${name}`, slug: `${prefix}-${name}` })
    const [theirs, ours, old] = [await tag('theirs'), await tag('ours'), await tag('old')]
    const { device } = await world.lab()
    const path = `dcim/devices/${await device({ tags: [theirs, old] })}/`
    await world.call('PATCH', path, { add_tags: [ours], remove_tags: [old] })
    const { addTags } = await features(world)
    const wanted = addTags ? [theirs, ours] : [theirs, old]
    expect((await world.read(path)).tags).toHaveLength(2)
    expect(await world.read(path)).toMatchObject({
      tags: expect.arrayContaining(wanted.map((id) => expect.objectContaining({ id }))),
    })
    expect(
      await world.ids(world.inventory.rest.list('dcim/devices', { tag: `${prefix}-theirs` })),
    ).toHaveLength(1)
  })

  within('a selection is written bare, read as the release reads it, and is one value', async (world) => {
    const { prefix } = world
    const extra_choices = [
      ['draft', 'Draft'],
      ['done', 'Done'],
    ]
    const choice_set = await world.make('extras/custom-field-choice-sets', {
      name: `${prefix} states`,
      extra_choices,
    })
    const object_types = ['dcim.device', 'dcim.module']
    const name = `${prefix}_state`
    await world.make('extras/custom-fields', { name, type: 'select', object_types, choice_set })
    const { device } = await world.lab()
    const path = `dcim/devices/${await device({ custom_fields: { [name]: 'draft' } })}/`
    const raw = new Map(Object.entries((await world.read(path)).custom_fields ?? {})).get(name)
    const { selectShape } = await features(world)
    expect(raw).toEqual(selectShape === 'raw' ? 'draft' : { value: 'draft', label: 'Draft' })
    expect(readCustomField('select', raw)).toBe('draft')
    for (const wrong of ['Draft', { value: 'draft', label: 'Draft' }])
      expect(await world.call('PATCH', path, { custom_fields: { [name]: wrong } })).toMatchObject(invalid)
  })

  within('every change is in the change log, with its request and its words', async (world) => {
    const { rest } = world.inventory
    const { device } = await world.lab()
    const id = await device({ changelog_message: 'hwlab:one' })
    const path = `dcim/devices/${id}/`
    const changed = await world.call('PATCH', path, { serial: 'S2', changelog_message: 'hwlab:two' })
    const requestId = changed.kind === 'ok' ? changed.requestId : null
    const log = await rest.list('core/object-changes', {
      changed_object_type: 'dcim.device',
      changed_object_id: id,
    })
    const rows = log.kind === 'ok' ? log.rows.toSorted((a, b) => a.id - b.id) : []
    expect(rows).toMatchObject([
      { action: { value: 'create' }, changed_object_id: id, message: 'hwlab:one' },
      {
        action: { value: 'update' },
        message: 'hwlab:two',
        request_id: requestId,
        prechange_data: { serial: '' },
        postchange_data: { serial: 'S2' },
      },
    ])
    const byRequest = rest.list('core/object-changes', { request_id: requestId ?? '' })
    expect(await world.ids(byRequest)).toEqual(rows.slice(1).map((row) => row.id))
    await world.call('PATCH', path, { serial: 'S2' })
    const later = await world.ids(
      rest.list('core/object-changes', { changed_object_type: 'dcim.device', changed_object_id: id }),
    )
    expect(later).toHaveLength(2)
  })

  within(
    'an asset is one thing, found by its tag whether it lies on a shelf or stands in a machine',
    async (world) => {
      const { inventory, prefix } = world
      if (!(await features(world)).assets) return
      const { device, box, shelf } = await world.lab()
      const asset = { device_type: box, status: 'stored', storage_location: shelf }
      const one = { ...asset, asset_tag: `${prefix}-A1`, serial: `${prefix}-AS` }
      const id = await world.make('plugins/inventory/assets', one)
      const record = {
        kind: 'asset',
        id,
        location: `${prefix} shelf`,
        status: 'stored',
        model: `${prefix} box`,
      }
      expect(await inventory.findByTag(`${prefix}-A1`)).toMatchObject({ records: [record] })
      expect(await inventory.findBySerial(`${prefix}-as`)).toMatchObject({ records: [record] })
      expect(await inventory.get('asset', id)).toMatchObject({ records: [record] })
      expect(await world.call('POST', 'plugins/inventory/assets/', one)).toMatchObject(exists)
      expect(await world.call('POST', 'plugins/inventory/assets/', { status: 'stored' })).toMatchObject(
        invalid,
      )
      const host = await device({ asset_tag: `${prefix}-A1` })
      const path = `plugins/inventory/assets/${id}/`
      expect(await world.call('PATCH', path, { device: host })).toMatchObject({ kind: 'ok' })
      expect(await world.read(path)).toMatchObject({ status: 'used', device: { id: host } })
      expect(await inventory.findByTag(`${prefix}-A1`)).toMatchObject({
        records: [{ kind: 'device', id: host }],
      })
      const second = await world.make('plugins/inventory/assets', { ...asset, asset_tag: `${prefix}-A2` })
      const taken = await world.call('PATCH', `plugins/inventory/assets/${second}/`, { device: host })
      expect(taken).toMatchObject({ kind: 'failed', cause: expect.stringMatching(/^(exists|race)$/) })
      await world.call('DELETE', `dcim/devices/${host}/`)
      expect(await world.read(path)).toMatchObject({ status: 'stored', device: null })
    },
  )

  within('the highest tag counts parts, racks and assets too', async (world) => {
    const { inventory } = world
    const before = await inventory.highestTag()
    if (before.kind === 'away') throw new Error(before.why)
    const { site, device, bay, part, box } = await world.lab()
    const tag = (more: number) => `HW-${String(before.number + more).padStart(5, '0')}`
    const highest = async () => {
      const looked = await inventory.highestTag()
      return looked.kind === 'looked' ? looked.number - before.number : looked.why
    }
    const name = `${world.prefix} tall`
    const rack = await world.make('dcim/racks', { name, site, asset_tag: tag(1) })
    expect(await highest()).toBe(1)
    const host = await device()
    const module = { device: host, module_bay: await bay(host, 'Bay 1'), module_type: part }
    await world.make('dcim/modules', { ...module, asset_tag: tag(2) })
    expect(await highest()).toBe(2)
    if ((await features(world)).assets) {
      const asset = { device_type: box, status: 'stored', asset_tag: tag(3) }
      const id = await world.make('plugins/inventory/assets', asset)
      expect(await highest()).toBe(3)
      await world.call('DELETE', `plugins/inventory/assets/${id}/`)
    }
    await world.call('DELETE', `dcim/racks/${rack}/`)
  })
}
