import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan, ChangeRequest } from '../../approval/change-request.ts'
import type { LabDatabase } from '../../serving/database.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import type { IntakeStore } from '../intake/intake-store.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import { operationHistory } from '../outbox/operation-history.ts'
import { itemOfTag, tagOfItem } from '../tags/tags.ts'
import { keepItemsTrue } from './item-takes-change.ts'
import { planChange } from './plan-change.ts'
import { planUndo } from './plan-undo.ts'
import { type RecordChange, recordChangeSchema } from './record-change.ts'
import { registerUndoExecutor } from './undo-executor.ts'
import { undoneOperations } from './undone-operations.ts'
import type { FieldWish } from './wished-fields.ts'
import { wishesOfItem } from './wishes-of-item.ts'

export interface ChangesDeps {
  database: LabDatabase
  approvals: Approvals
  inventory: Inventory
  outbox: Outbox
  store: IntakeStore
  readOnly: boolean
}

type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal
type Filed = { kind: 'filed'; changeId: string | null } | Refusal

/** Changes of what is recorded already, and taking writes back. */
export interface Changes {
  /** For any client; a tag and what its record is to say. */
  plan(tag: string, wishes: FieldWish[]): Promise<Planned>
  /** `what`: a tag, the id of a change request, or of an operation. */
  planUndo(what: string): Promise<Planned>
  canUndo(operationId: string): boolean
  /** Whether what this approved step wrote was taken back since. */
  isTakenBack(stepId: string): boolean

  /* For the operator's desk only; no tool leads here. */
  /** Edits of one item gather in one request; without an id when nothing is left to change. */
  propose(edit: { itemId: string; field: string; value: string }, operator: string): Promise<Filed>
  proposeUndo(what: string, operator: string): Promise<Filed>
}

/** Registers the executor of `netbox.undo_operation` and listens to the outbox; once, before the outbox starts. */
export function openChanges(deps: ChangesDeps): Changes {
  const { database, approvals, inventory, outbox, store, readOnly } = deps
  const history = operationHistory(database)
  const undone = undoneOperations(database)
  registerUndoExecutor({ approvals, outbox, rest: inventory.rest, history, undone })
  keepItemsTrue({ approvals, store, outbox, history })
  const planning = { approvals, inventory, history, store, undone }

  /** The undecided change of a record, whoever asked for it: a new one takes its place and keeps what it wants. */
  function waitingFor(itemId: string | null): { change: ChangeRequest; intent: RecordChange } | null {
    const change = itemId === null ? null : approvals.latestForItem(itemId)
    const [step] = change?.state === 'proposed' ? change.steps : []
    if (!change || step?.kind !== 'netbox.change_record') return null
    return { change, intent: recordChangeSchema.parse(step.payload) }
  }

  function file(plan: ChangePlan, tool: string, operator: string): Filed {
    const from = { server: 'netbox', tool, requester: `operator:${operator}` }
    const filed = approvals.fileIfRoom(plan, from)
    return filed.kind === 'refused' ? filed : { kind: 'filed', changeId: filed.change.id }
  }

  return {
    async plan(tag, wishes) {
      const waiting = waitingFor(itemOfTag(database, tag))?.intent ?? null
      const planned = await planChange(planning, { tag, wishes: () => wishes, waiting })
      return planned.kind === 'unchanged' ? refused(planned.why) : planned
    },
    planUndo: (what) => planUndo(planning, what),
    canUndo(operationId) {
      const operation = history.find(operationId)
      return operation?.state === 'confirmed' && operation.undo !== null && !undone.isUndone(operationId)
    },
    isTakenBack(stepId) {
      const operation = history.byKey(stepId)
      return operation !== null && undone.isUndone(operation.id)
    },
    async propose({ itemId, field, value }, operator) {
      if (readOnly) return refused('HWLab is in read-only mode, so nothing can be changed.')
      const tag = tagOfItem(database, itemId)
      if (tag === null || store.items.find(itemId)?.state !== 'complete')
        return refused('This is not in the inventory yet. Correct it on its card.')
      const wishes = wishesOfItem(store, itemId, { field, value })
      const before = waitingFor(itemId)
      const planned = await planChange(planning, { tag, wishes, waiting: before?.intent ?? null })
      if (planned.kind === 'refused') return planned
      if (planned.kind === 'plan') return file(planned.plan, 'propose_change', operator)
      if (before) approvals.cancel(before.change.id, 'Nothing is left to change.', `operator:${operator}`)
      return { kind: 'filed', changeId: null }
    },
    async proposeUndo(what, operator) {
      if (readOnly) return refused('HWLab is in read-only mode, so nothing can be changed.')
      const planned = await planUndo(planning, what)
      return planned.kind === 'refused' ? planned : file(planned.plan, 'undo_change', operator)
    },
  }
}
