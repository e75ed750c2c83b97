import { join } from 'node:path'
import type { z } from 'zod'
import { loadFolder } from '../../serving/load-folder.ts'
import type { Failure } from '../client/failure.ts'
import type { FeaturesKnown } from '../client/inventory.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { Rest } from '../client/rest.ts'
import type { FieldConflict, Undo } from './operation.ts'
import type { Operation } from './operation-row.ts'
import type { openReferences } from './references.ts'

/** What came of one attempt. A `Failure` is tried again, or not, by its cause. */
export type Attempt =
  /** Everything that is managed was read back as asked. */
  | { kind: 'confirmed'; record: RecordSeen | null; words: string; undo: Undo | null }
  /** The same fields were changed here and in NetBox: a person chooses, field by field. */
  | { kind: 'conflict'; why: string; fields: FieldConflict[] }
  | { kind: 'needs-human'; why: string }
  | Failure

/** What an attempt works with. */
export interface Workbench {
  rest: Rest
  features(): Promise<FeaturesKnown>
  references: ReturnType<typeof openReferences>
  photoBytes(attachmentId: string): Promise<Uint8Array>
  /** Told as soon as NetBox's id of what was created is known. */
  noteRecord(operationId: string, recordId: number): unknown
  /** Intents of earlier operations of the same kind and subject that may have reached NetBox, oldest first. */
  sentBefore(operation: Operation): unknown[]
  signal: AbortSignal
}

/** One kind of write to the inventory: a file of `kinds/`, found by folder. */
export interface OperationKind<Intent> {
  /** `verb_noun`; the file is `verb-noun.ts`, and the step of an approved request is `netbox.<kind>`. */
  kind: string
  /** What is stored and approved, in NetBox's words and limits. */
  schema: z.ZodType<Intent>
  /** Its own asset tag first, then the others that it touches: what shares one goes one after another. */
  subjects(intent: Intent): readonly [string, ...string[]]
  /** A line of the queue: "Acme Box 1 (HW-00001)". */
  title(intent: Intent): string
  /** The item of the tray that a person can correct instead of this. */
  itemId?(intent: Intent): string
  /** Before an approved one is taken up: a sentence when the world has changed so that it must not run; null: go on. */
  recheck?(rest: Rest, intent: Intent): Promise<string | null>
  /** One attempt at the whole of it; safe to repeat at any point, by any process, also while an old request still runs. */
  attempt(bench: Workbench, operation: Operation<Intent>): Promise<Attempt>
  /** Looks once more, minutes later, for what a given-up request left behind. */
  sweep?(bench: Workbench, operation: Operation<Intent>): Promise<{ kind: 'right' } | Failure>
  /** One intent for an unsent earlier one and a later one of the same subject; null when they stay two. */
  merge?(earlier: Intent, later: Intent): Intent | null
  /** What is left to write when a person has chosen, field by field, after a conflict; null: nothing. */
  settle?(
    intent: Intent,
    conflict: FieldConflict[],
    choices: Record<string, 'mine' | 'netbox'>,
  ): Intent | null
}

export type OperationKinds = ReadonlyMap<string, OperationKind<unknown>>

/** Every kind, by name. */
export const operationKinds: OperationKinds = new Map(
  (await loadFolder<OperationKind<unknown>>(join(import.meta.dirname, 'kinds'), isOperationKind)).map(
    (kind) => [kind.kind, kind],
  ),
)

function isOperationKind(candidate: unknown, fileStem: string): candidate is OperationKind<unknown> {
  return (
    typeof candidate === 'object' &&
    candidate !== null &&
    'attempt' in candidate &&
    'kind' in candidate &&
    candidate.kind === fileStem.replaceAll('-', '_')
  )
}
