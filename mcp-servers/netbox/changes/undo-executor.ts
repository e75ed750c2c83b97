import { z } from 'zod'
import type { Approvals } from '../../approval/approvals.ts'
import type { StepExecutor } from '../../approval/change-request.ts'
import type { Rest } from '../client/rest.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { OperationHistory } from '../outbox/operation-history.ts'
import { operationKinds } from '../outbox/operation-kind.ts'
import type { UndoneOperations } from './undone-operations.ts'

export const undoStepKind = 'netbox.undo_operation'

/** The operation that is taken back, and the one that takes it back. */
const undoPayloadSchema = z.object({ operationId: z.string(), kind: z.string(), intent: z.unknown() })
export type UndoPayload = z.infer<typeof undoPayloadSchema>

export const undoneWords = 'It was taken back already; nothing was done.'

interface Deps {
  approvals: Approvals
  outbox: Outbox
  rest: Rest
  history: OperationHistory
  undone: UndoneOperations
}

/** An approved undo marks what it takes back and goes to the outbox under its step's id, in one commit. */
export function registerUndoExecutor(deps: Deps): void {
  const { approvals, outbox, undone } = deps
  approvals.register(undoExecutor(deps))
  outbox.onSettled(({ operationKey, outcome }) => {
    if (outcome.kind === 'cancelled') undone.clear(operationKey)
  })
}

function undoExecutor({ outbox, rest, history, undone }: Deps): StepExecutor {
  return {
    kind: undoStepKind,
    async recheck(payload) {
      const { operationId, kind: name, intent } = undoPayloadSchema.parse(payload)
      if (undone.isUndone(operationId)) return { kind: 'stale', why: undoneWords }
      const kind = operationKinds.get(name)
      const why = (kind && (await kind.recheck?.(rest, kind.schema.parse(intent)))) ?? null
      return why === null ? { kind: 'fresh' } : { kind: 'stale', why }
    },
    begin(stepId, payload) {
      const { operationId, kind, intent } = undoPayloadSchema.parse(payload)
      if (!undone.mark(operationId, stepId)) throw new Error(undoneWords)
      const operation = history.find(operationId)
      // Taking back an undo: what that one took back stands again, and may be taken back once more.
      if (operation) undone.clear(operation.operationKey)
      outbox.enqueue(stepId, kind, intent)
    },
  }
}
