import { z } from 'zod'
import { choiceValue, customFieldsRead, keptValues, tagsRead } from './read-values.ts'
import type { RecordSeen } from './record-seen.ts'

/** A module as NetBox reads it. */
export const moduleRowSchema = z.object({
  id: z.number(),
  display: z.string(),
  display_url: z.string(),
  asset_tag: z.string().nullable(),
  serial: z.string().default(''),
  device: z.object({ id: z.number(), display: z.string() }),
  module_bay: z.object({ id: z.number(), name: z.string() }),
  module_type: z.object({ id: z.number(), model: z.string(), manufacturer: z.object({ name: z.string() }) }),
  status: choiceValue,
  comments: z.string().default(''),
  tags: tagsRead,
  custom_fields: customFieldsRead,
  last_updated: z
    .string()
    .nullish()
    .transform((at) => at ?? null),
})
export type ModuleRow = z.infer<typeof moduleRowSchema>
export const moduleFields = Object.keys(moduleRowSchema.shape)

export function moduleSeen(row: ModuleRow): RecordSeen {
  const hwlabId = row.custom_fields.hwlab_id
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
    location: `${row.device.display}, ${row.module_bay.name}`,
    status: row.status,
    url: row.display_url,
    hwlabId: typeof hwlabId === 'string' ? hwlabId : null,
    lastUpdated: row.last_updated,
    ...keptValues(row),
  }
}
