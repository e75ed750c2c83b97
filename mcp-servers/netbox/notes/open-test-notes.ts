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

function standingOf({ outbox, changes }: Deps, { state, steps, why }: ChangeRequest): NoteStanding | null {
  const [step] = steps
  switch (state) {
    case 'proposed':
      return { kind: 'waiting' }
    case 'approved':
    case 'executing': {
      const stands = step ? outbox.standsBecause(step.id) : null
      return stands === null
        ? { kind: 'writing', words: 'Being written to the journal.' }
        : { kind: 'stands', why: stands }
    }
    case 'done':
      return step === undefined || changes.isTakenBack(step.id)
        ? null
        : { kind: 'noted', words: step.outcome ?? 'It is in the journal, read back.' }
    case 'failed':
    case 'unknown':
    case 'stale':
      return { kind: 'failed', why: why ?? step?.outcome ?? 'It was not written.' }
    default:
      return null
  }
}
