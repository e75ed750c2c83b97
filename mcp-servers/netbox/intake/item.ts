/** An item on its way into the inventory: what was read from it, on what evidence, and how far it got. */

/** Field names are NetBox's where NetBox has one. */
export const fieldNames = [
  'manufacturer',
  'model',
  'part_number',
  'serial',
  'mac_address',
  'fcc_id',
  'role',
  'name',
  'asset_tag',
  'description',
  'location',
] as const
export type FieldName = (typeof fieldNames)[number]

/**
 * Strongest first. `operator`: a person said so. `decoded`: a bar code or QR code. `read`: OCR text. `catalogue`: follows
 * from a device type. `derived`: follows by rule from other evidence (OUI → vendor). `said`: a model's reading; never
 * lifts a field past 0.69.
 */
export const evidenceKinds = ['operator', 'decoded', 'read', 'catalogue', 'derived', 'said'] as const
export type EvidenceKind = (typeof evidenceKinds)[number]

/** Pixels in the upright stored photo, origin top left. */
export interface Box {
  left: number
  top: number
  width: number
  height: number
}

export interface Evidence {
  /** ULID. */
  id: string
  itemId: string
  field: FieldName
  value: string
  kind: EvidenceKind
  /** Where it is from, in words: "Code 128", "OCR", "catalogue", "Gemma 4 E4B", "operator". */
  source: string
  /** The raw text that it was taken from, bounded to 200 characters. */
  quote: string
  /** How well the syntax holds: `checked` (check digit, OUI, catalogue), `labelled` (a caption such as "S/N" or an
   * identifier such as `1P`), `shaped` (only its shape fits), `plain`. */
  syntax: 'checked' | 'labelled' | 'shaped' | 'plain'
  /** OCR's own confidence 0 to 1, where it has one; never a probability by itself. */
  readerConfidence: number | null
  attachmentId: string | null
  box: Box | null
  createdAtMs: number
}

/** Evidence before it has an item: what the photo pipeline returns. */
export type Reading = Omit<Evidence, 'id' | 'itemId' | 'createdAtMs'>

export interface ScoredField {
  field: FieldName
  /** null: nothing was read. */
  value: string | null
  /** 0 to 1. ≤ 0.69 without `decoded`, or `read` with a catalogue or check; ≤ 0.5 in a conflict; 1 for `operator`. */
  probability: number
  conflict: boolean
  evidence: Evidence[]
}

export const gateStates = ['draft', 'indexed', 'needs_research', 'researched', 'complete'] as const
export type GateState = (typeof gateStates)[number]
