import { z } from 'zod'
import type { Outgoing } from './lab-state.ts'

const key = 'hwlab-outgoing'

const outgoingSchema = z.array(
  z.object({
    requestId: z.string(),
    conversationId: z.string(),
    text: z.string(),
    photos: z.array(z.object({ attachmentId: z.string(), name: z.string() })),
    refused: z.string().nullable(),
  }),
)

/** What was sent and not taken yet, for this page when it is loaded again. */
export function keepOutgoing(outgoing: Outgoing[]): void {
  if (outgoing.length === 0) sessionStorage.removeItem(key)
  else sessionStorage.setItem(key, JSON.stringify(outgoing))
}

export function keptOutgoing(): Outgoing[] {
  const kept = sessionStorage.getItem(key)
  if (kept === null) return []
  const outgoing = outgoingSchema.safeParse(JSON.parse(kept))
  return outgoing.success ? outgoing.data : []
}
