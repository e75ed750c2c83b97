import { z } from 'zod'
import { choiceValue, customFieldsRead, keptValues, tagsRead } from './read-values.ts'
import type { RecordSeen } from './record-seen.ts'

const typeSchema = z
  .object({ id: z.number(), model: z.string(), manufacturer: z.object({ name: z.string() }) })
  .nullish()
  .transform((type) => type ?? null)
const thingSchema = z
  .object({ id: z.number(), display: z.string() })
  .nullish()
  .transform((thing) => thing ?? null)

/** An asset of netbox-inventory 2.4 to 2.6 as its API reads it; it has exactly one of the four types. */
export const assetRowSchema = z.object({
  id: z.number(),
  url: z.string(),
  display: z.string(),
  name: z
    .string()
    .nullish()
    .transform((name) => name ?? null),
  asset_tag: z.string().nullable(),
  serial: z.string().nullable(),
  status: choiceValue,
  role: z
    .object({ name: z.string() })
    .nullish()
    .transform((role) => role ?? null),
  device_type: typeSchema,
  module_type: typeSchema,
  inventoryitem_type: typeSchema,
  rack_type: typeSchema,
  device: thingSchema,
  module: thingSchema,
  inventoryitem: thingSchema,
  rack: thingSchema,
  storage_location: thingSchema,
  comments: z.string().default(''),
  tags: tagsRead,
  custom_fields: customFieldsRead,
  last_updated: z
    .string()
    .nullish()
    .transform((at) => at ?? null),
})
export type AssetRow = z.infer<typeof assetRowSchema>
export const assetFields = Object.keys(assetRowSchema.shape)

export function assetSeen(row: AssetRow): RecordSeen {
  const hwlabId = row.custom_fields.hwlab_id
  const type = row.device_type ?? row.module_type ?? row.inventoryitem_type ?? row.rack_type
  const hardware = row.device ?? row.module ?? row.inventoryitem ?? row.rack
  return {
    kind: 'asset',
    id: row.id,
    name: row.name === '' ? null : row.name,
    display: row.display,
    assetTag: row.asset_tag,
    serial: row.serial === '' ? null : row.serial,
    manufacturer: type?.manufacturer.name ?? '',
    model: type?.model ?? '',
    role: row.role?.name ?? null,
    site: null,
    location: (hardware ?? row.storage_location)?.display ?? null,
    status: row.status,
    // The plugin shows no address for people: its pages lie where its API does, without `/api`.
    url: row.url.replace('/api/plugins/', '/plugins/'),
    hwlabId: typeof hwlabId === 'string' ? hwlabId : null,
    lastUpdated: row.last_updated,
    ...keptValues(row),
  }
}
