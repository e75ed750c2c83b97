import { type Evidence, type FieldName, fieldNames, type ScoredField } from '../intake/item.ts'
import { gapBetween } from './box-geometry.ts'
import { conflictCap, isClaim, isHard, probabilityOf, softCap, strengthOf } from './evidence-strength.ts'
import { isSameValue, isVariant } from './field-sameness.ts'

/**
 * Every field with its value, probability and evidence, strongest first; the order of the input does not matter. A person's
 * latest word decides (1). Server evidence outranks what models said, which may only contradict it, never lift it. Without
 * hard evidence at most 0.69, in a conflict at most 0.5.
 */
export function scoreFields(evidence: Evidence[]): ScoredField[] {
  return fieldNames.map((field) =>
    scoreField(
      field,
      evidence.filter((row) => row.field === field && row.value.trim() !== ''),
    ),
  )
}

function scoreField(field: FieldName, unordered: Evidence[]): ScoredField {
  const evidence = [...unordered].sort(byStrength)
  const decided = latest(evidence.filter((row) => row.kind === 'operator'))
  if (decided) return { field, value: decided.value, probability: 1, conflict: false, evidence }
  const server = groupValues(
    field,
    evidence.filter((row) => row.kind !== 'said'),
  )
  const said = groupValues(
    field,
    evidence.filter((row) => row.kind === 'said'),
  )
  const [best, ...others] = server
  if (!best) return scoreSaid(field, said, evidence)
  const probability = probabilityOf(best.rows)
  const conflict =
    others.some((other) => contradicts(field, best, other)) ||
    (probability <= softCap && said.some((other) => !agrees(field, best.value, other.value)))
  return {
    field,
    value: best.value,
    probability: conflict ? Math.min(probability, conflictCap) : probability,
    conflict,
    evidence,
  }
}

function scoreSaid(field: FieldName, said: ValueGroup[], evidence: Evidence[]): ScoredField {
  const [best, ...others] = said
  if (!best) return { field, value: null, probability: 0, conflict: false, evidence }
  const conflict = others.some((other) => !agrees(field, best.value, other.value))
  const voices = new Set(best.rows.map((row) => row.source)).size
  const probability = Math.min(0.45 + 0.05 * (voices - 1), 0.6)
  return {
    field,
    value: best.value,
    probability: conflict ? Math.min(probability, conflictCap) : probability,
    conflict,
    evidence,
  }
}

interface ValueGroup {
  value: string
  /** Strongest first. */
  rows: Evidence[]
}

/** Readings of the same value together; the group with the strongest evidence first, its strongest spelling as the value. */
function groupValues(field: FieldName, ordered: Evidence[]): ValueGroup[] {
  const groups: ValueGroup[] = []
  for (const row of ordered) {
    const group = groups.find((candidate) => isSameValue(field, candidate.value, row.value))
    if (group) group.rows.push(row)
    else groups.push({ value: row.value, rows: [row] })
  }
  return groups.sort(
    (one, other) => probabilityOf(other.rows) - probabilityOf(one.rows) || compare(one.value, other.value),
  )
}

/** How sure the reader has to be of a second serial: of one that stands elsewhere in the photo, a misread is unlikely. */
const sureReader = { near: 0.75, far: 0.4 }

/** Two values cannot both be right: two labels in one photo, a carton, or a misread that nothing explains. */
function contradicts(field: FieldName, best: ValueGroup, other: ValueGroup): boolean {
  const [strong, weak] = [best.rows[0], other.rows[0]]
  if (!strong || !weak || !isClaim(weak) || !isClaim(strong)) return false
  if (strong.kind === 'decoded' && weak.kind === 'decoded') return !isEnding(best.value, other.value)
  if (weak.kind === 'derived') return strong.kind === 'derived'
  if (isVariant(field, best.value, other.value)) return false
  if (!isHard(strong) || isHard(weak)) return true
  return (
    (field === 'serial' || field === 'asset_tag') &&
    weak.kind === 'read' &&
    (weak.readerConfidence ?? 0) >= (isFarFrom(weak, best.rows) ? sureReader.far : sureReader.near)
  )
}

/** Beyond the reach of any caption or code that could mean the same thing: another label. */
function isFarFrom({ box, attachmentId }: Evidence, rows: Evidence[]): boolean {
  if (!box) return false
  const reach = 8 * Math.min(box.width, box.height)
  return rows.every(
    (row) => row.attachmentId !== attachmentId || !row.box || gapBetween(row.box, box) > reach,
  )
}

/** One code carries the other's text with a prefix or suffix: the same number twice, not two. */
function isEnding(one: string, other: string): boolean {
  const [long, short] = one.length > other.length ? [one, other] : [other, one]
  return short.length >= 6 && (long.endsWith(short) || long.startsWith(short))
}

function agrees(field: FieldName, value: string, said: string): boolean {
  return isSameValue(field, value, said) || isVariant(field, value, said)
}

function latest(rows: Evidence[]): Evidence | null {
  return rows.reduce<Evidence | null>(
    (last, row) =>
      !last ||
      row.createdAtMs > last.createdAtMs ||
      (row.createdAtMs === last.createdAtMs && row.id > last.id)
        ? row
        : last,
    null,
  )
}

function byStrength(one: Evidence, other: Evidence): number {
  return (
    strengthOf(other) - strengthOf(one) ||
    (other.readerConfidence ?? 0) - (one.readerConfidence ?? 0) ||
    compare(one.value, other.value) ||
    compare(one.id, other.id)
  )
}

function compare(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0
}
