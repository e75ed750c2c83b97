import type { NetboxServer } from '../netbox/main.ts'
import type { Refusal } from '../serving/tool.ts'

type Answer<Value> = Promise<{ kind: 'ok'; value: Value } | Refusal>

/** What a signed-in person may do with records that exist already. */
export function changesDesk({ changes, chooseInConflict }: NetboxServer) {
  return {
    async 'record-change'(
      edit: { itemId: string; field: string; value: string },
      operator: string,
    ): Answer<{ changeId: string | null }> {
      const filed = await changes.propose(edit, operator)
      return filed.kind === 'refused' ? filed : { kind: 'ok', value: { changeId: filed.changeId } }
    },
    async 'undo-propose'({ what }: { what: string }, operator: string): Answer<{ changeId: string | null }> {
      const filed = await changes.proposeUndo(what, operator)
      return filed.kind === 'refused' ? filed : { kind: 'ok', value: { changeId: filed.changeId } }
    },
    async 'conflict-choose'(
      { operationId, choices }: { operationId: string; choices: Record<string, 'mine' | 'netbox'> },
      operator: string,
    ): Answer<{ operationId: string }> {
      const chosen = chooseInConflict(operationId, choices, operator)
      return chosen.kind === 'refused' ? chosen : { kind: 'ok', value: { operationId } }
    },
  }
}
