import { z } from 'zod'
import { tagNumber } from '../tags/tag-text.ts'
import { choiceValue, customFieldsRead, keptValues, tagsRead } from './read-values.ts'
import type { RecordSeen } from './record-seen.ts'

const endSchema = z.object({
  object_type: z.string(),
  object_id: z.number(),
  object: z
    .looseObject({
      name: z.string().optional(),
      device: z.looseObject({ id: z.number(), display: z.string() }).optional(),
    })
    .nullish(),
})

/** A cable as NetBox reads it. */
export const cableRowSchema = z.object({
  id: z.number(),
  display: z.string(),
  display_url: z.string(),
  label: z.string().default(''),
  type: choiceValue,
  status: choiceValue,
  color: z.string().default(''),
  length: z.coerce.number().nullish(),
  length_unit: choiceValue,
  a_terminations: z.array(endSchema),
  b_terminations: z.array(endSchema),
  comments: z.string().default(''),
  tags: tagsRead,
  custom_fields: customFieldsRead,
  last_updated: z
    .string()
    .nullish()
    .transform((at) => at ?? null),
})
export type CableRow = z.infer<typeof cableRowSchema>
export const cableFields = Object.keys(cableRowSchema.shape)

export function cableSeen(row: CableRow): RecordSeen {
  const hwlabId = row.custom_fields.hwlab_id
  return {
    kind: 'cable',
    id: row.id,
    name: null,
    display: row.display,
    assetTag: tagNumber(row.label) === null ? null : row.label,
    serial: null,
    manufacturer: '',
    model: 'Cable',
    role: null,
    site: null,
    location: cableWords(row),
    status: row.status,
    url: row.display_url,
    hwlabId: typeof hwlabId === 'string' ? hwlabId : null,
    lastUpdated: row.last_updated,
    ...keptValues(row),
  }
}

/** "sw-1 Gi1/0/1 – srv-1 eno1". */
export function cableWords({ a_terminations, b_terminations }: CableRow): string {
  const side = (ends: CableRow['a_terminations']) =>
    ends.map(({ object }) => `${object?.device?.display ?? ''} ${object?.name ?? ''}`.trim()).join(', ')
  return `${side(a_terminations)} – ${side(b_terminations)}`
}
