import { z } from 'zod'

/** One line of "what is connected": NetBox, SearXNG, models, OCR, printers. */
export const connectionViewSchema = z.object({
  name: z.string(),
  stateWords: z.string(),
  tone: z.enum(['good', 'working', 'bad', 'muted']),
  /** What is missing and how to get it; null when all is well. */
  fix: z.string().nullable(),
  /** What HWLab needs there can be looked at and added. */
  offersSetUp: z.literal(true).optional(),
  /** A model that can be tried again. */
  modelKey: z.string().max(300).optional(),
})
export type ConnectionView = z.infer<typeof connectionViewSchema>

export const connectionRequests = {
  'connections-check': z.object({}),
} as const

export interface ConnectionResponses {
  'connections-check': { checked: number }
}
