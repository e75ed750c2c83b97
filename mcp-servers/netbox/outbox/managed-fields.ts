import type { DeviceRow } from '../client/device-row.ts'
import type { DesiredItem } from './item-intent.ts'
import { type References, slugOf } from './references.ts'

/** One field of a device that HWLab writes and reads back. */
export interface ManagedField {
  /** NetBox's own name: `serial`, `custom_fields.hwlab_spec`. */
  name: string
  label: string
  /** Whether the record holds what the item asks for; without ids, references are compared by slug or name. */
  holds(row: DeviceRow, references: References | null): boolean
  /** What a PATCH says. */
  written(references: References): unknown
  /** For a person; null: empty. */
  mine: string | null
  netbox(row: DeviceRow): string | null
}

/** The tag and `hwlab_id` are left out: they are how the record is found. Tags that others put on it are theirs. */
export function managedFields(item: DesiredItem): ManagedField[] {
  const { deviceType, manufacturer } = item
  return [
    textField('name', 'name', item.name, (row) => row.name),
    {
      name: 'device_type',
      label: 'device type',
      holds: (row, references) =>
        references
          ? row.device_type.id === references.deviceType
          : isSame(row.device_type.manufacturer, manufacturer) &&
            (row.device_type.slug === deviceType.slug || row.device_type.model === deviceType.model),
      written: (references) => references.deviceType,
      mine: `${manufacturer.name} ${deviceType.model}`,
      netbox: (row) => `${row.device_type.manufacturer.name} ${row.device_type.model}`,
    },
    referenceField('role', item.role, (references) => references.role),
    referenceField('site', item.site, (references) => references.site),
    ...(item.location ? [locationField(item.location)] : []),
    textField('status', 'status', item.status, (row) => row.status),
    textField('serial', 'serial number', item.serial, (row) => row.serial),
    textField('comments', 'comments', item.comments, (row) => row.comments),
    ...item.tags.map(tagField),
    ...Object.entries(item.customFields).map(([name, value]) => customField(name, value)),
  ]
}

/** The managed fields that the record read back does not hold as asked, in words. None: it is as asked. */
export function differences(
  item: DesiredItem,
  row: DeviceRow,
  how: { references: References; kept: readonly string[] },
): string[] {
  return [
    ...(row.asset_tag === item.assetTag ? [] : ['asset tag']),
    ...(row.custom_fields.hwlab_id === item.hwlabId ? [] : ['HWLab id']),
    ...managedFields(item)
      .filter((field) => !how.kept.includes(field.name) && !field.holds(row, how.references))
      .map((field) => field.label),
  ]
}

function textField(
  name: 'name' | 'status' | 'serial' | 'comments',
  label: string,
  wanted: string | null,
  read: (row: DeviceRow) => string | null,
): ManagedField {
  return {
    name,
    label,
    holds: (row) => plain(read(row)) === plain(wanted),
    written: () => (name === 'name' ? wanted : (wanted ?? '')),
    mine: shown(wanted),
    netbox: (row) => shown(read(row)),
  }
}

function referenceField(
  name: 'role' | 'site',
  wanted: { name: string; slug: string },
  id: (references: References) => number,
): ManagedField {
  return {
    name,
    label: name,
    holds: (row, references) => (references ? row[name].id === id(references) : isSame(row[name], wanted)),
    written: id,
    mine: wanted.name,
    netbox: (row) => row[name].name,
  }
}

/** Where it lies; the record shows only the innermost location. */
function locationField(path: readonly string[]): ManagedField {
  const innermost = path.at(-1) ?? ''
  return {
    name: 'location',
    label: 'location',
    holds: (row, references) =>
      references
        ? row.location?.id === references.location
        : row.location?.name.toLowerCase() === innermost.toLowerCase(),
    written: (references) => references.location,
    mine: path.join(' / '),
    netbox: (row) => row.location?.name ?? null,
  }
}

function tagField(name: string): ManagedField {
  const slug = slugOf(name)
  const has = (row: DeviceRow) => row.tags.some((tag) => tag.slug === slug || tag.name === name)
  return {
    name: `tags.${slug}`,
    label: `tag “${name}”`,
    holds: has,
    written: () => ({ name, slug }),
    mine: name,
    netbox: (row) => (has(row) ? name : null),
  }
}

function customField(name: string, value: unknown): ManagedField {
  const read = (row: DeviceRow) => row.custom_fields[name] ?? null
  return {
    name: `custom_fields.${name}`,
    label: `custom field ${name}`,
    holds: (row) => JSON.stringify(read(row)) === JSON.stringify(value ?? null),
    written: () => value,
    mine: shown(value),
    netbox: (row) => shown(read(row)),
  }
}

function isSame(row: { name: string; slug: string }, wanted: { name: string; slug: string }): boolean {
  return row.slug === wanted.slug || row.name.toLowerCase() === wanted.name.toLowerCase()
}

function plain(text: string | null): string {
  return (text ?? '').replaceAll('\r\n', '\n').trim()
}

function shown(value: unknown): string | null {
  if (value === null || value === undefined || value === '') return null
  return typeof value === 'string' ? value : JSON.stringify(value)
}
