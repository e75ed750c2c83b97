import { z } from 'zod'

/** What HWLab remembers because a person said so. */
export const factsViewSchema = z.object({
  /** Newest first. */
  facts: z.array(
    z.object({
      id: z.string(),
      text: z.string(),
      /** It is told to no model in the cloud. */
      isPrivate: z.boolean(),
      /** "You wrote it", "gemma (Ollama) proposed it". */
      originWords: z.string(),
      setBy: z.string(),
      setAt: z.string(),
    }),
  ),
  /** "3 of 100" */
  roomWords: z.string(),
})
export type FactsView = z.infer<typeof factsViewSchema>

const factId = z.string().min(1).max(64)
/** Longer than 200 characters is refused with a sentence. */
const text = z.string().max(20_000)

export const factRequests = {
  'fact-add': z.object({ text, isPrivate: z.boolean() }),
  'fact-edit': z.object({ factId, text, isPrivate: z.boolean() }),
  'fact-forget': z.object({ factId }),
} as const

export interface FactResponses {
  'fact-add': { words: string }
  'fact-edit': { words: string }
  'fact-forget': { words: string }
}
