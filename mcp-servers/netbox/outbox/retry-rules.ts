import type { Failure, FailureCause } from '../client/failure.ts'

/** No retry is put off for longer, so that a later time can only come from a clock that was set back. */
export const longestRetryMs = 60_000
const firstRetryMs = 4_000
const mostAttempts = 10
const mostDependencyAttempts = 3

/** What a failed attempt means for what comes next. */
export const afterFailure: Record<
  FailureCause,
  | 'stopped'
  /** NetBox asked for a pause of everything. */
  | 'pause'
  /** NetBox may be away for all: a probe tells. */
  | 'ask'
  | 'again'
  | 'person'
> = {
  stopped: 'stopped',
  throttled: 'pause',
  offline: 'ask',
  auth: 'ask',
  'base-url': 'ask',
  dependency: 'again',
  doubt: 'again',
  exists: 'again',
  race: 'again',
  stale: 'again',
  denied: 'person',
  invalid: 'person',
  gone: 'person',
}

/** NetBox itself has spoken. */
export const answered: ReadonlySet<FailureCause> = new Set([
  ...(['exists', 'race', 'dependency', 'stale', 'denied', 'invalid', 'gone'] as const),
])

export type Again = { kind: 'wait'; forMs: number } | { kind: 'needs-human'; why: string }

/** Later, with a look before anything is sent: the server may still be at work on what was given up. */
export function again(failure: Failure, attempts: number, random: () => number): Again {
  const most = failure.cause === 'dependency' ? mostDependencyAttempts : mostAttempts
  if (attempts >= most)
    return {
      kind: 'needs-human',
      why: `Tried ${attempts} times. ${failure.why} Look at NetBox, then retry.`,
    }
  const fullMs = Math.min(firstRetryMs * 2 ** (attempts - 1), longestRetryMs)
  return { kind: 'wait', forMs: Math.ceil(fullMs / 2 + random() * (fullMs / 2)) }
}
