import type { FieldName, GateState, ScoredField } from './item.ts'

/**
 * Why an item moves. `read`: its photos and texts were read. `identified`, `doubtful`: the verdict on its fields.
 * `written`: the outbox read the record back. `set-back`: a person wants it read again.
 */
export type GateCause = 'read' | 'identified' | 'doubtful' | 'written' | 'set-back'

/** Everything that the gate knows about a state; a new state is a new row here. */
export const gate: Record<
  GateState,
  { words: string; tone: 'ask' | 'working' | 'good'; moves: Partial<Record<GateCause, GateState>> }
> = {
  draft: { words: 'Being read', tone: 'working', moves: { read: 'indexed' } },
  indexed: {
    words: 'Read',
    tone: 'working',
    moves: { identified: 'researched', doubtful: 'needs_research', 'set-back': 'draft' },
  },
  needs_research: {
    words: 'Needs research',
    tone: 'ask',
    moves: { identified: 'researched', 'set-back': 'draft' },
  },
  researched: {
    words: 'Ready to confirm',
    tone: 'ask',
    moves: { doubtful: 'needs_research', written: 'complete', 'set-back': 'draft' },
  },
  complete: { words: 'In the inventory', tone: 'good', moves: { 'set-back': 'draft' } },
}

/** Where the cause leads from here; null when that move is not legal. */
export function nextState(from: GateState, cause: GateCause): GateState | null {
  return gate[from].moves[cause] ?? null
}

/** Fields without which a thing is not identified. */
const identity = ['manufacturer', 'model'] as const satisfies FieldName[]

/** Fields that single out one thing: two values mean two things, or a misreading. */
const singular = ['manufacturer', 'model', 'serial', 'asset_tag'] as const satisfies FieldName[]

export type Doubt =
  | { kind: 'conflict'; field: FieldName; values: string[] }
  | { kind: 'nothing'; field: FieldName }
  | { kind: 'weak'; field: FieldName; value: string }

/** `doubtful` carries the worst doubt first. */
export type Verdict = { kind: 'identified' } | { kind: 'doubtful'; doubts: Doubt[] }

/**
 * The quality gate: manufacturer and model each at or above the threshold (0 to 1) on evidence that is not a model's
 * word, and no field that singles out one thing in conflict.
 */
export function judge(fields: ScoredField[], threshold: number): Verdict {
  const doubts: Doubt[] = []
  for (const name of singular) {
    const field = fields.find((candidate) => candidate.field === name)
    if (field?.conflict) doubts.push({ kind: 'conflict', field: name, values: valuesRead(field) })
  }
  for (const name of identity) {
    const field = fields.find((candidate) => candidate.field === name)
    if (!field || field.value === null) doubts.push({ kind: 'nothing', field: name })
    else if (!field.conflict && (!isProven(field) || field.probability < threshold))
      doubts.push({ kind: 'weak', field: name, value: field.value })
  }
  return doubts.length === 0 ? { kind: 'identified' } : { kind: 'doubtful', doubts }
}

const withoutHardEvidence = 0.69

/** True when something other than a model's word supports the very value. */
export function isProven({ value, evidence }: ScoredField): boolean {
  return value !== null && evidence.some((row) => row.kind !== 'said' && isSameValue(row.value, value))
}

/** The probability, held under the default threshold when nothing but a model's word supports the value. */
export function trustedProbability(field: ScoredField): number {
  return isProven(field) ? field.probability : Math.min(field.probability, withoutHardEvidence)
}

/** The different values among a field's evidence, the chosen one first. */
export function valuesRead(field: ScoredField): string[] {
  const values = field.value === null ? [] : [field.value]
  for (const { value } of field.evidence)
    if (value !== '' && !values.some((known) => isSameValue(known, value))) values.push(value)
  return values
}

/** Same letters and digits, whatever the case and the marks between them. */
export function isSameValue(one: string, other: string): boolean {
  return plain(one) === plain(other)
}

function plain(value: string): string {
  const kept = value.toLowerCase().replace(/[^\p{L}\p{N}]/gu, '')
  return kept === '' ? value : kept
}
