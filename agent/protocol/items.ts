import { z } from 'zod'
import { changeViewSchema } from './changes.ts'

/** Items on their way into the inventory: what was read on what evidence, and how far each one is. */

export const boxSchema = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
})

export const evidenceViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['operator', 'decoded', 'read', 'catalogue', 'derived', 'said']),
  /** "Decoded from Code 128", "Read by OCR beside “S/N”", "Gemma says so". */
  words: z.string(),
  value: z.string(),
  quote: z.string(),
  /** The very crop: `/attachments/<id>/crop?left=…` is drawn from it. */
  crop: z.object({ attachmentId: z.string(), box: boxSchema }).nullable(),
})
export type EvidenceView = z.infer<typeof evidenceViewSchema>

export const fieldViewSchema = z.object({
  field: z.string(),
  label: z.string(),
  value: z.string().nullable(),
  /** 0 to 1; the ui shows words, with the number on demand. */
  probability: z.number(),
  /** "decoded", "read and in the catalogue", "said by a model only", "you", "not visible". */
  standing: z.string(),
  conflict: z.boolean(),
  /** Other values that were read, best first. */
  alternatives: z.array(z.string()),
  /** Values offered when editing (for example roles); empty: free text. */
  choices: z.array(z.string()),
  evidence: z.array(evidenceViewSchema),
})
export type FieldView = z.infer<typeof fieldViewSchema>

export const stageViewSchema = z.object({
  name: z.string(),
  /** "Reading codes…" while working, "3 codes" when done. */
  words: z.string(),
  status: z.enum(['waiting', 'working', 'done', 'failed', 'skipped']),
})
export type StageView = z.infer<typeof stageViewSchema>

export const itemViewSchema = z.object({
  id: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  /** From the built-in sample: shown as such everywhere. */
  sample: z.boolean(),
  state: z.enum(['draft', 'indexed', 'needs_research', 'researched', 'complete']),
  /** "Needs research", "Ready to confirm", "In the inventory". */
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** What to do next, one sentence: "Photograph the label on the back." */
  nextAction: z.string(),
  conversationId: z.string().nullable(),
  photos: z.array(
    z.object({
      attachmentId: z.string(),
      widthPixels: z.number(),
      heightPixels: z.number(),
      name: z.string(),
    }),
  ),
  stages: z.array(stageViewSchema),
  fields: z.array(fieldViewSchema),
  /** Records that may be this very thing; `certain` when serial, MAC or tag is the same. */
  duplicates: z.array(
    z.object({
      words: z.string(),
      tag: z.string().nullable(),
      url: z.string().nullable(),
      certain: z.boolean(),
    }),
  ),
  /** The open or last change request that records the item. */
  change: changeViewSchema.nullable(),
  /** The open or last request about its record. */
  edit: changeViewSchema.nullable(),
  /** Set when the record was read back. */
  record: z
    .object({
      url: z.string(),
      words: z.string(),
      confirmedAt: z.string(),
      /** The thing is gone for good; the record and the tag stay. */
      retired: z.boolean(),
      /** Names of the fields that can be changed. */
      editable: z.array(z.string()),
    })
    .nullable(),
  /** `/labels/items/<id>.svg` when a label can be drawn, else null. */
  labelPreviewUrl: z.string().nullable(),
  printerId: z.string().nullable(),
  createdAt: z.string(),
  updatedAt: z.string(),
})
export type ItemView = z.infer<typeof itemViewSchema>

const id = z.string().min(1).max(64)

export const itemRequests = {
  /** A built-in sample photo goes the whole way, marked as a sample. */
  'sample-start': z.object({ conversationId: id, requestId: id }),
  'field-correct': z.object({ itemId: id, field: z.string().max(40), value: z.string().max(2000) }),
  'photo-add': z.object({ itemId: id, attachmentIds: z.array(id).min(1).max(3) }),
  /** Files (or renews) the change request of an item that the gate would hold back: the explicit confirmation. */
  'item-propose': z.object({ itemId: id }),
  /** Files one request for all of these that are ready; the others are told in the answer. */
  'items-propose': z.object({ itemIds: z.array(id).min(1).max(50), print: z.boolean() }),
  'item-discard': z.object({ itemId: id }),
  'printer-choose': z.object({ itemId: id, printerId: id }),
} as const

export interface ItemResponses {
  'sample-start': { messageId: string; runId: string }
  'field-correct': { itemId: string }
  'photo-add': { itemId: string }
  'item-propose': { changeId: string }
  'items-propose': {
    changeId: string
    words: string
    left: { name: string; kind: 'skipped' | 'failed'; why: string }[]
  }
  'item-discard': { itemId: string }
  'printer-choose': { itemId: string }
}
