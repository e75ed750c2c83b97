import { z } from 'zod'
import { canonicalJson } from '../../approval/digest.ts'

/** As HWLab compares and writes it: references by name, selections raw, empty as null. */
export const fieldValueSchema = z.json()
export type FieldValue = z.infer<typeof fieldValueSchema>

/** What a field said when the change was asked for, and what it is to say. */
export const fieldEditSchema = z.object({ base: fieldValueSchema, mine: fieldValueSchema })
export type FieldEdit = z.infer<typeof fieldEditSchema>

/** By NetBox's own names: `serial`, `custom_fields.hwlab_spec`, `tags.spare`. */
export type FieldEdits = Record<string, FieldEdit>
export type FieldValues = Record<string, FieldValue>

export interface Merged {
  /** Fields to write: as they were when the change was asked for. */
  write: string[]
  /** Fields that were changed to something else meanwhile: a person chooses. */
  conflicts: string[]
}

/** Three ways, field by field: disjoint edits merge, the same field changed to two values does not. */
export function mergeFields(edits: FieldEdits, theirs: FieldValues): Merged {
  const merged: Merged = { write: [], conflicts: [] }
  for (const [field, { base, mine }] of Object.entries(edits)) {
    const now = theirs[field] ?? null
    if (isSame(base, mine) || isSame(now, mine)) continue
    if (isSame(now, base)) merged.write.push(field)
    else merged.conflicts.push(field)
  }
  return merged
}

/** One change for two of the same record, the earlier one unsent: the later value counts. */
export function joinEdits(earlier: FieldEdits, later: FieldEdits): FieldEdits {
  const joined: FieldEdits = { ...earlier }
  for (const [field, edit] of Object.entries(later)) {
    const before = earlier[field]
    // A later base that is not the earlier wish was read in NetBox since.
    joined[field] = before && isSame(edit.base, before.mine) ? { base: before.base, mine: edit.mine } : edit
  }
  return joined
}

/** What takes the edits back. */
export function reversed(edits: FieldEdits): FieldEdits {
  const changed = Object.entries(edits).filter(([, { base, mine }]) => !isSame(base, mine))
  return Object.fromEntries(changed.map(([field, { base, mine }]) => [field, { base: mine, mine: base }]))
}

/** After a person chose: mine goes over NetBox's value of that moment, NetBox's value stays. */
export function chosen(
  edits: FieldEdits,
  conflict: readonly { field: string; netboxValue: FieldValue }[],
  choices: Record<string, 'mine' | 'netbox'>,
): FieldEdits {
  const settled: FieldEdits = { ...edits }
  for (const { field, netboxValue } of conflict) {
    const edit = edits[field]
    if (edit)
      settled[field] = { base: netboxValue, mine: choices[field] === 'mine' ? edit.mine : netboxValue }
  }
  return settled
}

export function isSame(one: FieldValue, other: FieldValue): boolean {
  return one === other || canonicalJson(one) === canonicalJson(other)
}
