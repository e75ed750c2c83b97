import type { Clock } from '../../mcp-servers/serving/clock.ts'

/** A clock that stands still until a test moves it; due actions run in order, each at its own time. */
export class FakeClock implements Clock {
  #nowMs: number
  #setByMs = 0
  #waiting: { atMs: number; action: () => void }[] = []

  constructor(startMs = Date.UTC(2026, 0, 5, 12)) {
    this.#nowMs = startMs
  }

  nowMs(): number {
    return this.#nowMs + this.#setByMs
  }

  /** What a clock shows that nobody sets. */
  steadyMs(): number {
    return this.#nowMs
  }

  /** Somebody sets the clock: no time passes, and what waits goes on waiting as long as before. */
  set(byMs: number): void {
    this.#setByMs += byMs
  }

  /** How many actions wait for their time. */
  waiting(): number {
    return this.#waiting.length
  }

  /** How long until the next one is due; `Infinity` when none waits. */
  nextInMs(): number {
    return Math.min(...this.#waiting.map(({ atMs }) => atMs)) - this.#nowMs
  }

  /** Like a timer of the system, in whole milliseconds. */
  after(delayMs: number, action: () => void): () => void {
    const entry = { atMs: this.#nowMs + Math.ceil(delayMs), action }
    this.#waiting.push(entry)
    return () => {
      this.#waiting = this.#waiting.filter((other) => other !== entry)
    }
  }

  advance(byMs: number): void {
    const untilMs = this.#nowMs + byMs
    for (;;) {
      const due = this.#waiting.filter((entry) => entry.atMs <= untilMs).sort((a, b) => a.atMs - b.atMs)[0]
      if (!due) break
      this.#waiting = this.#waiting.filter((other) => other !== due)
      this.#nowMs = Math.max(this.#nowMs, due.atMs)
      due.action()
    }
    this.#nowMs = untilMs
  }
}
