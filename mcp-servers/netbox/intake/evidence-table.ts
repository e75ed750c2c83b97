import { ulid } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'
import type { Evidence, EvidenceKind, FieldName, Reading } from './item.ts'

const quoteLimit = 200
const valueLimit = 2000

interface Row {
  id: string
  item_id: string
  field: FieldName
  value: string
  kind: EvidenceKind
  source: string
  quote: string
  syntax: Evidence['syntax']
  reader_confidence: number | null
  attachment_id: string | null
  box_left: number | null
  box_top: number | null
  box_width: number | null
  box_height: number | null
  created_at_ms: number
}

/** Rows are only ever added, except that reading a photo again replaces what the readers saw in that photo. */
export interface EvidenceTable {
  add(itemId: string, reading: Reading, nowMs: number): Evidence
  of(itemId: string): Evidence[]
  /** Items with evidence for exactly this value, oldest first. */
  itemsWith(field: FieldName, value: string): string[]
  /** What the readers saw in this photo before; never an operator's or a model's word. */
  removeReadings(itemId: string, attachmentId: string): void
  /** What models said about its photos; not the description that it was started with. */
  removeSaid(itemId: string): void
  /** What a person said with exactly this quote. */
  removeOperatorQuote(itemId: string, quote: string): void
}

export function evidenceTable(database: LabDatabase): EvidenceTable {
  return {
    add(itemId, reading, nowMs) {
      const evidence: Evidence = {
        ...reading,
        value: reading.value.slice(0, valueLimit),
        quote: reading.quote.slice(0, quoteLimit),
        id: ulid(nowMs),
        itemId,
        createdAtMs: nowMs,
      }
      const { box } = evidence
      database
        .prepare(
          `insert into evidence (id, item_id, field, value, kind, source, quote, syntax, reader_confidence,
             attachment_id, box_left, box_top, box_width, box_height, created_at_ms)
           values (@id, @itemId, @field, @value, @kind, @source, @quote, @syntax, @readerConfidence,
             @attachmentId, @boxLeft, @boxTop, @boxWidth, @boxHeight, @createdAtMs)`,
        )
        .run({
          id: evidence.id,
          itemId,
          field: evidence.field,
          value: evidence.value,
          kind: evidence.kind,
          source: evidence.source,
          quote: evidence.quote,
          syntax: evidence.syntax,
          readerConfidence: evidence.readerConfidence,
          attachmentId: evidence.attachmentId,
          boxLeft: box?.left ?? null,
          boxTop: box?.top ?? null,
          boxWidth: box?.width ?? null,
          boxHeight: box?.height ?? null,
          createdAtMs: nowMs,
        })
      return evidence
    },
    of: (itemId) =>
      database
        .prepare<[string], Row>('select * from evidence where item_id = ? order by created_at_ms, rowid')
        .all(itemId)
        .map(fromRow),
    itemsWith: (field, value) =>
      database
        .prepare<[string, string], { item_id: string }>(
          'select distinct item_id from evidence where field = ? and value = ? order by item_id',
        )
        .all(field, value)
        .map((row) => row.item_id),
    removeReadings(itemId, attachmentId) {
      database
        .prepare(
          `delete from evidence where item_id = ? and attachment_id = ?
             and kind in ('decoded', 'read', 'catalogue', 'derived')`,
        )
        .run(itemId, attachmentId)
    },
    removeSaid(itemId) {
      database
        .prepare("delete from evidence where item_id = ? and kind = 'said' and source <> 'description'")
        .run(itemId)
    },
    removeOperatorQuote(itemId, quote) {
      database
        .prepare("delete from evidence where item_id = ? and kind = 'operator' and quote = ?")
        .run(itemId, quote)
    },
  }
}

function fromRow(row: Row): Evidence {
  const { box_left: left, box_top: top, box_width: width, box_height: height } = row
  const hasBox = left !== null && top !== null && width !== null && height !== null
  return {
    id: row.id,
    itemId: row.item_id,
    field: row.field,
    value: row.value,
    kind: row.kind,
    source: row.source,
    quote: row.quote,
    syntax: row.syntax,
    readerConfidence: row.reader_confidence,
    attachmentId: row.attachment_id,
    box: hasBox ? { left, top, width, height } : null,
    createdAtMs: row.created_at_ms,
  }
}
