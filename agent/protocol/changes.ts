import { z } from 'zod'

/** Changes of what is recorded: edits on its card, conflicts, taking back. */

const id = z.string().min(1).max(64)

export const changeRequests = {
  /** Files (or adds to) the request that changes the record of an item. */
  'record-change': z.object({ itemId: id, field: z.string().max(40), value: z.string().max(2000) }),
  /** `what`: a tag, or the id of a change request or of an operation in the queue. */
  'undo-propose': z.object({ what: id }),
  /** Fields that are not named keep NetBox's value. */
  'conflict-choose': z.object({
    operationId: id,
    choices: z.record(z.string().max(120), z.enum(['mine', 'netbox'])),
  }),
} as const

export interface ChangeResponses {
  /** null: nothing is left to change. */
  'record-change': { changeId: string | null }
  'undo-propose': { changeId: string | null }
  'conflict-choose': { operationId: string }
}
