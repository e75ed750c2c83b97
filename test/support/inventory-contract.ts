import { expect, test } from 'vitest'
import type { Inventory } from '../../mcp-servers/netbox/client/inventory.ts'
import { openOutbox } from '../../mcp-servers/netbox/outbox/open-outbox.ts'
import type { DesiredItem } from '../../mcp-servers/netbox/outbox/operation.ts'
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

  function call(lab: InventoryUnderTest, method: 'POST' | 'PATCH' | 'DELETE', path: string, json?: unknown) {
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
      const first = await lab.inventory.rest.call({ method: 'GET', path: `dcim/devices/${id}/` })
      const body: unknown = first.kind === 'ok' ? first.body : null
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

  test('the outbox brings a whole item in, and it is read back', () =>
    withInventory(async (lab) => {
      const { prefix, inventory } = lab
      const item: DesiredItem = {
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
      const database = lab.outboxDatabase()
      const outbox = openOutbox({
        database,
        clock: systemClock,
        inventory,
        photoBytes: async () => lab.photo,
      })
      const settled = new Promise((resolve) => outbox.onSettled(resolve))
      outbox.start()
      const photos = [{ attachmentId: 'one', sha256: 'ab'.repeat(32) }]
      outbox.enqueueCreateItem({ operationKey: prefix, item, photos, journal: 'Contract suite.' })
      expect(await settled).toMatchObject({
        outcome: { kind: 'confirmed', record: { assetTag: `${prefix}-7` } },
      })
      await outbox.stop()
      database.close()
      expect(await inventory.findByMac('0200.0012.3456')).toMatchObject({
        records: expect.arrayContaining([expect.objectContaining({ assetTag: `${prefix}-7` })]),
      })
      expect(await inventory.findByHwlabId(`${prefix}-id`)).toMatchObject({
        records: [{ assetTag: `${prefix}-7` }],
      })
    }))
}
