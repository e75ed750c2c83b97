import { z } from 'zod'

/** Models: what a person may do about one. */

export const modelRequests = {
  /** Forgets what the model showed, and tries it anew; how it goes is among the connections. */
  'model-try-again': z.object({ modelKey: z.string().min(1).max(300) }),
} as const

export interface ModelResponses {
  'model-try-again': Record<string, never>
}
