import { recordChangeSchema } from '../changes/record-change.ts'
import type { Settled } from '../outbox/operation.ts'

/** Of a record that is moved or wired, its place and what goes with it. */
const placeFields = ['record', 'asset_tag', 'custom_fields.hwlab_id', 'status', 'site', 'location']

/** The fields that a settled operation wrote; beside them NetBox may say what HWLab has not seen yet. */
export function writtenFields({ operation, intent }: Pick<Settled, 'operation' | 'intent'>): WrittenFields {
  if (operation === 'create_item' || operation === 'carry_record') return 'everything'
  if (operation === 'change_record') return new Set(Object.keys(recordChangeSchema.parse(intent).fields))
  return new Set(placeFields)
}

export type WrittenFields = 'everything' | ReadonlySet<string>
