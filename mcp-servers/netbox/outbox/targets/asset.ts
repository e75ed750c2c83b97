import { z } from 'zod'
import { type AssetRow, assetFields, assetRowSchema, assetSeen } from '../../client/asset-row.ts'
import type { DeviceRow } from '../../client/device-row.ts'
import { failed } from '../../client/failure.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { customFieldsWritten } from '../../client/write-values.ts'
import { foreign, moduleWithTag } from '../find-own.ts'
import type { DesiredItem } from '../item-intent.ts'
import type { InventoryTarget, Wanted } from './inventory-target.ts'

/** What a device calls “inventory” and “active”. Source: netbox-inventory 2.6.0, choices.py. */
const statuses: Record<string, string> = { inventory: 'stored', active: 'used' }

/**
 * An asset of the plugin netbox-inventory. It has neither site nor device role nor interfaces; a location says the site,
 * and a MAC address goes into a custom field, where it is found again.
 */
export const assetTarget: InventoryTarget = {
  kind: 'asset',
  place: recordPlaces.asset,
  sayable: (item) =>
    item.macAddress === null
      ? item
      : { ...item, macAddress: null, customFields: { ...item.customFields, hwlab_mac: item.macAddress } },
  async find(rest, item, signal) {
    const ask = { limit: 50, fields: assetFields, signal }
    const byTag = await rest.list('plugins/inventory/assets', { asset_tag: item.assetTag }, ask)
    if (byTag.kind === 'failed') return byTag
    const byId = await rest.list('plugins/inventory/assets', { cf_hwlab_id: item.hwlabId }, ask)
    if (byId.kind === 'failed') return byId
    const rows = z.array(assetRowSchema).safeParse([...byTag.rows, ...byId.rows])
    if (!rows.success)
      return failed('base-url', 'NetBox’s answer has another shape than netbox-inventory 2.4 to 2.6.')
    const own = rows.data.find((row) => row.custom_fields.hwlab_id === item.hwlabId)
    if (own?.asset_tag === item.assetTag) return { kind: 'own', id: own.id }
    const holder = rows.data.find((row) => row.asset_tag === item.assetTag)
    if (holder) return foreign(item.assetTag, `“${holder.display}” (asset ${holder.id})`)
    if (own)
      return {
        kind: 'foreign',
        why: `This item is in NetBox as the asset “${own.display}” with the tag ${own.asset_tag ?? 'missing'} instead of ${item.assetTag}. Correct the tag there, then retry.`,
      }
    return moduleWithTag(rest, item.assetTag, signal)
  },
  created: (item, references) => ({
    name: item.name ?? '',
    device_type: references.deviceType,
    storage_location: references.location,
    serial: item.serial,
    asset_tag: item.assetTag,
    status: statuses[item.status],
    comments: item.comments,
    tags: references.tags,
    custom_fields: customFieldsWritten({ ...item.customFields, hwlab_id: item.hwlabId }),
  }),
  patched(values) {
    const { role, site, location, status, serial, name, ...rest } = values
    return {
      ...rest,
      ...(location === undefined ? {} : { storage_location: location }),
      ...(status === undefined ? {} : { status: statuses[String(status)] ?? status }),
      ...(serial === undefined ? {} : { serial: serial === '' ? null : serial }),
      ...(name === undefined ? {} : { name: name ?? '' }),
    }
  },
  read(body, wanted) {
    const row = assetRowSchema.safeParse(body)
    return row.success ? { row: likeDevice(row.data, wanted), record: assetSeen(row.data) } : null
  },
}

/** Site and role, which an asset does not have, are as wanted. */
function likeDevice(asset: AssetRow, { item, references }: Wanted): DeviceRow {
  const type = asset.device_type
  const status = Object.keys(statuses).find((name) => statuses[name] === asset.status) ?? asset.status
  return {
    id: asset.id,
    display: asset.display,
    display_url: asset.url,
    name: asset.name === '' ? null : asset.name,
    asset_tag: asset.asset_tag,
    serial: asset.serial ?? '',
    device_type: {
      id: type?.id ?? 0,
      model: type?.model ?? '',
      slug: '',
      manufacturer: { id: 0, name: type?.manufacturer.name ?? '', slug: '' },
    },
    role: { id: references.role, ...item.role },
    site: { id: references.site, ...item.site },
    location: asset.storage_location && {
      id: asset.storage_location.id,
      name: asset.storage_location.display,
    },
    rack: null,
    position: null,
    status,
    comments: asset.comments,
    tags: asset.tags,
    custom_fields: asset.custom_fields,
    last_updated: asset.last_updated,
  }
}

/** Custom fields that an asset of this item needs. */
export function assetCustomFields(item: DesiredItem): string[] {
  return ['hwlab_id', ...Object.keys(item.customFields)]
}
