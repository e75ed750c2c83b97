import { scoreFields } from '../identify/score-fields.ts'
import type { Evidence, FieldName, ScoredField } from './item.ts'

/**
 * The scored fields of an item. Of several words of the operator the last one counts; an empty one means "leave this
 * empty", whatever was read.
 */
export function fieldsOf(evidence: Evidence[]): ScoredField[] {
  const lastWord = new Map<FieldName, Evidence>()
  for (const row of evidence) if (row.kind === 'operator') lastWord.set(row.field, row)
  const isCleared = (field: FieldName) => lastWord.get(field)?.value === ''
  const counted = evidence.filter(
    (row) => !isCleared(row.field) && (row.kind !== 'operator' || lastWord.get(row.field) === row),
  )
  const cleared = [...lastWord.values()].filter((row) => row.value === '')
  return [
    ...scoreFields(counted).filter((field) => !isCleared(field.field)),
    ...cleared.map(({ field }) => ({
      field,
      value: null,
      probability: 1,
      conflict: false,
      evidence: evidence.filter((row) => row.field === field),
    })),
  ]
}

/** The scored field, or an empty one when nothing was read. */
export function fieldNamed(fields: ScoredField[], name: FieldName): ScoredField {
  return (
    fields.find((field) => field.field === name) ?? {
      field: name,
      value: null,
      probability: 0,
      conflict: false,
      evidence: [],
    }
  )
}

/** The value to record: null when nothing was read, or when two values are in conflict. */
export function recordedValue(fields: ScoredField[], name: FieldName): string | null {
  const field = fieldNamed(fields, name)
  return field.conflict ? null : field.value
}
