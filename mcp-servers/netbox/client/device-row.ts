import { z } from 'zod'
import type { RecordSeen } from './record-seen.ts'

const briefSchema = z.object({ id: z.number(), name: z.string(), slug: z.string() })

/** NetBox up to 4.6 reads a selection as the raw value, 4.7 as `{value, label}`; native choices are objects in both. */
export function choiceValue(value: unknown): unknown {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && 'value' in value
    ? value.value
    : value
}

/** A device as NetBox reads it: the fields that HWLab knows, the read shape. */
export const deviceRowSchema = z.object({
  id: z.number(),
  display: z.string(),
  display_url: z.string(),
  name: z.string().nullable(),
  asset_tag: z.string().nullable(),
  serial: z.string().default(''),
  device_type: z.object({ id: z.number(), model: z.string(), slug: z.string(), manufacturer: briefSchema }),
  role: briefSchema,
  site: briefSchema,
  status: z.unknown().transform((value) => String(choiceValue(value))),
  comments: z.string().default(''),
  tags: z.array(z.object({ name: z.string(), slug: z.string() })).default([]),
  custom_fields: z
    .record(z.string(), z.unknown())
    .default({})
    .transform((fields) =>
      Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, choiceValue(value)])),
    ),
})
export type DeviceRow = z.infer<typeof deviceRowSchema>

export const moduleRowSchema = z.object({
  id: z.number(),
  display: z.string(),
  display_url: z.string(),
  asset_tag: z.string().nullable(),
  serial: z.string().default(''),
  module_type: z.object({ model: z.string(), manufacturer: z.object({ name: z.string() }) }),
  status: z.unknown().transform((value) => String(choiceValue(value))),
})

export function deviceSeen(row: DeviceRow): RecordSeen {
  const hwlabId = row.custom_fields.hwlab_id
  return {
    kind: 'device',
    id: row.id,
    name: row.name === '' ? null : row.name,
    display: row.display,
    assetTag: row.asset_tag,
    serial: row.serial === '' ? null : row.serial,
    manufacturer: row.device_type.manufacturer.name,
    model: row.device_type.model,
    role: row.role.name,
    site: row.site.name,
    status: row.status,
    url: row.display_url,
    hwlabId: typeof hwlabId === 'string' ? hwlabId : null,
  }
}

export function moduleSeen(row: z.infer<typeof moduleRowSchema>): RecordSeen {
  return {
    kind: 'module',
    id: row.id,
    name: null,
    display: row.display,
    assetTag: row.asset_tag,
    serial: row.serial === '' ? null : row.serial,
    manufacturer: row.module_type.manufacturer.name,
    model: row.module_type.model,
    role: null,
    site: null,
    status: row.status,
    url: row.display_url,
    hwlabId: null,
  }
}
