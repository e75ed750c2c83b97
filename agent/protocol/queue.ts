import { z } from 'zod'

/** The queue of approved writes: what stands in it, and what a person may do about it. Times are ISO 8601 UTC. */

export const queueOperationSchema = z.object({
  id: z.string(),
  title: z.string(),
  stateWords: z.string(),
  tone: z.enum(['ask', 'working', 'good', 'bad', 'muted']),
  tag: z.string().nullable(),
  /** A sentence for a person when it needs one. */
  why: z.string().nullable(),
  /** Fields that were changed here and in NetBox: a person chooses one by one. null: empty. */
  conflict: z.array(
    z.object({
      field: z.string(),
      label: z.string(),
      base: z.string().nullable(),
      mine: z.string().nullable(),
      netbox: z.string().nullable(),
    }),
  ),
  actions: z.array(z.enum(['retry', 'edit', 'cancel', 'choose'])),
  /** The item of the tray that “edit” leads back to. */
  itemId: z.string().nullable(),
  /** It was written and can be taken back. */
  undoable: z.boolean(),
  updatedAt: z.string(),
})
export type QueueOperation = z.infer<typeof queueOperationSchema>

/** How it stands with the queue as a whole. */
export const queueStandingSchema = z.object({
  /** "NetBox answers", "NetBox is away", "NetBox refuses HWLab", "The disk takes nothing". */
  connectionWords: z.string(),
  connectionTone: z.enum(['good', 'bad']),
  /** What to do about it; null: nothing. */
  why: z.string().nullable(),
  /** Since when it is so; null: all is well. */
  since: z.string().nullable(),
  lastContact: z.string().nullable(),
  oldestWaitsSince: z.string().nullable(),
  /** "About 3 min for the rest, at the pace of the last minutes."; null: that cannot be said. */
  restWords: z.string().nullable(),
  /** What another try may help. */
  stuck: z.number(),
  /** Open ones that are not among `operations`. */
  hidden: z.number(),
  /** There are settled ones before those that are shown. */
  hasEarlier: z.boolean(),
})

export const queueViewSchema = z.object({
  target: z.string(),
  /** "Everything is saved.", "2 waiting for NetBox", "NetBox is away since 14:02; 3 waiting". */
  words: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
  standing: queueStandingSchema,
  operations: z.array(queueOperationSchema),
})
export type QueueView = z.infer<typeof queueViewSchema>

const id = z.string().min(1).max(64)

export const queueRequests = {
  'operation-act': z.object({ operationId: id, action: z.enum(['retry', 'edit', 'cancel']) }),
  'queue-retry-all': z.object({}),
  'queue-check': z.object({}),
  /** Settled ones from before an operation; null: the newest. */
  'queue-history': z.object({ before: z.string().max(100).nullable() }),
} as const

export interface QueueResponses {
  'operation-act': { operationId: string }
  'queue-retry-all': { words: string }
  'queue-check': { words: string }
  'queue-history': { operations: QueueOperation[]; hasEarlier: boolean }
}
