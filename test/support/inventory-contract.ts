import { expect, test } from 'vitest'
import { z } from 'zod'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import type { DesiredItem } from '../../mcp-servers/netbox/outbox/item-intent.ts'
import { openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'

export interface InventoryUnderTest {
  inventory: Inventory
  /** Begins the name of everything that the suite makes. */
  prefix: string
  photo: Uint8Array
  outboxDatabase(): LabDatabase
  /** Removes what the suite made. */
  cleanUp(): Promise<void>
}

const idSchema = z.object({ id: z.number() })

function bodyOf(answer: { kind: 'ok'; body: unknown } | { kind: 'failed' }): unknown {
  return answer.kind === 'ok' ? answer.body : null
}

/** What HWLab expects of any inventory; the embedded one and a real NetBox pass the same. */
export function inventoryContract(open: () => Promise<InventoryUnderTest>): void {
  async function withInventory(use: (lab: InventoryUnderTest) => Promise<void>): Promise<void> {
    const lab = await open()
    try {
      await use(lab)
    } finally {
      await lab.cleanUp()
      await lab.inventory.close()
    }
  }

  function call(lab: InventoryUnderTest, method: 'GET' | 'POST' | 'PATCH', path: string, json?: unknown) {
    const body = json === undefined ? {} : { body: { json } }
    return lab.inventory.rest.call({ method, path, ...body })
  }

  async function made(lab: InventoryUnderTest, path: string, json: unknown): Promise<number> {
    const answer = await call(lab, 'POST', path, json)
    expect(answer).toMatchObject({ kind: 'ok' })
    const body = answer.kind === 'ok' ? answer.body : null
    if (typeof body === 'object' && body !== null && 'id' in body) return Number(body.id)
    throw new Error(`${path} did not answer with an id`)
  }

  async function device(lab: InventoryUnderTest, more: Record<string, unknown> = {}): Promise<number> {
    const { prefix } = lab
    const manufacturer = await made(lab, 'dcim/manufacturers/', {
      name: `${prefix} Acme`,
      slug: `${prefix}-acme`,
    })
    const device_type = await made(lab, 'dcim/device-types/', {
      manufacturer,
      model: `${prefix} Box`,
      slug: `${prefix}-box`,
      u_height: 0,
    })
    const role = await made(lab, 'dcim/device-roles/', {
      name: `${prefix} role`,
      slug: `${prefix}-role`,
      color: '9e9e9e',
    })
    const site = await made(lab, 'dcim/sites/', { name: `${prefix} site`, slug: `${prefix}-site` })
    return made(lab, 'dcim/devices/', {
      device_type,
      role,
      site,
      status: 'inventory',
      asset_tag: `${prefix}-1`,
      serial: `${prefix}-SN`,
      ...more,
    })
  }

  test('it says which version it is', () =>
    withInventory(async ({ inventory }) => {
      expect(await inventory.probe()).toMatchObject({ kind: 'ready', version: expect.stringMatching(/^4\./) })
    }))

  test('a device is found by exact tag, by serial in any case, and by words', () =>
    withInventory(async (lab) => {
      const id = await device(lab)
      const { inventory, prefix } = lab
      const expected = {
        kind: 'looked',
        records: [
          expect.objectContaining({ kind: 'device', id, assetTag: `${prefix}-1`, status: 'inventory' }),
        ],
      }
      expect(await inventory.findByTag(`${prefix}-1`)).toEqual(expected)
      expect(await inventory.findByTag(`${prefix}-1`.toUpperCase())).toEqual({ kind: 'looked', records: [] })
      expect(await inventory.findBySerial(`${prefix}-sn`.toUpperCase())).toEqual(expected)
      expect(await inventory.search(`${prefix}-SN`, 5)).toEqual(expected)
      expect(await inventory.get('device', id)).toEqual(expected)
      expect(await inventory.get('device', 2_000_000_000)).toEqual({ kind: 'looked', records: [] })
    }))

  test('a tag cannot be on two devices', () =>
    withInventory(async (lab) => {
      const id = await device(lab)
      const body = bodyOf(await call(lab, 'GET', `dcim/devices/${id}/`))
      const row = body && typeof body === 'object' ? new Map(Object.entries(body)) : new Map()
      const again = {
        device_type: row.get('device_type').id,
        role: row.get('role').id,
        site: row.get('site').id,
      }
      expect(
        await call(lab, 'POST', 'dcim/devices/', { ...again, asset_tag: `${lab.prefix}-1` }),
      ).toMatchObject({ kind: 'failed', cause: 'exists' })
    }))

  test('what NetBox keeps unique is said to exist, whichever words it uses', () =>
    withInventory(async (lab) => {
      const { prefix } = lab
      const id = await device(lab, { name: `${prefix} one` })
      const read = z
        .object({ device_type: idSchema, role: idSchema, site: idSchema })
        .parse(bodyOf(await call(lab, 'GET', `dcim/devices/${id}/`)))
      const same = { device_type: read.device_type.id, role: read.role.id, site: read.site.id }
      const exists = { kind: 'failed', cause: 'exists' }
      expect(await call(lab, 'POST', 'dcim/devices/', { ...same, name: `${prefix} ONE` })).toMatchObject(
        exists,
      )
      const manufacturer = { slug: `${prefix}-acme` }
      const type = { manufacturer, model: `${prefix} Box`, slug: `${prefix}-box` }
      expect(await call(lab, 'POST', 'dcim/device-types/', type)).toMatchObject(exists)
      const maker = { name: `${prefix} Acme`, slug: `${prefix}-acme` }
      expect(await call(lab, 'POST', 'dcim/manufacturers/', maker)).toMatchObject(exists)
      const port = { device: id, name: 'label-mac', type: 'other' }
      await made(lab, 'dcim/interfaces/', port)
      expect(await call(lab, 'POST', 'dcim/interfaces/', port)).toMatchObject(exists)
    }))

  test('one MAC address may be on one interface twice, and a used address is not the interface’s until it is made primary', () =>
    withInventory(async (lab) => {
      const id = await device(lab)
      const port = await made(lab, 'dcim/interfaces/', { device: id, name: 'label-mac', type: 'other' })
      const address = {
        mac_address: '02:00:00:AB:CD:EF',
        assigned_object_type: 'dcim.interface',
        assigned_object_id: port,
      }
      const first = await made(lab, 'dcim/mac-addresses/', address)
      await made(lab, 'dcim/mac-addresses/', address)
      const listed = await lab.inventory.rest.list('dcim/mac-addresses', { interface_id: port })
      expect(listed).toMatchObject({ kind: 'ok', rows: [{}, {}] })
      const path = `dcim/interfaces/${port}/`
      expect(bodyOf(await call(lab, 'GET', path))).toMatchObject({ primary_mac_address: null })
      await call(lab, 'PATCH', path, { primary_mac_address: first })
      expect(bodyOf(await call(lab, 'GET', path))).toMatchObject({ primary_mac_address: { id: first } })
    }))

  test('a wrong attribute value is refused, an unknown attribute is ignored, a missing reference is named', () =>
    withInventory(async (lab) => {
      const { prefix } = lab
      expect(
        await call(lab, 'POST', 'dcim/manufacturers/', { name: prefix, slug: 'not a slug!' }),
      ).toMatchObject({ kind: 'failed', cause: 'invalid' })
      expect(await call(lab, 'POST', 'dcim/manufacturers/', { slug: `${prefix}-m` })).toMatchObject({
        kind: 'failed',
        cause: 'invalid',
      })
      await made(lab, 'dcim/manufacturers/', {
        name: `${prefix} M`,
        slug: `${prefix}-m`,
        no_such_attribute: 1,
      })
      expect(
        await call(lab, 'POST', 'dcim/device-types/', {
          manufacturer: { slug: `${prefix}-none` },
          model: 'x',
          slug: `${prefix}-x`,
        }),
      ).toMatchObject({ kind: 'failed', cause: 'dependency' })
    }))

  test('a record that was changed meanwhile is not overwritten', () =>
    withInventory(async (lab) => {
      const id = await device(lab)
      const path = `dcim/devices/${id}/`
      const read = await lab.inventory.rest.call({ method: 'GET', path })
      const etag = read.kind === 'ok' ? read.etag : null
      if (etag === null) return // NetBox before 4.6
      const patch = (serial: string) =>
        lab.inventory.rest.call({ method: 'PATCH', path, ifMatch: etag, body: { json: { serial } } })
      expect(await patch('one')).toMatchObject({ kind: 'ok' })
      expect(await patch('two')).toMatchObject({ kind: 'failed', cause: 'stale' })
    }))

  test('an address without its closing slash is a page, an unknown id is not', () =>
    withInventory(async (lab) => {
      expect(await call(lab, 'POST', 'dcim/devices', {})).toMatchObject({ kind: 'failed', cause: 'base-url' })
      expect(await call(lab, 'PATCH', 'dcim/devices/2000000000/', {})).toMatchObject({
        kind: 'failed',
        cause: 'gone',
      })
    }))

  function wholeItem(prefix: string): DesiredItem {
    return {
      hwlabId: `${prefix}-id`,
      assetTag: `${prefix}-7`,
      manufacturer: { name: `${prefix} Maker`, slug: `${prefix}-maker` },
      deviceType: { model: `${prefix} Thing`, slug: `${prefix}-thing`, partNumber: 'T-1', uHeight: 0 },
      role: { name: `${prefix} part`, slug: `${prefix}-part` },
      site: { name: `${prefix} lab`, slug: `${prefix}-lab` },
      name: null,
      serial: `${prefix}-S7`,
      macAddress: '02:00:00:12:34:56',
      status: 'inventory',
      customFields: { hwlab_spec: '2 ports', hwlab_sample: true },
      tags: [`${prefix} tag`],
      comments: 'Line one\nLine two',
    }
  }

  /** What the outbox says of items that are asked for one after the other. */
  async function outcomes(lab: InventoryUnderTest, items: DesiredItem[]): Promise<unknown[]> {
    const database = lab.outboxDatabase()
    const { inventory } = lab
    const outbox = openOutbox({ database, clock: systemClock, inventory, photoBytes: async () => lab.photo })
    const photos = [{ attachmentId: 'one', sha256: 'ab'.repeat(32) }]
    const seen: unknown[] = []
    outbox.start()
    for (const item of items) {
      const settled = new Promise<unknown>((resolve) => outbox.onSettled(({ outcome }) => resolve(outcome)))
      outbox.enqueue(item.hwlabId, 'create_item', { item, photos, journal: 'Contract suite.' })
      seen.push(await settled)
    }
    await outbox.stop()
    database.close()
    return seen
  }

  test('the outbox brings a whole item in, and it is read back', () =>
    withInventory(async (lab) => {
      const { prefix, inventory } = lab
      expect(await outcomes(lab, [wholeItem(prefix)])).toEqual([
        {
          kind: 'confirmed',
          record: expect.objectContaining({ assetTag: `${prefix}-7` }),
          words: `${prefix}-7 is recorded and read back.`,
        },
      ])
      expect(await inventory.findByMac('0200.0012.3456')).toMatchObject({
        records: expect.arrayContaining([expect.objectContaining({ assetTag: `${prefix}-7` })]),
      })
      expect(await inventory.findByHwlabId(`${prefix}-id`)).toMatchObject({
        records: [{ assetTag: `${prefix}-7` }],
      })
    }))

  test('the outbox takes over neither a stranger’s tag nor a name that is taken', () =>
    withInventory(async (lab) => {
      const { prefix } = lab
      const first = { ...wholeItem(prefix), name: `${prefix} here` }
      const sameTag = { ...first, hwlabId: `${prefix}-other`, name: null }
      const sameName = { ...first, hwlabId: `${prefix}-third`, assetTag: `${prefix}-8` }
      expect(await outcomes(lab, [first, sameTag, sameName])).toMatchObject([
        { kind: 'confirmed' },
        { kind: 'needs-human', why: expect.stringContaining(`${prefix}-7 is on`) },
        { kind: 'needs-human', why: expect.stringMatching(/unique|Serial Number already exists/) },
      ])
    }))
}
