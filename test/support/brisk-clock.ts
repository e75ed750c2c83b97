import type { Clock } from '../../mcp-servers/serving/clock.ts'

/** Shorter delays are steps of a work that goes on; longer ones are somebody's patience. */
const patienceFromMs = 20
const looksAtSockets = 4

/**
 * A day that passes faster, for what waits on real sockets: every delay is that much shorter, and so is every deadline.
 * Where the machine was busy, what has come meanwhile is read before a deadline is called over.
 */
export function briskClock(times: number): Clock {
  const startMs = Date.now()
  return {
    nowMs: () => startMs + (Date.now() - startMs) * times,
    after(delayMs, action) {
      let isCancelled = false
      const afterSockets = (looks: number): void => {
        if (isCancelled) return
        if (looks === 0) action()
        else setImmediate(() => afterSockets(looks - 1))
      }
      const isPatience = delayMs / times >= patienceFromMs
      const timer = setTimeout(() => afterSockets(isPatience ? looksAtSockets : 0), delayMs / times)
      return () => {
        isCancelled = true
        clearTimeout(timer)
      }
    },
  }
}
