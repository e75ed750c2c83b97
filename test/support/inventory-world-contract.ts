import { expect, test } from 'vitest'
import { etagOf, guardedPatch, seenAs } from '../../mcp-servers/netbox/client/guarded-patch.ts'
import type { InventoryUnderTest } from './inventory-contract.ts'
import { InventoryWorld } from './inventory-world.ts'

type Opened = Pick<InventoryUnderTest, 'inventory' | 'prefix' | 'photo' | 'cleanUp'>
const failedAs = (...causes: string[]) => ({
  kind: 'failed',
  cause: expect.stringMatching(new RegExp(`^(${causes.join('|')})$`)),
})

/** A real NetBox on a busy machine takes its time. */
const slowServerMs = 90_000

/** Parts in machines, cables, racks, addresses, assets and the change log: the same for every inventory. */
export function inventoryWorldContract(open: () => Promise<Opened>): void {
  const within = (words: string, use: (world: InventoryWorld, opened: Opened) => Promise<void>) =>
    test(
      words,
      async () => {
        const opened = await open()
        try {
          await use(new InventoryWorld(opened.inventory, opened.prefix), opened)
        } finally {
          await opened.cleanUp()
          await opened.inventory.close()
        }
      },
      slowServerMs,
    )

  within('it says what it can do, and does it', async (world) => {
    const { inventory } = world
    const known = await inventory.features()
    if (known.kind === 'away') throw new Error(known.why)
    const { device } = await world.lab()
    const answer = await world.call('GET', `dcim/devices/${await device()}/`)
    if (answer.kind === 'failed') throw new Error(answer.why)
    const { etag, lastUpdated } = seenAs(answer)
    expect(etag).toBe(known.features.etag ? etagOf(lastUpdated ?? '') : null)
    const probe = await inventory.probe()
    expect(probe).toEqual({ kind: 'ready', version: known.features.version })
  })

  within('a change that somebody made meanwhile is not overwritten, in every release', async (world) => {
    const { rest } = world.inventory
    const path = `dcim/devices/${await (await world.lab()).device()}/`
    const read = await world.call('GET', path)
    if (read.kind === 'failed') throw new Error(read.why)
    const seen = seenAs(read)
    expect(await guardedPatch(rest, { path, seen, json: { serial: 'one' } })).toMatchObject({ kind: 'ok' })
    expect(await guardedPatch(rest, { path, seen, json: { serial: 'two' } })).toMatchObject(failedAs('stale'))
    expect((await world.read(path)).serial).toBe('one')
  })

  within('every row is read, page by page', async (world) => {
    const { device, site } = await world.lab()
    const made = [await device(), await device(), await device()]
    const seen: number[] = []
    for await (const page of world.inventory.rest.pages(
      'dcim/devices',
      { site_id: site },
      { fields: ['name'] },
    ))
      if (page.kind === 'ok') seen.push(...page.rows.map((row) => row.id))
    expect(seen).toEqual(made)
  })

  within(
    'a filter that is known but cannot be answered is a failure, never the whole table',
    async ({ inventory }) => {
      const { rest } = inventory
      expect(await rest.list('dcim/devices', { status: 'no-such-status' })).toMatchObject({ kind: 'failed' })
      expect(await rest.list('dcim/devices', { site_id: 2_000_000_000 })).toMatchObject({ kind: 'failed' })
      expect(await rest.list('dcim/devices', { tag: 'no-such-tag' })).toMatchObject({ kind: 'failed' })
    },
  )

  within('a part sits in a bay of a machine and is found by its tag and serial', async (world) => {
    const { inventory, prefix } = world
    const { device, bay, part } = await world.lab()
    const host = await device({ name: `${prefix} host` })
    const module_bay = await bay(host, 'Bay 1')
    const wanted = { device: host, module_bay, module_type: part }
    const id = await world.make('dcim/modules', {
      ...wanted,
      serial: `${prefix}-M`,
      asset_tag: `${prefix}-M1`,
    })
    const location = expect.stringMatching(new RegExp(`^${prefix} host .*Bay 1$`))
    const record = { kind: 'module', id, location, model: `${prefix} part`, lastUpdated: expect.any(String) }
    expect(await inventory.findByTag(`${prefix}-M1`)).toMatchObject({ records: [record] })
    expect(await inventory.findBySerial(`${prefix}-m`)).toMatchObject({ records: [record] })
    expect(await inventory.get('module', id)).toMatchObject({ records: [record] })
    expect(await world.read(`dcim/module-bays/${module_bay}/`)).toMatchObject({ installed_module: { id } })
    expect(await world.call('POST', 'dcim/modules/', wanted)).toMatchObject(failedAs('exists', 'race'))
    expect(await world.call('POST', 'dcim/modules/', { module_type: part })).toMatchObject(
      failedAs('invalid'),
    )
  })

  within('a part moves to another machine, its tag with it', async (world) => {
    const { prefix } = world
    const { device, bay, part } = await world.lab()
    const [from, to] = [await device(), await device()]
    const [first, second] = [await bay(from, 'Bay 1'), await bay(to, 'Bay 9')]
    const module = { device: from, module_bay: first, module_type: part, asset_tag: `${prefix}-M1` }
    const path = `dcim/modules/${await world.make('dcim/modules', module)}/`
    expect(await world.call('PATCH', path, { device: to, module_bay: second })).toMatchObject({ kind: 'ok' })
    expect(await world.read(path)).toMatchObject({ device: { id: to }, asset_tag: `${prefix}-M1` })
    expect(await world.ids(world.inventory.rest.list('dcim/modules', { module_bay_id: first }))).toEqual([])
    await world.call('DELETE', `dcim/devices/${to}/`)
    expect(await world.call('GET', path)).toMatchObject(failedAs('gone'))
  })

  within('a photo hangs on a device but not on a part, a note on both', async (world, { photo }) => {
    const { device, bay, part } = await world.lab()
    const host = await device()
    const module = { device: host, module_bay: await bay(host, 'Bay 1'), module_type: part }
    const moduleId = await world.make('dcim/modules', module)
    const attach = (object_type: string, id: number) => {
      const form = new FormData()
      form.set('object_type', object_type)
      form.set('object_id', String(id))
      form.set('name', 'front')
      form.set('image', new File([new Uint8Array(photo)], 'front.jpg', { type: 'image/jpeg' }))
      return world.inventory.rest.call({ method: 'POST', path: 'extras/image-attachments/', body: { form } })
    }
    expect(await attach('dcim.device', host)).toMatchObject({ kind: 'ok' })
    expect(await attach('dcim.module', moduleId)).toMatchObject(failedAs('invalid'))
    await world.make('extras/journal-entries', {
      assigned_object_type: 'dcim.module',
      assigned_object_id: moduleId,
      comments: 'swapped',
    })
    const notes = { assigned_object_type: 'dcim.module', assigned_object_id: moduleId }
    expect(await world.ids(world.inventory.rest.list('extras/journal-entries', notes))).toHaveLength(1)
  })

  within('a cable joins two free interfaces, and its label is its tag', async (world) => {
    const { rest } = world.inventory
    const { device, port } = await world.lab()
    const [one, other] = [await device(), await device()]
    const [a, b, c] = [await port(one, 'eth0'), await port(other, 'eth0'), await port(other, 'eth1')]
    const label = `${world.prefix}-C1`
    const cable = { a_terminations: world.end(a), b_terminations: world.end(b), label }
    const id = await world.make('dcim/cables', cable)
    expect(await world.ids(rest.list('dcim/cables', { label }))).toEqual([id])
    for (const end of [one, other])
      expect(await world.ids(rest.list('dcim/cables', { device_id: end }))).toEqual([id])
    const noted = { assigned_object_type: 'dcim.cable', assigned_object_id: id }
    await world.make('extras/journal-entries', { ...noted, kind: 'danger', comments: `${label} failed` })
    expect(await world.ids(rest.list('extras/journal-entries', noted))).toHaveLength(1)
    expect(await world.ids(rest.list('dcim/interfaces', { device_id: other, cabled: 'true' }))).toEqual([b])
    expect(await world.read(`dcim/interfaces/${a}/`)).toMatchObject({
      cable: { id },
      _occupied: true,
      link_peers: [{ id: b }],
    })
    const again = { ...cable, b_terminations: world.end(c) }
    expect(await world.call('POST', 'dcim/cables/', again)).toMatchObject(failedAs('exists'))
    expect(await world.call('POST', 'dcim/cables/', { a_terminations: world.end(c) })).toMatchObject(
      failedAs('invalid'),
    )
    const nowhere = { a_terminations: world.end(c), b_terminations: world.end(2_000_000_000) }
    expect(await world.call('POST', 'dcim/cables/', nowhere)).toMatchObject(failedAs('dependency'))
    await world.call('DELETE', `dcim/interfaces/${b}/`)
    expect(await world.read(`dcim/cables/${id}/`)).toMatchObject({
      a_terminations: [{ object_id: a }],
      b_terminations: [],
    })
  })

  within('a rack unit holds one thing, or one in front and one behind', async (world) => {
    const { inventory, prefix } = world
    const { device, rack, room, role, site, server, panel } = await world.lab()
    const at = (position: number, face: string) => ({ rack, position, face })
    const id = await device({ device_type: server, ...at(1, 'front'), location: room })
    expect(await inventory.get('device', id)).toMatchObject({ records: [{ location: `${prefix} rack, U1` }] })
    const same = { device_type: server, role, site }
    const taken = await world.call('POST', 'dcim/devices/', { ...same, ...at(2, 'front') })
    expect(taken).toMatchObject({ ...failedAs('invalid'), why: expect.stringContaining('U2') })
    await device({ device_type: panel, ...at(3, 'front') })
    await device({ device_type: panel, ...at(3, 'rear') })
    expect(await world.call('POST', 'dcim/devices/', { ...same, ...at(4, 'front') })).toMatchObject(
      failedAs('invalid'),
    )
  })

  within('a location is asked for with all that is below it', async (world) => {
    const { device, room, shelf } = await world.lab()
    const id = await device({ location: shelf })
    expect(await world.ids(world.inventory.rest.list('dcim/devices', { location_id: room }))).toEqual([id])
    expect(await world.ids(world.inventory.rest.list('dcim/locations', { parent_id: room }))).toEqual([shelf])
  })
}
