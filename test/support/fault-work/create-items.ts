import { recordPlaces } from '../../../mcp-servers/netbox/client/record-seen.ts'
import type { DesiredItem } from '../../../mcp-servers/netbox/outbox/item-intent.ts'
import type { InventoryWorld } from '../inventory-world.ts'
import type { FaultWork } from './fault-work.ts'
import { rowsOf, type Tally } from './tally.ts'

/** Whole items with everything that hangs on them. */
export const createItems: FaultWork = {
  words: (count) => `${count} items are there once each, with photo, journal entry and MAC address`,
  async open(world, count) {
    const wanted = Array.from({ length: count }, (_, index) => desired(world.prefix, index + 1))
    return {
      planned: wanted.map((item) => ({
        key: item.assetTag,
        kind: 'create_item',
        intent: {
          item,
          photos: [{ attachmentId: 'photo', sha256: 'cd'.repeat(32) }],
          journal: 'Fault suite.',
        },
      })),
      count: (tally) => countItems(world, wanted, tally),
    }
  },
}

function desired(prefix: string, number: number): DesiredItem {
  const digits = String(number).padStart(4, '0')
  return {
    hwlabId: `${prefix}-id-${digits}`,
    assetTag: `${prefix}-${digits}`,
    manufacturer: { name: `${prefix} Maker`, slug: `${prefix}-maker` },
    deviceType: { model: `${prefix} Thing`, slug: `${prefix}-thing`, partNumber: 'T-1', uHeight: 0 },
    role: { name: `${prefix} part`, slug: `${prefix}-part` },
    site: { name: `${prefix} lab`, slug: `${prefix}-lab` },
    location: [`${prefix} room`, `${prefix} shelf`],
    name: null,
    serial: `${prefix}-S${digits}`,
    macAddress: `02:00:5E:00:${digits.slice(0, 2)}:${digits.slice(2)}`,
    status: 'inventory',
    customFields: { hwlab_spec: '2 ports', hwlab_sample: true },
    tags: [`${prefix} tag`],
    comments: 'Line one\nLine two',
  }
}

async function countItems({ inventory }: InventoryWorld, wanted: DesiredItem[], tally: Tally): Promise<void> {
  const { rest } = inventory
  const count = async (answer: ReturnType<typeof rest.list>) => (await rowsOf(answer)).length
  for (const { assetTag, hwlabId, macAddress } of wanted) {
    const found = await inventory.findByTag(assetTag)
    const records = found.kind === 'looked' ? found.records : []
    tally.one(assetTag, records.filter((record) => record.hwlabId === hwlabId).length)
    for (const { id, kind } of records) {
      const { objectType } = recordPlaces[kind]
      const image = { object_type: objectType, object_id: id }
      const entry = { assigned_object_type: objectType, assigned_object_id: id }
      tally.one(`${assetTag} photo`, await count(rest.list('extras/image-attachments', image)))
      tally.one(`${assetTag} journal entry`, await count(rest.list('extras/journal-entries', entry)))
      const found = await inventory.findByMac(macAddress ?? '')
      const holders = found.kind === 'looked' ? found.records.filter((one) => one.id === id) : []
      tally.one(`${assetTag} by its MAC address`, holders.length)
      if (kind !== 'device') continue
      tally.one(`${assetTag} interface`, await count(rest.list('dcim/interfaces', { device_id: id })))
      tally.one(`${assetTag} MAC address`, await count(rest.list('dcim/mac-addresses', { device_id: id })))
    }
  }
  const [item] = wanted
  if (!item) return
  const site = { slug: item.site.slug }
  tally.one('maker', await count(rest.list('dcim/manufacturers', { slug: item.manufacturer.slug })))
  tally.one('device type', await count(rest.list('dcim/device-types', { slug: item.deviceType.slug })))
  tally.one('role', await count(rest.list('dcim/device-roles', { slug: item.role.slug })))
  tally.one('site', await count(rest.list('dcim/sites', site)))
  for (const name of item.location ?? []) tally.one(name, await count(rest.list('dcim/locations', { name })))
}
