import { conflictOf } from '../../changes/change-conflict.ts'
import { capitalised, editLines, labelsOf } from '../../changes/change-words.ts'
import {
  chosen,
  fieldValueSchema,
  isSame,
  joinEdits,
  mergeFields,
  reversed,
} from '../../changes/merge-fields.ts'
import { fieldValues, isAnother, type LiveRecord, pathOf, readRecord } from '../../changes/read-record.ts'
import { type RecordChange, recordChangeSchema } from '../../changes/record-change.ts'
import { recordShapes } from '../../changes/record-shapes.ts'
import { patchBody } from '../../changes/write-fields.ts'
import { type Failure, failed } from '../../client/failure.ts'
import { guardedPatch, seenAs } from '../../client/guarded-patch.ts'
import { addChildren, checkChildren, journalOf } from '../children.ts'
import type { Undo } from '../operation.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'

type Change = Operation<RecordChange>

const mostRounds = 3

const changeRecord: OperationKind<RecordChange> = {
  kind: 'change_record',
  schema: recordChangeSchema,
  subjects: ({ target }) => [target.assetTag],
  title: ({ target, fields }) => {
    const changed = Object.keys(fields).filter((field) => isEdited(fields, field))
    const labels = changed.length > 3 ? `${changed.length} fields` : labelsOf(target, changed)
    return `${labels === '' ? 'Nothing' : capitalised(labels)} of ${target.name} (${target.assetTag})`
  },
  async recheck(rest, { target }) {
    const now = await readRecord(rest, target)
    if (now.kind === 'failed') return now.cause === 'gone' ? deletedWords(target) : null
    return isAnother(target, now) ? anotherWords(target) : null
  },
  attempt: writeChange,
  async sweep(bench, operation) {
    const checked = await checkJournal(bench, operation)
    return checked.kind === 'failed' ? checked : { kind: 'right' }
  },
  merge(earlier, later) {
    if (earlier.target.kind !== later.target.kind || earlier.target.id !== later.target.id) return null
    const journals = [earlier.journal, later.journal].filter((text) => text !== null)
    const journal = journals.length === 0 ? null : journals.join('\n\n').slice(0, 10_000)
    return { target: later.target, fields: joinEdits(earlier.fields, later.fields), journal }
  },
  settle(intent, conflict, choices) {
    const seen = conflict.map(({ field, netboxValue }) => ({
      field,
      netboxValue: fieldValueSchema.parse(netboxValue),
    }))
    return { ...intent, fields: chosen(intent.fields, seen, choices) }
  },
}

export default changeRecord

/** Fresh GET, three ways, the least PATCH, read back, then the journal. Safe to repeat: what is written is not written again. */
async function writeChange(bench: Workbench, operation: Change): Promise<Attempt> {
  const { target, fields } = operation.intent
  const { rest, signal } = bench
  for (let round = 0; round < mostRounds; round += 1) {
    const live = await readRecord(rest, target, signal)
    if (live.kind === 'failed') return missing(operation, live)
    if (isAnother(target, live)) return { kind: 'needs-human', why: anotherWords(target) }
    const theirs = fieldValues(target.kind, live.row, Object.keys(fields))
    const merged = mergeFields(fields, theirs)
    if (merged.conflicts.length > 0) return conflictOf(operation.intent, merged.conflicts, theirs)
    if (merged.write.length === 0) return finish(bench, operation, live)
    const patched = await write(bench, operation, { live, names: merged.write })
    if (patched.kind === 'failed' && patched.cause === 'stale') continue
    if (patched.kind === 'failed') return missing(operation, patched)
    const after = await readRecord(rest, target, signal)
    if (after.kind === 'failed') return missing(operation, after)
    const lost = notAsAsked(operation.intent, after)
    if (lost.length === 0) return finish(bench, operation, after)
    if (after.seen.lastUpdated === patched.lastUpdated)
      return { kind: 'needs-human', why: lostWords(target, lost) }
  }
  return failed('stale', `Somebody else keeps changing ${target.assetTag} in NetBox.`)
}

async function write(
  bench: Workbench,
  { id, intent }: Change,
  { live, names }: { live: LiveRecord; names: string[] },
): Promise<{ kind: 'patched'; lastUpdated: string | null } | Failure> {
  const { target, fields } = intent
  const { rest, signal } = bench
  const values = Object.fromEntries(names.map((name) => [name, fields[name]?.mine ?? null]))
  const wanted = await patchBody(bench, { kind: target.kind, row: live.row, values })
  if (wanted.kind === 'failed') return wanted
  const json = { ...wanted.body, changelog_message: `hwlab:${id}` }
  const patched = await guardedPatch(rest, { path: pathOf(target), seen: live.seen, json, signal })
  if (patched.kind === 'ok') return { kind: 'patched', lastUpdated: seenAs(patched).lastUpdated }
  // A value that is taken elsewhere stays taken: trying again does not help, another value does.
  return patched.cause === 'exists' ? failed('invalid', patched.why) : patched
}

function notAsAsked({ target, fields }: RecordChange, { row }: LiveRecord): string[] {
  const now = fieldValues(target.kind, row, Object.keys(fields))
  return Object.keys(fields).filter(
    (field) => isEdited(fields, field) && !isSame(now[field] ?? null, fields[field]?.mine ?? null),
  )
}

async function finish(bench: Workbench, operation: Change, { record }: LiveRecord): Promise<Attempt> {
  const { target, fields } = operation.intent
  const left = await leaveJournal(bench, operation)
  if (left.kind === 'failed') return left
  if (left.kind === 'missing')
    return {
      kind: 'needs-human',
      why: `${target.assetTag} is changed, but NetBox did not keep ${left.words}. Look in NetBox, then retry.`,
    }
  const undo = undoOf(operation.intent)
  const changed = Object.keys(fields).filter((field) => isEdited(fields, field))
  const words =
    changed.length === 0
      ? `NetBox’s values of ${target.assetTag} stay; nothing was written.`
      : `${capitalised(labelsOf(target, changed))} of ${target.assetTag} written and read back.`
  return { kind: 'confirmed', record, words, undo }
}

async function leaveJournal(
  bench: Workbench,
  operation: Change,
): Promise<{ kind: 'right' } | { kind: 'missing'; words: string } | Failure> {
  const { target, journal } = operation.intent
  if (journal === null) return { kind: 'right' }
  const parent = { objectType: recordShapes[target.kind].objectType, id: target.id }
  const at = { parent, look: operation.maybeSent, signal: bench.signal }
  const added = await addChildren(bench.rest, journalOf(operation, journal), at)
  return added.kind === 'failed' ? added : checkJournal(bench, operation)
}

async function checkJournal(
  bench: Workbench,
  operation: Change,
): Promise<{ kind: 'right' } | { kind: 'missing'; words: string } | Failure> {
  const { target, journal } = operation.intent
  if (journal === null) return { kind: 'right' }
  const parent = { objectType: recordShapes[target.kind].objectType, id: target.id }
  return checkChildren(bench.rest, journalOf(operation, journal), { parent, signal: bench.signal })
}

function undoOf({ target, fields }: RecordChange): Undo | null {
  const back = reversed(fields)
  if (Object.keys(back).length === 0) return null
  return {
    kind: 'change_record',
    intent: { target, fields: back, journal: null } satisfies RecordChange,
    lines: editLines(target, back),
    tier: 'write',
  }
}

function isEdited(fields: RecordChange['fields'], field: string): boolean {
  const edit = fields[field]
  return edit !== undefined && !isSame(edit.base, edit.mine)
}

function missing({ intent }: Change, failure: Failure): Attempt {
  return failure.cause === 'gone' ? { kind: 'needs-human', why: deletedWords(intent.target) } : failure
}

function deletedWords({ assetTag, name }: RecordChange['target']): string {
  return `${assetTag} (${name}) was deleted in NetBox, so there is nothing to change. Cancel this; record the thing again if you still have it.`
}

function anotherWords({ assetTag, name }: RecordChange['target']): string {
  return `The record of ${assetTag} (${name}) in NetBox is not the one that HWLab knows: its HWLab id is another one. It may have been moved. Cancel this, and propose the change again.`
}

function lostWords(target: RecordChange['target'], fields: string[]): string {
  return `NetBox did not keep this of ${target.assetTag} as asked: ${labelsOf(target, fields)}. Correct it in NetBox, then retry.`
}
