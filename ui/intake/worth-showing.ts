import type { FieldView } from '../../agent/protocol/items.ts'

/** Looked for on every label, so that "not visible" says something. */
const lookedFor = new Set(['manufacturer', 'model', 'part_number', 'serial', 'mac_address', 'role'])

/** A field that was read, or that one would miss; the others are offered to be added. */
export function isWorthShowing(field: FieldView, settled: boolean): boolean {
  if (field.value !== null || field.evidence.length > 0) return true
  return !settled && lookedFor.has(field.field)
}

export function missingWords({ field }: FieldView): string {
  return lookedFor.has(field) ? 'not visible' : 'not filled in'
}
