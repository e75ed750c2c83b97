/** How a request went wrong, by what to do about it. */
export type FailureCause =
  /** Not reached, or NetBox itself is down: everything waits. */
  | 'offline'
  /** The token is not accepted: everything waits for a person. */
  | 'auth'
  /** The address leads elsewhere: everything waits for a person. */
  | 'base-url'
  /** Asked to slow down. */
  | 'throttled'
  /** It may have happened: look before sending again. */
  | 'doubt'
  /** A unique value is taken, perhaps by ourselves. */
  | 'exists'
  /** Somebody else, perhaps ourselves, was writing the same value: it may be there, or they may have taken it back. */
  | 'race'
  /** A referred object is missing. */
  | 'dependency'
  | 'denied'
  | 'invalid'
  | 'gone'
  /** Changed by somebody else since we read it. */
  | 'stale'
  /** HWLab is stopping. */
  | 'stopped'

export interface Failure {
  kind: 'failed'
  cause: FailureCause
  /** A sentence for a person; never holds the token. */
  why: string
  retryAfterMs: number | null
}

export function failed(cause: FailureCause, why: string, retryAfterMs: number | null = null): Failure {
  return { kind: 'failed', cause, why, retryAfterMs }
}
