import { recordPlaces } from '../../client/record-seen.ts'
import { type RemoveAddition, removeAdditionSchema } from '../../notes/addition-intent.ts'
import { listChildren, photoName } from '../children.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'

/** Takes away a note or photos that HWLab added; their marks prove that they are its own. */
const removeAddition: OperationKind<RemoveAddition> = {
  kind: 'remove_addition',
  schema: removeAdditionSchema,
  subjects: ({ target }) => [target.assetTag],
  title: ({ target, words }) => `Take away ${words} of ${target.assetTag}`,
  attempt: (bench, { intent }) => remove(bench, intent),
}

export default removeAddition

async function remove({ rest, signal }: Workbench, intent: RemoveAddition): Promise<Attempt> {
  const { target, journalMark, photos, words } = intent
  const endpoint = journalMark === null ? 'extras/image-attachments' : 'extras/journal-entries'
  const names = new Set(photos.map(photoName))
  const parent = { objectType: recordPlaces[target.kind].objectType, id: target.id }
  const listed = await listChildren(rest, { endpoint, children: [] }, { parent, signal })
  if (listed.kind === 'failed') return listed
  const own = listed.rows.filter((row) =>
    journalMark === null ? names.has(String(row.name)) : String(row.comments).includes(journalMark),
  )
  for (const { id } of own) {
    const removed = await rest.call({ method: 'DELETE', path: `${endpoint}/${id}/`, signal })
    if (removed.kind === 'failed' && removed.cause === 'denied')
      return {
        kind: 'needs-human',
        why: `NetBox does not let HWLab take away ${words} of ${target.assetTag}. Delete it there, then retry.`,
      }
    if (removed.kind === 'failed' && removed.cause !== 'gone') return removed
  }
  return {
    kind: 'confirmed',
    record: null,
    words: `${target.assetTag} is without ${words} again.`,
    undo: null,
  }
}
