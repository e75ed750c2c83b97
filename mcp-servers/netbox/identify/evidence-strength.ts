import type { Evidence, EvidenceKind } from '../intake/item.ts'

type ServerKind = Exclude<EvidenceKind, 'operator' | 'said'>

/**
 * How likely a value is right on this evidence alone. Set by hand: a decoded code that says what it is, is nearly sure; OCR
 * of a serial is not, however sure the reader is of itself; a text that is in the catalogue is hardly there by accident.
 */
const strengths: Record<ServerKind, Record<Evidence['syntax'], number>> = {
  decoded: { checked: 0.97, labelled: 0.95, shaped: 0.6, plain: 0.35 },
  read: { checked: 0.85, labelled: 0.62, shaped: 0.4, plain: 0.25 },
  catalogue: { checked: 0.85, labelled: 0.62, shaped: 0.4, plain: 0.25 },
  derived: { checked: 0.6, labelled: 0.55, shaped: 0.4, plain: 0.25 },
}

/** Highest probability without hard evidence, in a conflict, and of any field that no person has decided. */
export const softCap = 0.69
export const conflictCap = 0.5
const machineCap = 0.99

/** A read MAC's maker is checked, its second half is not. */
export function strengthOf(row: Evidence): number {
  if (row.kind === 'operator') return 1
  if (row.kind === 'said') return 0.45
  if (row.kind === 'read' && row.field === 'mac_address') return Math.min(strengths.read[row.syntax], softCap)
  return strengths[row.kind][row.syntax]
}

/** Evidence that may carry a field over the gate: decoded and saying what it is, or read or known with a check. */
export function isHard(row: Evidence): boolean {
  if (row.kind === 'decoded') return row.syntax === 'checked' || row.syntax === 'labelled'
  if (row.kind === 'read') return row.syntax === 'checked' && row.field !== 'mac_address'
  return row.kind === 'catalogue' && row.syntax === 'checked'
}

/** Evidence that says what it is, so that another value beside it is a contradiction. */
export function isClaim(row: Evidence): boolean {
  return row.kind !== 'said' && (row.syntax === 'checked' || row.syntax === 'labelled')
}

/** The probability of a value on its rows, strongest first: the best row, a little more for each independent agreement. */
export function probabilityOf(rows: Evidence[]): number {
  const best = rows[0]
  if (!best) return 0
  const sources = new Set(
    rows.filter((row) => row.syntax !== 'plain').map((row) => `${row.kind} ${row.source}`),
  )
  const agreement = Math.min(0.02 * Math.max(0, sources.size - 1), 0.06)
  const cap = rows.some(isHard) ? machineCap : softCap
  return Math.min(strengthOf(best) + agreement, cap)
}
