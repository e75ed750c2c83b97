import { z } from 'zod'
import { choiceValue, customFieldsRead, keptValues, tagsRead } from './read-values.ts'
import type { RecordSeen } from './record-seen.ts'

const briefSchema = z.object({ id: z.number(), name: z.string(), slug: z.string() })
const placeSchema = z.object({ id: z.number(), name: z.string() })

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
  location: placeSchema.nullish().transform((location) => location ?? null),
  rack: placeSchema.nullish().transform((rack) => rack ?? null),
  /** The lowest unit that it takes; halves are possible. */
  position: z
    .number()
    .nullish()
    .transform((position) => position ?? null),
  status: choiceValue,
  comments: z.string().default(''),
  tags: tagsRead,
  custom_fields: customFieldsRead,
  last_updated: z
    .string()
    .nullish()
    .transform((at) => at ?? null),
})
export type DeviceRow = z.infer<typeof deviceRowSchema>
export const deviceFields = Object.keys(deviceRowSchema.shape)

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
    location: locationOf(row),
    status: row.status,
    url: row.display_url,
    hwlabId: typeof hwlabId === 'string' ? hwlabId : null,
    lastUpdated: row.last_updated,
    ...keptValues(row),
  }
}

function locationOf({ rack, position, location }: DeviceRow): string | null {
  if (rack === null) return location?.name ?? null
  return position === null ? rack.name : `${rack.name}, U${position}`
}
