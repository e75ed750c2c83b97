import { readRecord } from '../../changes/read-record.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { type AddPhotos, addPhotosSchema } from '../../notes/addition-intent.ts'
import { addChildren, checkChildren, photosOf } from '../children.ts'
import type { OperationKind } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

/** Photos of a thing that is recorded already. */
const addPhotos: OperationKind<AddPhotos> = {
  kind: 'add_photos',
  schema: addPhotosSchema,
  subjects: ({ target }) => [target.assetTag],
  title: ({ target, photos }) => `${photoWords(photos)} of ${target.name} (${target.assetTag})`,
  async attempt({ rest, photoBytes, signal }, operation) {
    const { target, photos } = operation.intent
    const found = await readRecord(rest, target, signal)
    if (found.kind === 'failed' && found.cause === 'gone')
      return {
        kind: 'needs-human',
        why: `${target.assetTag} was deleted in NetBox, so its photos have no place. Record it again, or cancel.`,
      }
    if (found.kind === 'failed') return found
    const images = photosOf(photos, photoBytes)
    const at = { parent: parentOf(operation), signal }
    // The same photo may have come with the record.
    const added = await addChildren(rest, images, { ...at, look: true })
    if (added.kind === 'failed') return added
    const checked = await checkChildren(rest, images, at)
    if (checked.kind === 'failed') return checked
    if (checked.kind === 'missing')
      return {
        kind: 'needs-human',
        why: `NetBox did not keep ${checked.words} of ${target.assetTag}. Retry adds it.`,
      }
    return {
      kind: 'confirmed',
      record: null,
      words: `${photoWords(photos)} of ${target.assetTag} ${photos.length === 1 ? 'is' : 'are'} in NetBox, read back.`,
      undo: {
        kind: 'remove_addition',
        intent: { target, journalMark: null, photos, words: photoWords(photos) },
        lines: [{ label: 'Photos', before: String(photos.length), after: null }],
        tier: 'bulk-or-destructive',
      },
    }
  },
  async sweep({ rest, photoBytes, signal }, operation) {
    const images = photosOf(operation.intent.photos, photoBytes)
    const checked = await checkChildren(rest, images, { parent: parentOf(operation), signal })
    return checked.kind === 'failed' ? checked : { kind: 'right' }
  },
}

export default addPhotos

function photoWords(photos: AddPhotos['photos']): string {
  return photos.length === 1 ? 'One photo' : `${photos.length} photos`
}

function parentOf({ intent: { target } }: Operation<AddPhotos>) {
  return { objectType: recordPlaces[target.kind].objectType, id: target.id }
}
