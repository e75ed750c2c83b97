import { z } from 'zod'

/** A tool call that takes long: since when, and how far it is. */
export const callJobSchema = z.object({
  startedAt: z.string(),
  /** 0 to 1; null: the server does not say. */
  share: z.number().nullable(),
})
export type CallJob = z.infer<typeof callJobSchema>

export const callRequests = {
  /** Ends one running tool call; the answer goes on without it. */
  'call-cancel': z.object({ conversationId: z.string().min(1).max(64), callId: z.string().min(1).max(200) }),
} as const

export interface CallResponses {
  'call-cancel': { callId: string }
}
