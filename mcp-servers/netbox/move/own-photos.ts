import type { LabDatabase } from '../../serving/database.ts'

const prefix = 'own-inventory:'

/** A photo that the own inventory holds, in the place of an attachment's id. */
export function ownPhotoId(own: number): string {
  return `${prefix}${own}`
}

/** Photos of the own inventory by such an id; all others from `attachments`. */
export function withOwnPhotos(
  database: LabDatabase,
  attachments: (id: string) => Promise<Uint8Array>,
): (id: string) => Promise<Uint8Array> {
  return async (id) => {
    if (!id.startsWith(prefix)) return attachments(id)
    const row = database
      .prepare<[number], { bytes: Uint8Array }>('select bytes from embedded_images where object_id = ?')
      .get(Number(id.slice(prefix.length)))
    if (!row) throw new Error(`HWLab’s own inventory has no photo ${id}`)
    return row.bytes
  }
}
