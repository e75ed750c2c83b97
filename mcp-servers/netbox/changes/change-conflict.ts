import type { FieldConflict } from '../outbox/operation.ts'
import { capitalised, labelsOf } from './change-words.ts'
import type { FieldValues } from './merge-fields.ts'
import type { RecordChange } from './record-change.ts'
import { inOrder, labelOf, valueWords } from './record-shapes.ts'

/** The fields that a person has to choose, with NetBox's values of that moment. */
export function conflictOf(
  { target, fields }: RecordChange,
  names: readonly string[],
  theirs: FieldValues,
): { kind: 'conflict'; why: string; fields: FieldConflict[] } {
  const words = (field: string, value: FieldValues[string]) => valueWords(target.kind, field, value)
  const conflicts = inOrder(target.kind, names).map((field) => ({
    field,
    label: labelOf(target.kind, field),
    base: words(field, fields[field]?.base ?? null),
    mine: words(field, fields[field]?.mine ?? null),
    netbox: words(field, theirs[field] ?? null),
    netboxValue: theirs[field] ?? null,
  }))
  const labels = capitalised(labelsOf(target, names))
  const was = conflicts.length === 1 ? 'was' : 'were'
  return {
    kind: 'conflict',
    why: `${labels} of ${target.assetTag} ${was} changed in NetBox too. Choose what counts.`,
    fields: conflicts,
  }
}
