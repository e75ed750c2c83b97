import type { Clock } from '../../serving/clock.ts'
import type { ReadOutcome } from './byte-channel.ts'

/** Holds what has arrived until somebody reads it; one reader at a time. */
export class ByteInbox {
  readonly #clock: Clock
  #arrived: Uint8Array[] = []
  #closed = false
  #wake: (() => void) | null = null

  constructor(clock: Clock) {
    this.#clock = clock
  }

  put(bytes: Uint8Array): void {
    this.#arrived.push(bytes)
    this.#wake?.()
  }

  end(): void {
    this.#closed = true
    this.#wake?.()
  }

  async take(withinMs: number): Promise<ReadOutcome> {
    const waited = this.#arrived.length > 0 || this.#closed ? null : this.#arrival(withinMs)
    if (waited) await waited
    const bytes = this.#arrived.shift()
    if (bytes) return { kind: 'bytes', bytes }
    return this.#closed ? { kind: 'closed' } : { kind: 'silent' }
  }

  #arrival(withinMs: number): Promise<void> {
    return new Promise((resolve) => {
      const done = () => {
        this.#wake = null
        cancel()
        resolve()
      }
      const cancel = this.#clock.after(withinMs, done)
      this.#wake = done
    })
  }
}
