import { isAnother, readRecord } from '../../changes/read-record.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { quoted } from '../../intake/field-words.ts'
import { type AddJournal, addJournalSchema } from '../../notes/addition-intent.ts'
import { addChildren, checkChildren, journalOf } from '../children.ts'
import type { OperationKind } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

/** A note in the journal of a record. */
const addJournal: OperationKind<AddJournal> = {
  kind: 'add_journal',
  schema: addJournalSchema,
  subjects: ({ target }) => [target.assetTag],
  title: ({ target }) => `Note on ${target.name} (${target.assetTag})`,
  async attempt({ rest, signal }, operation) {
    const { target, text, level } = operation.intent
    const found = await readRecord(rest, target, signal)
    if (found.kind === 'failed' && found.cause === 'gone')
      return {
        kind: 'needs-human',
        why: goneWords(target),
      }
    if (found.kind === 'failed') return found
    if (isAnother(target, found))
      return {
        kind: 'needs-human',
        why: `Another record has taken the place of ${target.assetTag} in NetBox. Nothing was written; cancel.`,
      }
    const journal = journalOf(operation, text, level)
    const at = { parent: parentOf(operation), signal }
    const added = await addChildren(rest, journal, { ...at, look: operation.maybeSent })
    if (added.kind === 'failed') return added
    const checked = await checkChildren(rest, journal, at)
    if (checked.kind === 'failed') return checked
    if (checked.kind === 'missing')
      return {
        kind: 'needs-human',
        why: `NetBox did not keep the note on ${target.assetTag}. Retry adds it.`,
      }
    const words = `the note “${quoted(text, 80)}”`
    const journalMark = `HWLab op:${operation.id}`
    return {
      kind: 'confirmed',
      record: null,
      words: `The note on ${target.assetTag} is in NetBox, read back.`,
      undo: {
        kind: 'remove_addition',
        intent: { target, journalMark, photos: [], words },
        lines: [{ label: 'Note', before: quoted(text, 200), after: null }],
        tier: 'bulk-or-destructive',
      },
    }
  },
  async sweep({ rest, signal }, operation) {
    const journal = journalOf(operation, operation.intent.text)
    const checked = await checkChildren(rest, journal, { parent: parentOf(operation), signal })
    return checked.kind === 'failed' ? checked : { kind: 'right' }
  },
}

export default addJournal

function goneWords({ kind, assetTag }: AddJournal['target']): string {
  const [gone, wayOut] =
    kind === 'cable' ? ['taken out', 'Connect it again and note it there'] : ['deleted', 'Record it again']
  return `${assetTag} was ${gone} in NetBox, so the note has no place. ${wayOut}, or cancel.`
}

function parentOf({ intent: { target } }: Operation<AddJournal>) {
  return { objectType: recordPlaces[target.kind].objectType, id: target.id }
}
