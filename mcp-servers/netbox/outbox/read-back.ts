import type { DeviceRow } from '../client/device-row.ts'
import type { DesiredItem } from './item-intent.ts'
import { type References, slugOf } from './references.ts'

/** The managed fields that the record read back does not hold as asked, in words. None: it is as asked. */
export function differences(item: DesiredItem, references: References, row: DeviceRow): string[] {
  const tags = row.tags.map((tag) => tag.slug)
  const kept: Record<string, boolean> = {
    'asset tag': row.asset_tag === item.assetTag,
    name: (row.name ?? '') === (item.name ?? ''),
    'device type': row.device_type.id === references.deviceType,
    role: row.role.id === references.role,
    site: row.site.id === references.site,
    status: row.status === item.status,
    'serial number': row.serial === (item.serial ?? '').trim(),
    comments: plain(row.comments) === plain(item.comments),
    'HWLab id': row.custom_fields.hwlab_id === item.hwlabId,
  }
  const missingTags = item.tags.filter(
    (name) => !tags.includes(slugOf(name)) && !row.tags.some((tag) => tag.name === name),
  )
  const wrongFields = Object.entries(item.customFields).filter(
    ([name, value]) => JSON.stringify(row.custom_fields[name] ?? null) !== JSON.stringify(value ?? null),
  )
  return [
    ...Object.keys(kept).filter((field) => !kept[field]),
    ...missingTags.map((name) => `tag “${name}”`),
    ...wrongFields.map(([name]) => `custom field ${name}`),
  ]
}

function plain(text: string): string {
  return text.replaceAll('\r\n', '\n').trim()
}
