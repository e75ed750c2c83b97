import { z } from 'zod'
import type { RecordSeen } from '../client/record-seen.ts'

export const operationStates = [
  'queued',
  'in_flight',
  'ambiguous',
  'retry_wait',
  'conflict',
  'needs_human',
  'confirmed',
  'cancelled',
  /** A later one of the same record took it in before it was sent. */
  'superseded',
] as const
export type OperationState = (typeof operationStates)[number]

/** One field that was changed here and in NetBox since it was last seen. Texts for a person; null: empty. */
export const fieldConflictSchema = z.object({
  /** NetBox's own name: `serial`, `custom_fields.hwlab_spec`. */
  field: z.string(),
  label: z.string(),
  base: z.string().nullable(),
  mine: z.string().nullable(),
  netbox: z.string().nullable(),
  /** NetBox's value as the intent would write it. */
  netboxValue: z.unknown(),
})
export type FieldConflict = z.infer<typeof fieldConflictSchema>

/** The operation that takes a confirmed one back; itself proposed to a person before it runs. */
export const undoSchema = z.object({
  kind: z.string(),
  intent: z.unknown(),
  /** What it restores: "Serial number: SN-1 again instead of SN-2". */
  lines: z.array(
    z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
  ),
  tier: z.enum(['write', 'bulk-or-destructive']),
})
export type Undo = z.infer<typeof undoSchema>

export type SettledOutcome =
  | { kind: 'confirmed'; record: RecordSeen | null; words: string }
  | { kind: 'needs-human'; why: string }
  | { kind: 'cancelled' }

export interface Settled {
  id: string
  operationKey: string
  /** Name of the `OperationKind`. */
  operation: string
  intent: unknown
  outcome: SettledOutcome
}

/** `edit`: back into the tray, out of the queue. */
export type QueueAction = 'retry' | 'edit' | 'cancel' | 'choose'

/** One line of the queue as a person sees it. */
export interface QueueRow {
  id: string
  operationKey: string
  kind: string
  title: string
  state: OperationState
  /** "Waiting for NetBox", "Writing", "Confirmed", "Needs you: …". */
  stateWords: string
  tone: 'ask' | 'working' | 'good' | 'bad' | 'muted'
  /** The asset tag that it is about. */
  tag: string
  /** The item of the tray that can be edited instead; null: there is none. */
  itemId: string | null
  why: string | null
  conflict: FieldConflict[]
  actions: QueueAction[]
  updatedAtMs: number
}
