import type { Evidence, ScoredField } from '../intake/item.ts'
import { findCaptions } from './captions.ts'
import { strengthOf } from './evidence-strength.ts'

/** Why a field's value is believed, in a few words: "decoded from Code 128", "read beside “S/N”", "not visible". */
export function describeStanding(field: ScoredField): string {
  if (field.value === null) return 'not visible'
  if (field.conflict) return `conflict: ${countWords(distinctValues(field))} values`
  const best = strongestOf(field)
  return best ? standingOf(best) : 'not visible'
}

function standingOf(row: Evidence): string {
  switch (row.kind) {
    case 'operator':
      return 'you'
    case 'decoded':
      return row.syntax === 'checked' || row.syntax === 'labelled'
        ? `decoded from ${row.source}`
        : `decoded from ${row.source}, meaning uncertain`
    case 'read':
      return readStanding(row)
    case 'catalogue':
      return 'from the catalogue'
    case 'derived':
      return row.field === 'manufacturer' ? 'follows from another number' : 'follows by rule'
    case 'said':
      return 'said by a model only'
  }
}

function readStanding(row: Evidence): string {
  if (row.syntax === 'checked') {
    if (row.field === 'model' || row.field === 'part_number') return 'read and in the catalogue'
    return 'read and checked'
  }
  const caption = findCaptions(row.quote)[0]?.caption
  return row.syntax === 'labelled' && caption ? `read beside “${caption}”` : 'read, uncertain'
}

/** One sentence for a field in conflict, saying what to do; null for any other field. */
export function conflictAdvice(field: ScoredField): string | null {
  if (!field.conflict) return null
  const decoded = new Set(
    field.evidence.filter((row) => row.kind === 'decoded' && strengthOf(row) >= 0.9).map((row) => row.value),
  )
  if (field.field === 'serial' && decoded.size > 1)
    return 'Two serial numbers were decoded. Photograph one item at a time, or choose the right one.'
  return `Two values were found for ${field.field.replace('_', ' ')}. Choose the right one.`
}

function strongestOf(field: ScoredField): Evidence | null {
  const operator = field.evidence.find((row) => row.kind === 'operator' && row.value === field.value)
  if (operator) return operator
  const own = field.evidence.filter((row) => row.value === field.value)
  return [...own].sort((one, other) => strengthOf(other) - strengthOf(one))[0] ?? null
}

function distinctValues(field: ScoredField): number {
  return Math.max(
    2,
    new Set(field.evidence.filter((row) => strengthOf(row) >= 0.45).map((row) => row.value)).size,
  )
}

function countWords(count: number): string {
  return ['no', 'one', 'two', 'three', 'four'][count] ?? 'many'
}
