import type { LabDatabase } from '../../serving/database.ts'
import { type PhotoReading, photoReadingSchema } from '../photo/photo-reading.ts'

/** What the readers saw in a photo, kept so that a correction can be looked up in the picture again. */
export interface PhotoReadingsTable {
  put(attachmentId: string, reading: PhotoReading, nowMs: number): void
  find(attachmentId: string): PhotoReading | null
  /** The photo is to be looked at anew. */
  remove(attachmentId: string): void
}

export function photoReadingsTable(database: LabDatabase): PhotoReadingsTable {
  return {
    put(attachmentId, reading, nowMs) {
      database
        .prepare(
          'insert or replace into photo_readings (attachment_id, reading, read_at_ms) values (?, ?, ?)',
        )
        .run(attachmentId, JSON.stringify(reading), nowMs)
    },
    find(attachmentId) {
      const row = database
        .prepare<[string], { reading: string }>('select reading from photo_readings where attachment_id = ?')
        .get(attachmentId)
      return row ? photoReadingSchema.parse(JSON.parse(row.reading)) : null
    },
    remove(attachmentId) {
      database.prepare('delete from photo_readings where attachment_id = ?').run(attachmentId)
    },
  }
}
