import type { DeviceRow } from '../client/device-row.ts'
import type { CreateItem, DesiredItem } from './item-intent.ts'
import { managedFields } from './managed-fields.ts'
import type { FieldConflict } from './operation.ts'
import type { References } from './references.ts'

export type Reconciled =
  | { kind: 'right' }
  /** What a PATCH has to say. */
  | { kind: 'write'; json: Record<string, unknown> }
  | { kind: 'conflict'; fields: FieldConflict[] }

interface Known {
  references: References
  /** What earlier operations of HWLab asked for: what they may have written is not somebody else's. */
  earlier: DesiredItem[]
  /** Nobody has saved the record since it was created. */
  isUntouched: boolean
}

/**
 * Our own record differs from what was approved: an earlier answer was lost and the item was corrected since, or somebody
 * changed it in NetBox. Only the former is overwritten.
 */
export function reconcileItem({ item, chosen }: CreateItem, row: DeviceRow, known: Known): Reconciled {
  const fields = managedFields(item)
    .filter((field) => !chosen?.keep.includes(field.name))
    .filter((field) => !field.holds(row, known.references))
  if (fields.length === 0) return { kind: 'right' }
  const before = known.earlier.map(managedFields)
  const isOurs = (name: string) =>
    known.isUntouched || before.some((past) => past.find((field) => field.name === name)?.holds(row, null))
  const conflicts = fields.filter(
    (field) => !isOurs(field.name) && chosen?.overwrite[field.name] !== (field.netbox(row) ?? ''),
  )
  if (conflicts.length > 0)
    return {
      kind: 'conflict',
      fields: conflicts.map((field) => ({
        field: field.name,
        label: field.label,
        base: before.at(-1)?.find(({ name }) => name === field.name)?.mine ?? null,
        mine: field.mine,
        netbox: field.netbox(row),
        netboxValue: field.netbox(row),
      })),
    }
  const json: Record<string, unknown> = {}
  const customFields: Record<string, unknown> = {}
  const tags: unknown[] = row.tags.map(({ name, slug }) => ({ name, slug }))
  for (const field of fields) {
    const [place = '', key] = field.name.split('.')
    if (place === 'tags') tags.push(field.written(known.references))
    else if (key !== undefined) customFields[key] = field.written(known.references)
    else json[place] = field.written(known.references)
  }
  if (Object.keys(customFields).length > 0) json.custom_fields = customFields
  if (tags.length > row.tags.length) json.tags = tags
  return { kind: 'write', json }
}

/** A person chose field by field: what stays as it is in NetBox, and what is overwritten as long as it reads as shown. */
export function settleItem(
  intent: CreateItem,
  conflict: FieldConflict[],
  choices: Record<string, 'mine' | 'netbox'>,
): CreateItem {
  const keep = new Set(intent.chosen?.keep)
  const overwrite = { ...intent.chosen?.overwrite }
  for (const { field, netbox } of conflict) {
    if (choices[field] === 'mine') overwrite[field] = netbox ?? ''
    else keep.add(field)
  }
  return { ...intent, chosen: { keep: [...keep], overwrite } }
}
