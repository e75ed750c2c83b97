import type { IntakeStore } from '../intake/intake-store.ts'
import type { FieldName } from '../intake/item.ts'
import { itemOfTag } from '../tags/tags.ts'

/** What the fields of an item are in its record. */
export const recordFieldOf = {
  manufacturer: 'device_type',
  model: 'device_type',
  serial: 'serial',
  name: 'name',
  role: 'role',
  location: 'location',
  fcc_id: 'custom_fields.hwlab_fcc_id',
  description: 'comments',
} as const satisfies Partial<Record<FieldName, string>>

/** The other way round, where both say the same text. */
export const itemFieldOf: Record<string, FieldName> = Object.fromEntries(
  (['serial', 'name', 'role', 'location', 'fcc_id'] as const).map((name) => [recordFieldOf[name], name]),
)

/** The item of HWLab that became this record, if it did. */
export function itemOf({ database, items }: IntakeStore, tag: string): string | null {
  const itemId = itemOfTag(database, tag)
  return itemId !== null && items.find(itemId)?.state === 'complete' ? itemId : null
}
