import { z } from 'zod'

/** Change requests and how they are decided; changes of what is recorded: edits on its card, conflicts, taking back. */

export const changeStepViewSchema = z.object({
  position: z.number(),
  kind: z.string(),
  title: z.string(),
  optional: z.boolean(),
  state: z.enum(['waiting', 'running', 'done', 'failed', 'unknown', 'left-out']),
  outcome: z.string().nullable(),
  /** Position of the step that must be done first, or null. */
  waitsFor: z.number().nullable(),
})

/** A change request as a person decides it. `tone` and `stateWords` are drawn as sent. */
export const changeViewSchema = z.object({
  id: z.string(),
  digest: z.string(),
  itemId: z.string().nullable(),
  tier: z.enum(['write', 'bulk-or-destructive', 'physical']),
  title: z.string(),
  requester: z.string(),
  lines: z.array(
    z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  warnings: z.array(z.string()),
  steps: z.array(changeStepViewSchema),
  state: z.enum([
    'proposed',
    'approved',
    'executing',
    'done',
    'failed',
    'unknown',
    'declined',
    'cancelled',
    'expired',
    'superseded',
    'stale',
  ]),
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  /** The words of the approving button: "Confirm and print", "Create record", "Print". */
  approveWords: z.string(),
  createdAt: z.string(),
  expiresAt: z.string(),
  decidedBy: z.string().nullable(),
})
export type ChangeView = z.infer<typeof changeViewSchema>

const id = z.string().min(1).max(64)

export const changeRequests = {
  'change-decide': z.object({
    changeId: id,
    digest: z.string().length(64),
    decision: z.enum(['approve', 'decline']),
    /** Positions of optional steps to leave out. */
    leaveOut: z.array(z.number().int()).max(200),
  }),
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
  'change-decide': { changeId: string; state: ChangeView['state'] }
  /** null: nothing is left to change. */
  'record-change': { changeId: string | null }
  'undo-propose': { changeId: string | null }
  'conflict-choose': { operationId: string }
}
