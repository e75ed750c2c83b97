import { join } from 'node:path'
import { ulid } from 'ulid'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'
import type { Box } from '../intake/item.ts'
import { preparePhoto } from '../photo/prepare-photo.ts'
import { type Attachment, findAttachment, insertAttachment, isContentKnown } from './attachments-table.ts'
import { cropPhoto } from './crop-photo.ts'
import { openPhotoFiles } from './photo-files.ts'

export const attachmentsMigrations: MigrationsOwner = {
  owner: 'netbox-attachments',
  folder: join(import.meta.dirname, 'migrations'),
}

export type StoredPhoto =
  | { kind: 'stored'; attachmentId: string; widthPixels: number; heightPixels: number }
  | { kind: 'refused'; why: string }

/** Photos by id: the only way in which a photo travels between the parts of HWLab. */
export interface Attachments {
  /** Checked, turned upright, stripped of metadata; on disk before it resolves. */
  store(bytes: Uint8Array, fileName: string, sample: boolean): Promise<StoredPhoto>
  find(attachmentId: string): Attachment | null
  /** The whole photo as JPEG. Throws when the id is unknown or the file is gone. */
  jpeg(attachmentId: string): Promise<Uint8Array>
  /** The photo, or a piece of it (pixels of the upright photo); null: unknown, or the piece is outside. */
  view(attachmentId: string, crop: Box | null): Promise<Uint8Array | null>
}

export function openAttachments(deps: {
  database: LabDatabase
  clock: Clock
  stateDir: string
}): Attachments {
  const { database, clock } = deps
  const files = openPhotoFiles(join(deps.stateDir, 'attachments'))
  files.sweep((sha256) => isContentKnown(database, sha256))
  const jpeg = async (attachmentId: string): Promise<Uint8Array> => {
    const attachment = findAttachment(database, attachmentId)
    if (!attachment) throw new Error(`Photo ${attachmentId} is not known here. Send it again.`)
    return files.read(attachment.sha256)
  }
  return {
    async store(bytes, fileName, sample) {
      const prepared = await preparePhoto(bytes, fileName)
      if (prepared.kind === 'refused') return prepared
      await files.write(prepared.sha256, prepared.bytes)
      const nowMs = clock.nowMs()
      const attachment: Attachment = {
        id: ulid(nowMs),
        sha256: prepared.sha256,
        name: fileName.slice(0, 200),
        widthPixels: prepared.widthPixels,
        heightPixels: prepared.heightPixels,
        sample,
        storedAtMs: nowMs,
      }
      insertAttachment(database, attachment)
      const { id: attachmentId, widthPixels, heightPixels } = attachment
      return { kind: 'stored', attachmentId, widthPixels, heightPixels }
    },
    find: (attachmentId) => findAttachment(database, attachmentId),
    jpeg,
    async view(attachmentId, crop) {
      if (!findAttachment(database, attachmentId)) return null
      const bytes = await jpeg(attachmentId)
      return crop === null ? bytes : cropPhoto(bytes, crop)
    },
  }
}
