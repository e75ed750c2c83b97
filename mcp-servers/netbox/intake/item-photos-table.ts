import type { LabDatabase } from '../../serving/database.ts'

export interface ItemPhoto {
  itemId: string
  attachmentId: string
  /** 0 is the first photo. */
  position: number
  /** When its evidence was stored; null: not yet read. */
  readAtMs: number | null
}

interface Row {
  item_id: string
  attachment_id: string
  position: number
  read_at_ms: number | null
}

export interface ItemPhotosTable {
  /** Adding a photo twice changes nothing. */
  add(itemId: string, attachmentId: string): void
  of(itemId: string): ItemPhoto[]
  /** Items that hold this photo, newest first. */
  itemsWith(attachmentId: string): string[]
  markRead(itemId: string, attachmentId: string, nowMs: number): void
  markUnread(itemId: string, attachmentId: string): void
}

export function itemPhotosTable(database: LabDatabase): ItemPhotosTable {
  return {
    add(itemId, attachmentId) {
      database
        .prepare(
          `insert into item_photos (item_id, attachment_id, position)
           values (@itemId, @attachmentId, (select count(*) from item_photos where item_id = @itemId))
           on conflict do nothing`,
        )
        .run({ itemId, attachmentId })
    },
    of: (itemId) =>
      database
        .prepare<[string], Row>('select * from item_photos where item_id = ? order by position')
        .all(itemId)
        .map((row) => ({
          itemId: row.item_id,
          attachmentId: row.attachment_id,
          position: row.position,
          readAtMs: row.read_at_ms,
        })),
    itemsWith: (attachmentId) =>
      database
        .prepare<[string], { item_id: string }>(
          'select item_id from item_photos where attachment_id = ? order by item_id desc',
        )
        .all(attachmentId)
        .map((row) => row.item_id),
    markUnread(itemId, attachmentId) {
      database
        .prepare('update item_photos set read_at_ms = null where item_id = ? and attachment_id = ?')
        .run(itemId, attachmentId)
    },
    markRead(itemId, attachmentId, nowMs) {
      database
        .prepare('update item_photos set read_at_ms = ? where item_id = ? and attachment_id = ?')
        .run(nowMs, itemId, attachmentId)
    },
  }
}
