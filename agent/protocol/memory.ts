import { z } from 'zod'

/** What HWLab keeps, for how long, and how much room it takes. Words are drawn as sent. */

export const memoryViewSchema = z.object({
  rules: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      /** What happens to it afterwards. */
      words: z.string(),
      /** null: kept for good. */
      days: z.number().nullable(),
    }),
  ),
  /** What is never deleted. */
  keptWords: z.string(),
  /** Largest first. */
  sizes: z.array(z.object({ name: z.string(), words: z.string() })),
  sizeWords: z.string(),
  tidyWords: z.string(),
  compactWords: z.string(),
})
export type MemoryView = z.infer<typeof memoryViewSchema>

export const memoryRequests = {
  /** `days` null: keep for good. */
  'retention-set': z.object({
    name: z.string().max(40),
    days: z.number().int().min(1).max(3650).nullable(),
  }),
  'memory-tidy': z.object({}),
} as const

export interface MemoryResponses {
  'retention-set': { words: string }
  'memory-tidy': { words: string }
}
