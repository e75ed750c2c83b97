import { z } from 'zod'
import { customFields } from '../custom-fields.ts'
import type { FieldValue } from './merge-fields.ts'

/** How a field of a record is read, compared and written. Limits in characters: NetBox's models, 4.4 to 4.7. */
export type FieldRule = { label: string } & (
  | { kind: 'text'; most: number; nullable: boolean }
  | { kind: 'choice' }
  | { kind: 'role' }
  /** A path of locations, from the outside in. */
  | { kind: 'place' }
  /** Manufacturer and model. */
  | { kind: 'model' }
)

interface RecordShape {
  endpoint: string
  /** NetBox's name of the type: a journal entry hangs on it. */
  objectType: string
  /** What a status may be, with its words. */
  statuses: Record<string, string>
  /** The status of a thing that is gone for good; its record and its tag stay. */
  retired: string
  fields: Record<string, FieldRule>
}

const text = (label: string, most: number): FieldRule => ({ label, kind: 'text', most, nullable: false })
const nullable = (label: string, most: number): FieldRule => ({ label, kind: 'text', most, nullable: true })

const asset_tag = nullable('Tag', 50)
const status: FieldRule = { label: 'Status', kind: 'choice' }
const description = text('Short description', 200)
const comments = text('Comments', 20_000)

/** The value of a field of the kind `model`. */
export const modelSchema = z.object({ manufacturer: z.string(), model: z.string() })

/** What can be changed, by kind of record. Names and statuses are NetBox's and netbox-inventory's own. */
export const recordShapes = {
  device: {
    endpoint: 'dcim/devices',
    objectType: 'dcim.device',
    statuses: {
      inventory: 'Inventory',
      active: 'Active',
      planned: 'Planned',
      staged: 'Staged',
      offline: 'Offline',
      failed: 'Failed',
      decommissioning: 'Decommissioning',
    },
    retired: 'decommissioning',
    fields: {
      asset_tag,
      status,
      device_type: { label: 'Model', kind: 'model' },
      name: nullable('Name', 64),
      serial: text('Serial number', 50),
      role: { label: 'Role', kind: 'role' },
      location: { label: 'Location', kind: 'place' },
      description,
      comments,
    },
  },
  module: {
    endpoint: 'dcim/modules',
    objectType: 'dcim.module',
    statuses: {
      active: 'Active',
      planned: 'Planned',
      staged: 'Staged',
      offline: 'Offline',
      failed: 'Failed',
      decommissioning: 'Decommissioning',
    },
    retired: 'decommissioning',
    fields: { asset_tag, status, serial: text('Serial number', 50), description, comments },
  },
  asset: {
    endpoint: 'plugins/inventory/assets',
    objectType: 'netbox_inventory.asset',
    statuses: { stored: 'Stored', used: 'Used', retired: 'Retired' },
    retired: 'retired',
    fields: {
      asset_tag,
      status,
      name: text('Name', 128),
      serial: nullable('Serial number', 60),
      description,
      comments,
    },
  },
  cable: {
    endpoint: 'dcim/cables',
    objectType: 'dcim.cable',
    statuses: { connected: 'Connected', planned: 'Planned', decommissioning: 'Decommissioning' },
    retired: 'decommissioning',
    fields: { status, label: text('Label', 100), description, comments },
  },
} as const satisfies Record<string, RecordShape>

export type ChangeableKind = keyof typeof recordShapes
export const changeableKinds = ['device', 'module', 'asset', 'cable'] as const satisfies ChangeableKind[]

/** The rule of a native field; null: a custom field, a tag, or nothing that HWLab changes. */
export function ruleOf(kind: ChangeableKind, field: string): FieldRule | null {
  const rules: [string, FieldRule][] = Object.entries(recordShapes[kind].fields)
  return rules.find(([name]) => name === field)?.[1] ?? null
}

/** `custom_fields.hwlab_spec` → `hwlab_spec`. */
export function customFieldIn(field: string): string | null {
  return field.startsWith('custom_fields.') ? field.slice('custom_fields.'.length) : null
}

/** `tags.spare` → `spare`, a slug. */
export function tagIn(field: string): string | null {
  return field.startsWith('tags.') ? field.slice('tags.'.length) : null
}

export function labelOf(kind: ChangeableKind, field: string): string {
  const tag = tagIn(field)
  if (tag !== null) return `Tag “${tag}”`
  const custom = customFieldIn(field)
  if (custom !== null) return customFields.find(({ name }) => name === custom)?.label ?? custom
  return ruleOf(kind, field)?.label ?? field
}

/** For a person; null: empty. */
export function valueWords(kind: ChangeableKind, field: string, value: FieldValue): string | null {
  if (tagIn(field) !== null) return value === true ? 'there' : null
  if (value === null) return null
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  if (Array.isArray(value)) return value.map(String).join(', ')
  const model = modelSchema.safeParse(value)
  if (model.success) return `${model.data.manufacturer} ${model.data.model}`
  if (typeof value === 'object') return JSON.stringify(value)
  const statuses: [string, string][] = field === 'status' ? Object.entries(recordShapes[kind].statuses) : []
  return statuses.find(([name]) => name === value)?.[1] ?? String(value)
}

export function isRetired(kind: ChangeableKind, status: unknown): boolean {
  return status === recordShapes[kind].retired
}

/** As they are listed above, then custom fields and tags. */
export function inOrder(kind: ChangeableKind, fields: readonly string[]): string[] {
  const native = Object.keys(recordShapes[kind].fields)
  const place = (field: string) => (native.includes(field) ? native.indexOf(field) : native.length)
  return fields.toSorted((one, other) => place(one) - place(other) || (one < other ? -1 : 1))
}
