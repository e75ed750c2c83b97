import { z } from 'zod'

/** What changed in NetBox since HWLab last saw it, and what HWLab recorded that NetBox no longer says. */

const findingActionSchema = z.enum(['take', 'restore', 'record-again', 'forget'])

export const findingViewSchema = z.object({
  id: z.string(),
  kind: z.enum(['gone', 'tag-taken', 'says-less', 'changed', 'unknown-tag']),
  /** "Changed in NetBox", "Gone from NetBox". */
  kindWords: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  url: z.string(),
  /** One sentence: what is different, or what to do. */
  words: z.string(),
  fields: z.array(
    z.object({
      label: z.string(),
      /** What HWLab last saw; null: empty. */
      hwlab: z.string().nullable(),
      netbox: z.string().nullable(),
    }),
  ),
  /** Who changed it, as NetBox's change log says; null: not known. */
  change: z.object({ by: z.string(), at: z.string(), message: z.string() }).nullable(),
  actions: z.array(findingActionSchema),
})
export type FindingView = z.infer<typeof findingViewSchema>

export const driftViewSchema = z.object({
  target: z.string(),
  /** "3 of 12 records differ." */
  words: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted', 'ask']),
  lookedAt: z.string().nullable(),
  isLooking: z.boolean(),
  /** Everything is looked through once a week. */
  weekly: z.boolean(),
  findings: z.array(findingViewSchema),
  /** How many more there are than are sent; the export holds all. */
  more: z.number(),
})
export type DriftView = z.infer<typeof driftViewSchema>

const findingId = z.string().min(1).max(64)
const word = z.string().max(60).optional()

export const setBackWishSchema = z.object({
  state: word,
  role: word,
  model: word,
  below: z.number().min(0).max(1).optional(),
  since: word,
  evidence: word,
  read_by: word,
  prompt: word,
})

export const driftRequests = {
  /** Looks at NetBox now: at what changed, or through everything that carries a tag. */
  'drift-look': z.object({ scope: z.enum(['changes', 'everything']) }),
  'drift-act': z.object({ findingId, action: findingActionSchema }),
  /** NetBox's values for all of these; each has its own outcome. */
  'drift-take-all': z.object({ findingIds: z.array(findingId).min(1).max(200) }),
  'drift-weekly': z.object({ on: z.boolean() }),
  'set-back-count': setBackWishSchema,
  'set-back-propose': setBackWishSchema,
} as const

export interface DriftResponses {
  'drift-look': { words: string }
  /** `changeId`: a request was filed that a person decides. */
  'drift-act': { words: string; changeId: string | null }
  'drift-take-all': { words: string; left: { name: string; kind: 'skipped' | 'failed'; why: string }[] }
  'drift-weekly': { weekly: boolean }
  'set-back-count': { words: string; count: number }
  'set-back-propose': { changeId: string }
}
