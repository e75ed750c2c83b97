import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { endsWords, findCable } from '../cables/list-cables.ts'
import { editLines, journalOf } from '../changes/change-words.ts'
import { findTarget } from '../changes/find-target.ts'
import type { FieldEdits } from '../changes/merge-fields.ts'
import { fieldValues, type LiveRecord } from '../changes/read-record.ts'
import type { ChangeTarget, RecordChange } from '../changes/record-change.ts'
import type { Inventory } from '../client/inventory.ts'
import { recordPlaces } from '../client/record-seen.ts'
import { quoted } from '../intake/field-words.ts'
import { listChildren } from '../outbox/children.ts'
import type { AddJournal, JournalLevel } from './addition-intent.ts'

/** What a test at the bench came to. */
export interface TestNote {
  /** `none`: not enough was measured to say either. */
  result: 'pass' | 'fail' | 'none'
  /** "Pin 4 open — FAIL". */
  verdict: string
  /** One line each, every label once; `isCode`: letter by letter as a device said it. */
  facts: { label: string; words: string; isCode?: true }[]
  /** In the text of this note and of no other. */
  mark: string
}

export type NotedRecord =
  | { kind: 'tag'; tag: string }
  /** `words`: what it connected when a person chose it. */
  | { kind: 'cable'; id: number; words: string }

/** NetBox colours its journal by these; NetBox has no status for a cable with a fault. */
const levels: Record<TestNote['result'], JournalLevel> = { pass: 'success', fail: 'danger', none: 'info' }

/** Reads the record and its journal; sends nothing but GETs. */
export async function planTestNote(
  inventory: Inventory,
  noted: NotedRecord,
  note: TestNote,
): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal> {
  const found = await (noted.kind === 'tag'
    ? findTarget(inventory, noted.tag)
    : cableTarget(inventory, noted))
  if (found.kind === 'refused') return found
  const { target, live } = found
  const there = await isNoted(inventory, target, note.mark)
  if (there.kind === 'refused') return there
  const { name, assetTag } = target
  const title = quoted(name === 'Cable' ? assetTag : `${name} (${assetTag})`, 180)
  if (there.isNoted) return refused(`This result is in the journal of ${title} already.`)
  const payload: AddJournal = { target, text: noteText(note), level: levels[note.result] }
  const failing = note.result === 'fail' && live ? failedStatus(target, live) : null
  return {
    kind: 'plan',
    plan: {
      title: `Cable test of ${title}`,
      tier: 'write',
      itemId: null,
      steps: [
        {
          kind: 'netbox.add_journal',
          title: `Write it to the journal of ${quoted(assetTag, 100)} in ${inventory.describe()}`,
          payload,
          waitsFor: null,
          optional: false,
        },
        ...(failing
          ? [
              {
                ...{ kind: 'netbox.change_record', title: `Set the status of ${assetTag} to failed` },
                ...{ payload: failing, waitsFor: 0, optional: true },
              },
            ]
          : []),
      ],
      lines: [
        { label: 'Cable test', before: null, after: note.verdict },
        ...note.facts.map(({ label, words }) => ({ label, before: null, after: quoted(words, 2000) })),
        ...(failing ? editLines(target, failing.fields) : []),
      ],
      warnings: target.hwlabId === null ? ['HWLab did not make this record.'] : [],
    },
  }
}

async function cableTarget(
  inventory: Inventory,
  { id, words }: { id: number; words: string },
): Promise<{ kind: 'found'; target: ChangeTarget; live: null } | Refusal> {
  const found = await findCable(inventory, id, words)
  if (found.kind === 'refused') return found
  const now = endsWords(found.row)
  if (now !== words) return refused(`That cable connects ${now} now. Choose the cable again.`)
  const { label, custom_fields } = found.row
  const hwlabId = typeof custom_fields.hwlab_id === 'string' ? custom_fields.hwlab_id : null
  // Without a label people know it by its ends alone.
  const names = label === '' ? { name: 'Cable', assetTag: quoted(now, 100) } : { name: now, assetTag: label }
  return { kind: 'found', target: { kind: 'cable', id, hwlabId, ...names }, live: null }
}

/** A loose cable is a device of its own, which NetBox can call failed; it has no such word for a connected one. */
function failedStatus(target: ChangeTarget, { record, row }: LiveRecord): RecordChange | null {
  if (target.kind !== 'device' || record?.role !== 'Cable') return null
  const { status: base = null } = fieldValues('device', row, ['status'])
  if (base === 'failed') return null
  const fields: FieldEdits = { status: { base, mine: 'failed' } }
  return { target, fields, journal: journalOf(target, fields) }
}

async function isNoted(
  { rest }: Inventory,
  target: ChangeTarget,
  mark: string,
): Promise<{ kind: 'looked'; isNoted: boolean } | Refusal> {
  const parent = { objectType: recordPlaces[target.kind].objectType, id: target.id }
  const journal = { endpoint: 'extras/journal-entries' as const, children: [] }
  const listed = await listChildren(rest, journal, { parent, signal: new AbortController().signal })
  if (listed.kind === 'failed') return refused(listed.why)
  const isIt = (comments: unknown) => typeof comments === 'string' && comments.includes(mark)
  return { kind: 'looked', isNoted: listed.rows.some(({ comments }) => isIt(comments)) }
}

/** NetBox reads it as Markdown, so what a device said is code. */
function noteText({ verdict, facts, mark }: TestNote): string {
  const lines = facts.map(
    ({ label, words, isCode }) => `- ${label}: ${isCode ? `\`${words.replaceAll('`', '’')}\`` : words}`,
  )
  return [`Cable test: ${verdict}`, '', ...lines, '', mark].join('\n')
}
