import type { Approvals } from '../approval/approvals.ts'
import type { StepExecutor } from '../approval/change-request.ts'
import type { Rest } from './client/rest.ts'
import type { Outbox } from './outbox/open-outbox.ts'
import { type OperationKind, operationKinds } from './outbox/operation-kind.ts'

/** Kinds whose approved steps do more than go to the outbox; their owners register them. */
const withOwnExecutor: ReadonlySet<string> = new Set(['create_item'])

/** Approved steps `netbox.<kind>` go to the outbox under their ids; what the outbox settles ends the step. */
export function registerOperationExecutors(deps: { approvals: Approvals; outbox: Outbox; rest: Rest }): void {
  const { approvals, outbox, rest } = deps
  const kinds = [...operationKinds.values()].filter(({ kind }) => !withOwnExecutor.has(kind))
  for (const kind of kinds) approvals.register(operationExecutor(kind, outbox, rest))
  const own = new Set(kinds.map(({ kind }) => kind))
  outbox.onSettled(({ operation, operationKey, outcome }) => {
    if (!own.has(operation)) return
    if (outcome.kind === 'confirmed')
      approvals.finishStep(operationKey, { kind: 'done', words: outcome.words })
    if (outcome.kind === 'cancelled')
      approvals.finishStep(operationKey, {
        kind: 'failed',
        words: 'It was not written: it was cancelled in the queue.',
      })
  })
}

function operationExecutor(kind: OperationKind<unknown>, outbox: Outbox, rest: Rest): StepExecutor {
  return {
    kind: `netbox.${kind.kind}`,
    async recheck(payload) {
      const why = (await kind.recheck?.(rest, kind.schema.parse(payload))) ?? null
      return why === null ? { kind: 'fresh' } : { kind: 'stale', why }
    },
    begin: (stepId, payload) => outbox.enqueue(stepId, kind.kind, payload),
  }
}
