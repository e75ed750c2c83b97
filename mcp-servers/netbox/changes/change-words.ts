import type { CardLine } from '../../approval/change-request.ts'
import { inWords } from '../intake/field-words.ts'
import type { FieldEdits } from './merge-fields.ts'
import type { ChangeTarget } from './record-change.ts'
import { inOrder, labelOf, valueWords } from './record-shapes.ts'

/** "name and serial number", for the middle of a sentence. */
export function labelsOf({ kind }: Pick<ChangeTarget, 'kind'>, fields: readonly string[]): string {
  return inWords(inOrder(kind, fields).map((field) => lowered(labelOf(kind, field))))
}

export function capitalised(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1)
}

function lowered(label: string): string {
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

export function editLines({ kind }: Pick<ChangeTarget, 'kind'>, edits: FieldEdits): CardLine[] {
  return inOrder(kind, Object.keys(edits)).map((field) => ({
    label: labelOf(kind, field),
    before: valueWords(kind, field, edits[field]?.base ?? null),
    after: valueWords(kind, field, edits[field]?.mine ?? null),
  }))
}

/** What somebody who reads the journal wants to know; the rest is in NetBox's change log. */
const journalled = new Set(['asset_tag', 'status', 'serial', 'name', 'role', 'location', 'device_type'])

export function journalOf(target: Pick<ChangeTarget, 'kind'>, edits: FieldEdits): string | null {
  const told = Object.fromEntries(Object.entries(edits).filter(([field]) => journalled.has(field)))
  if (Object.keys(told).length === 0) return null
  const words = editLines(target, told).map(
    ({ label, before, after }) => `${label} ${before ?? 'empty'} → ${after ?? 'empty'}`,
  )
  return `Changed by HWLab: ${words.join('; ')}.`
}
