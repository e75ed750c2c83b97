import type { LabDatabase } from '../../serving/database.ts'

/** A stored photo: upright, without metadata. Several rows may share one file. */
export interface Attachment {
  /** ULID. */
  id: string
  sha256: string
  /** The file name that the sender gave, bounded; shown, never used as a path. */
  name: string
  widthPixels: number
  heightPixels: number
  /** The built-in sample photo. */
  sample: boolean
  storedAtMs: number
}

interface Row {
  id: string
  sha256: string
  name: string
  width_pixels: number
  height_pixels: number
  sample: number
  stored_at_ms: number
}

export function insertAttachment(database: LabDatabase, attachment: Attachment): void {
  database
    .prepare(
      `insert into attachments (id, sha256, name, width_pixels, height_pixels, sample, stored_at_ms)
       values (@id, @sha256, @name, @widthPixels, @heightPixels, @sample, @storedAtMs)`,
    )
    .run({ ...attachment, sample: attachment.sample ? 1 : 0 })
}

export function findAttachment(database: LabDatabase, id: string): Attachment | null {
  const row = database.prepare<[string], Row>('select * from attachments where id = ?').get(id)
  if (!row) return null
  return {
    id: row.id,
    sha256: row.sha256,
    name: row.name,
    widthPixels: row.width_pixels,
    heightPixels: row.height_pixels,
    sample: row.sample === 1,
    storedAtMs: row.stored_at_ms,
  }
}

export function isContentKnown(database: LabDatabase, sha256: string): boolean {
  return (
    database
      .prepare<[string], { id: string }>('select id from attachments where sha256 = ? limit 1')
      .get(sha256) !== undefined
  )
}
