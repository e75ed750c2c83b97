import { z } from 'zod'
import type { ChangeRequest, ChangeState } from '../approval/change-request.ts'
import { stateSentence } from '../approval/change-view.ts'

const outcomes = [
  'waiting',
  'working',
  'done',
  'failed',
  'unknown',
  'declined',
  'cancelled',
  'expired',
  'superseded',
  'stale',
] as const

/** What a client learns about a change request: never more than a person would be told. */
export const changeOutput = z.object({
  outcome: z.enum(outcomes),
  words: z.string(),
  change_id: z.string(),
  item_id: z.string().nullable(),
  /** Where a person decides it. */
  url: z.string(),
})

const outcomeByState: Record<ChangeState, (typeof outcomes)[number]> = {
  proposed: 'waiting',
  approved: 'working',
  executing: 'working',
  done: 'done',
  failed: 'failed',
  unknown: 'unknown',
  declined: 'declined',
  cancelled: 'cancelled',
  expired: 'expired',
  superseded: 'superseded',
  stale: 'stale',
}

export function outcomeOf(
  change: ChangeRequest,
  confirmUrl: (changeId: string) => string,
): z.infer<typeof changeOutput> {
  const outcome = outcomeByState[change.state]
  const url = confirmUrl(change.id)
  const words =
    outcome === 'waiting' ? `Nothing is done yet: a person has to decide at ${url}` : stateSentence(change)
  return { outcome, words, change_id: change.id, item_id: change.itemId, url }
}
