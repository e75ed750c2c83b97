import type { Box, EvidenceKind, FieldName, Reading } from '../intake/item.ts'

/** What one text says about one field, before it becomes evidence. */
export interface Claim {
  field: FieldName
  value: string
  syntax: Reading['syntax']
  /** Set when it is not in the text itself: by rule (a maker from a MAC address) or by device type. */
  follows?: 'derived' | 'catalogue'
}

/** Where a text was read. */
export interface Seen {
  kind: EvidenceKind
  /** "Code 128", "OCR", "operator". */
  source: string
  quote: string
  confidence: number | null
  box: Box | null
  attachmentId: string | null
}

export function readingOf(claim: Claim, seen: Seen): Reading {
  return {
    field: claim.field,
    value: claim.value.slice(0, 200),
    kind: claim.follows ?? seen.kind,
    source: claim.follows
      ? `${claim.follows === 'derived' ? 'rule' : 'catalogue'}, from ${seen.source}`
      : seen.source,
    quote: seen.quote.slice(0, 200),
    syntax: claim.syntax,
    readerConfidence: seen.confidence,
    attachmentId: seen.attachmentId,
    box: seen.box,
  }
}
