import canonicalize from 'canonicalize'
import { type RecordSeen, recordSeenSchema } from '../client/record-seen.ts'
import {
  type FieldConflict,
  fieldConflictSchema,
  type OperationState,
  type Undo,
  undoSchema,
} from './operation.ts'
import type { OperationKind, OperationKinds } from './operation-kind.ts'
import { unreadableKind } from './unreadable-kind.ts'

/** One row of `outbox_operations`. */
export interface Operation<Intent = unknown> {
  position: number
  id: string
  operationKey: string
  kind: OperationKind<unknown>
  /** The asset tag whose operations go one after another. */
  subject: string
  intent: Intent
  state: OperationState
  /** Something of it may be in NetBox: look before sending. */
  maybeSent: boolean
  attempts: number
  /** NetBox's id of what it created, as far as is known. */
  recordId: number | null
  record: RecordSeen | null
  /** What was confirmed, in words. */
  words: string | null
  why: string | null
  conflict: FieldConflict[]
  undo: Undo | null
  createdAtMs: number
  updatedAtMs: number
}

export interface OperationRow {
  position: number
  id: string
  operation_key: string
  kind: string
  subject: string
  intent: string
  state: OperationState
  maybe_sent: number
  attempts: number
  record_id: number | null
  record: string | null
  words: string | null
  why: string | null
  conflict: string | null
  undo: string | null
  created_at_ms: number
  updated_at_ms: number
}

export function kindNamed(kinds: OperationKinds, name: string): OperationKind<unknown> {
  const kind = kinds.get(name)
  if (!kind) throw new Error(`there is no operation “${name}” in outbox/kinds`)
  return kind
}

/** RFC 8785 JSON. */
export function intentText(intent: unknown): string {
  const text = canonicalize(intent)
  if (text === undefined) throw new Error('an intent is an object')
  return text
}

export function operationOf(kinds: OperationKinds, row: OperationRow): Operation {
  const json: unknown = JSON.parse(row.intent)
  const known = kinds.get(row.kind)
  const intent = known?.schema.safeParse(json)
  const kind = known && intent?.success ? known : unreadableKind(row.kind, row.subject)
  return {
    position: row.position,
    id: row.id,
    operationKey: row.operation_key,
    kind,
    subject: row.subject,
    intent: intent?.success ? intent.data : json,
    state: row.state,
    maybeSent: row.maybe_sent === 1,
    attempts: row.attempts,
    recordId: row.record_id,
    record: row.record === null ? null : recordSeenSchema.parse(JSON.parse(row.record)),
    words: row.words,
    why: row.why,
    conflict: row.conflict === null ? [] : fieldConflictSchema.array().parse(JSON.parse(row.conflict)),
    undo: row.undo === null ? null : undoSchema.parse(JSON.parse(row.undo)),
    createdAtMs: row.created_at_ms,
    updatedAtMs: row.updated_at_ms,
  }
}
