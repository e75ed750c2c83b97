import type { FieldView } from '../../agent/protocol/items.ts'
import type { Tone } from '../kit/status.tsx'

/** null where there is nothing to weigh. 0.7 is the threshold of the quality gate; below 0.5 readings disagree or only a shape fits. */
export function likelihoodWords(field: FieldView): string | null {
  if (field.value === null || field.evidence.length === 0) return null
  if (field.conflict) return 'readings disagree'
  if (field.probability >= 0.95) return 'certain'
  if (field.probability >= 0.7) return 'likely'
  if (field.probability >= 0.5) return 'unsure'
  return 'doubtful'
}

export function likelihoodTone(field: FieldView): Tone {
  if (field.value === null || field.evidence.length === 0) return 'muted'
  if (field.conflict) return 'bad'
  return field.probability >= 0.7 ? 'good' : 'ask'
}

const codeFields = new Set(['serial', 'asset_tag', 'mac_address', 'part_number', 'fcc_id'])

/** Fields that are read character by character. */
export function isCode(field: string): boolean {
  return codeFields.has(field)
}
