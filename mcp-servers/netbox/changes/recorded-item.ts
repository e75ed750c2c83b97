import type { IntakeStore } from '../intake/intake-store.ts'
import type { FieldName } from '../intake/item.ts'
import { itemOfTag } from '../tags/tags.ts'

/** NetBox's fields that HWLab's own item says as well. */
export const itemFieldOf: Record<string, FieldName> = {
  serial: 'serial',
  name: 'name',
  role: 'role',
  location: 'location',
  'custom_fields.hwlab_fcc_id': 'fcc_id',
}

/** The item of HWLab that became this record, if it did. */
export function itemOf({ database, items }: IntakeStore, tag: string): string | null {
  const itemId = itemOfTag(database, tag)
  return itemId !== null && items.find(itemId)?.state === 'complete' ? itemId : null
}
