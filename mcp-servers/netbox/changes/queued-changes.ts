import type { OperationHistory } from '../outbox/operation-history.ts'
import type { FieldValues } from './merge-fields.ts'
import { fieldValues, type LiveRow } from './read-record.ts'
import { type ChangeTarget, type RecordChange, recordChangeSchema } from './record-change.ts'

/** What NetBox says, and over it what is approved and waits to be written. */
export function valuesToBe(
  history: OperationHistory,
  target: ChangeTarget,
  live: LiveRow,
  fields: string[],
): FieldValues {
  const values = fieldValues(target.kind, live, fields)
  for (const earlier of openChanges(history, target).toReversed())
    for (const [field, { mine }] of Object.entries(earlier.fields))
      if (fields.includes(field)) values[field] = mine
  return values
}

/** Newest first. */
export function openChanges(history: OperationHistory, target: ChangeTarget): RecordChange[] {
  return history.ofSubject(target.assetTag, 100).flatMap(({ kind, state, intent }) => {
    if (kind.kind !== 'change_record' || state === 'confirmed' || state === 'cancelled') return []
    const change = recordChangeSchema.parse(intent)
    return change.target.kind === target.kind && change.target.id === target.id ? [change] : []
  })
}
