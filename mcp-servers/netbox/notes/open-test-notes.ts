import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan, ChangeRequest } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type CableChoice, endsWords, findCable, listCables, tagsAlong } from '../cables/list-cables.ts'
import type { Changes } from '../changes/open-changes.ts'
import type { Inventory } from '../client/inventory.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import { type NotedRecord, planTestNote, type TestNote } from './plan-test-note.ts'

interface Deps {
  approvals: Approvals
  changes: Pick<Changes, 'isTakenBack'>
  inventory: Inventory
  outbox: Pick<Outbox, 'standsBecause'>
  readOnly: boolean
}

/** Where the request to note a test stands; null: nothing came of it, so it can be asked again. */
export type NoteStanding =
  | { kind: 'waiting' }
  | { kind: 'writing'; words: string }
  /** A person has to do something in the queue. */
  | { kind: 'stands'; why: string }
  | { kind: 'noted'; words: string }
  | { kind: 'failed'; why: string }

/** Results of the bench in the journals of records. For the operator's desk only. */
export interface TestNotes {
  cablesOf(tag: string): Promise<{ kind: 'cables'; cables: CableChoice[] } | Refusal>
  cable(id: number): Promise<{ kind: 'cable'; cable: CableChoice & { tags: string[] } } | Refusal>
  plan(noted: NotedRecord, note: TestNote): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal>
  /** Call it in the transaction that remembers the request. */
  file(plan: ChangePlan, operator: string): { kind: 'filed'; changeId: string } | Refusal
  /** Takes an undecided request back. */
  cancel(changeId: string, why: string, operator: string): void
  standing(changeId: string): NoteStanding | null
}

export function openTestNotes(deps: Deps): TestNotes {
  const { approvals, inventory, readOnly } = deps
  return {
    cablesOf: (tag) => listCables(inventory, tag),
    async cable(id) {
      const found = await findCable(inventory, id)
      if (found.kind === 'refused') return found
      const tags = await tagsAlong(inventory, found.row)
      return { kind: 'cable', cable: { id, words: endsWords(found.row), tags } }
    },
    plan: async (noted, note) =>
      readOnly
        ? refused('HWLab is in read-only mode, so nothing can be noted.')
        : planTestNote(inventory, noted, note),
    file(plan, operator) {
      const from = { server: 'netbox', tool: 'note_cable_test', requester: `operator:${operator}` }
      const filed = approvals.fileIfRoom(plan, from)
      return filed.kind === 'refused' ? filed : { kind: 'filed', changeId: filed.change.id }
    },
    cancel: (changeId, why, operator) => approvals.cancel(changeId, why, `operator:${operator}`),
    standing(changeId) {
      const change = approvals.get(changeId)
      return change && standingOf(deps, change)
    },
  }
}

/** The note is the first step; what else was asked for stands in its own words. */
function standingOf({ outbox, changes }: Deps, { state, steps, why }: ChangeRequest): NoteStanding | null {
  if (state === 'proposed') return { kind: 'waiting' }
  const [note] = steps
  if (state === 'approved' || state === 'executing') {
    const stands = steps.map(({ id }) => outbox.standsBecause(id)).find((words) => words !== null)
    return stands === undefined
      ? { kind: 'writing', words: 'Being written to the journal.' }
      : { kind: 'stands', why: stands }
  }
  const words = steps.flatMap(({ outcome }) => outcome ?? []).join(' ')
  if (note?.state === 'done') return changes.isTakenBack(note.id) ? null : { kind: 'noted', words }
  const hasFailed = state === 'failed' || state === 'unknown' || state === 'stale'
  return hasFailed ? { kind: 'failed', why: why ?? words } : null
}
