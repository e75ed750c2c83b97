/** The time, passed in so that tests own it. Unix milliseconds (UTC). */
export interface Clock {
  nowMs(): number
  /** Calls `action` once after `delayMs`; the returned function cancels it. */
  after(delayMs: number, action: () => void): () => void
}
