import type { Clock } from '../../serving/clock.ts'
import type { Probe } from '../client/inventory.ts'

export type Weather =
  | { kind: 'clear' }
  /** Waiting helps: NetBox is away or asked for a pause. */
  | { kind: 'away'; why: string; sinceMs: number }
  /** A person has to change something: token, address, version. */
  | { kind: 'refused'; why: string; sinceMs: number }

const firstDelayMs = 2_000
const longestDelayMs = 60_000

export type Breaker = ReturnType<typeof openBreaker>

/** Stops the whole queue while NetBox cannot or will not answer, and probes until it does: after 2 s, then up to 60 s. */
export function openBreaker(deps: {
  clock: Clock
  probe(): Promise<Probe>
  /** 0 to 1: spreads the probes of several benches. */
  random(): number
  onChange(): void
}) {
  let weather: Weather = { kind: 'clear' }
  let failures = 0
  let cancelTimer: (() => void) | null = null
  let probing: Promise<Weather> | null = null
  let closed = false

  function schedule(delayMs: number): void {
    cancelTimer?.()
    if (closed) return
    cancelTimer = deps.clock.after(delayMs, () => void check())
  }

  async function probeOnce(): Promise<Weather> {
    const answer = await deps.probe()
    cancelTimer?.()
    cancelTimer = null
    if (answer.kind === 'ready') {
      failures = 0
      weather = { kind: 'clear' }
    } else {
      const sinceMs = weather.kind === 'clear' ? deps.clock.nowMs() : weather.sinceMs
      weather = { kind: answer.kind, why: answer.why, sinceMs }
      const fullMs = Math.min(firstDelayMs * 2 ** failures, longestDelayMs)
      failures += 1
      schedule(fullMs / 2 + deps.random() * (fullMs / 2))
    }
    deps.onChange()
    return weather
  }

  function check(): Promise<Weather> {
    probing ??= probeOnce().finally(() => {
      probing = null
    })
    return probing
  }

  return {
    weather: () => weather,
    /** Asks NetBox now; several askers share one question. */
    check,
    /** NetBox asked for a pause. */
    pause(forMs: number, why: string): void {
      weather = {
        kind: 'away',
        why,
        sinceMs: weather.kind === 'clear' ? deps.clock.nowMs() : weather.sinceMs,
      }
      schedule(forMs)
      deps.onChange()
    },
    close(): void {
      closed = true
      cancelTimer?.()
    },
  }
}
