import type { ChangeStore } from './change-store.ts'

/** Marks undecided requests as expired when their time is over. */
export interface Expiry {
  /** Expires what is due now and comes back for the next one. */
  watch(): void
  close(): void
}

/** A sleeping machine stops timers, so look at least this often. */
const longestWaitMs = 60 * 60 * 1000

export function openExpiry(store: ChangeStore): Expiry {
  let cancel: (() => void) | null = null
  const watch = (): void => {
    cancel?.()
    cancel = null
    const nowMs = store.clock.nowMs()
    const waiting = store.requests.inStates(['proposed'])
    for (const { id } of waiting.filter(({ expiresAtMs }) => expiresAtMs <= nowMs)) expire(store, id)
    const next = waiting.map(({ expiresAtMs }) => expiresAtMs).filter((atMs) => atMs > nowMs)
    if (next.length > 0) cancel = store.clock.after(Math.min(Math.min(...next) - nowMs, longestWaitMs), watch)
  }
  return {
    watch,
    close() {
      cancel?.()
    },
  }
}

export function expire(store: ChangeStore, changeId: string): void {
  store.transaction(() =>
    store.move(changeId, { from: 'proposed', to: 'expired', who: 'hwlab', channel: 'server' }),
  )
}
