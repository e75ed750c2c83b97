import type { Clock } from '../../serving/clock.ts'
import type { Probe } from '../client/inventory.ts'

export type Weather =
  | { kind: 'clear' }
  /** Waiting helps: NetBox is away or asked for a pause. */
  | { kind: 'away'; why: string; sinceMs: number }
  /** A person has to change something: token, address, version. */
  | { kind: 'refused'; why: string; sinceMs: number }

interface BreakerDeps {
  clock: Clock
  probe(): Promise<Probe>
  /** 0 to 1: spreads the probes of several benches. */
  random(): number
  onChange(weather: Weather): void
}

const firstDelayMs = 2_000
const longestDelayMs = 60_000

/** Stops the whole queue while NetBox cannot or will not answer, and probes until it does: after 2 s, then up to 60 s. */
export class Breaker {
  readonly #deps: BreakerDeps
  #weather: Weather = { kind: 'clear' }
  #failures = 0
  #cancelTimer: (() => void) | null = null
  #probing: Promise<Weather> | null = null
  #closed = false
  #lastContactMs: number | null = null

  constructor(deps: BreakerDeps) {
    this.#deps = deps
  }

  weather(): Weather {
    return this.#weather
  }

  /** NetBox has answered in its own words. */
  heard(): void {
    this.#lastContactMs = this.#deps.clock.nowMs()
  }

  /** null: not since HWLab was started. */
  lastContactMs(): number | null {
    return this.#lastContactMs
  }

  /** Asks NetBox now; several askers share one question. */
  check(): Promise<Weather> {
    this.#probing ??= this.#probe().finally(() => {
      this.#probing = null
    })
    return this.#probing
  }

  /** NetBox asked for a pause. */
  pause(forMs: number, why: string): void {
    this.#weather = { kind: 'away', why, sinceMs: this.#sinceMs() }
    this.#schedule(forMs)
    this.#deps.onChange(this.#weather)
  }

  close(): void {
    this.#closed = true
    this.#cancelTimer?.()
  }

  async #probe(): Promise<Weather> {
    const answer = await this.#deps.probe()
    this.#cancelTimer?.()
    this.#cancelTimer = null
    if (answer.kind === 'ready') {
      this.#failures = 0
      this.heard()
      this.#weather = { kind: 'clear' }
    } else {
      this.#weather = { kind: answer.kind, why: answer.why, sinceMs: this.#sinceMs() }
      const fullMs = Math.min(firstDelayMs * 2 ** this.#failures, longestDelayMs)
      this.#failures += 1
      this.#schedule(fullMs / 2 + this.#deps.random() * (fullMs / 2))
    }
    this.#deps.onChange(this.#weather)
    return this.#weather
  }

  #sinceMs(): number {
    return this.#weather.kind === 'clear' ? this.#deps.clock.nowMs() : this.#weather.sinceMs
  }

  #schedule(delayMs: number): void {
    this.#cancelTimer?.()
    if (!this.#closed) this.#cancelTimer = this.#deps.clock.after(delayMs, () => void this.check())
  }
}
