import type { Clock } from '../../serving/clock.ts'
import type { ReadOutcome } from './byte-channel.ts'

/** More than this waits in the line itself until somebody reads: ten megabytes of console output need no ten of memory. */
const roomForBytes = 1_000_000

/** Holds what has arrived until somebody reads it; one reader at a time. */
export class ByteInbox {
  readonly #clock: Clock
  #arrived: Uint8Array[] = []
  #heldBytes = 0
  #closed = false
  #wake: (() => void) | null = null
  #whenRoom: (() => void)[] = []

  constructor(clock: Clock) {
    this.#clock = clock
  }

  put(bytes: Uint8Array): void {
    this.#arrived.push(bytes)
    this.#heldBytes += bytes.length
    this.#wake?.()
  }

  isFull(): boolean {
    return !this.#closed && this.#heldBytes >= roomForBytes
  }

  /** Whoever fills the inbox waits for this before it takes more from the line. null: there is room. */
  room(): Promise<void> | null {
    if (!this.isFull()) return null
    return new Promise((resolve) => {
      this.#whenRoom.push(resolve)
    })
  }

  end(): void {
    this.#closed = true
    this.#wake?.()
    this.#tellRoom()
  }

  async take(withinMs: number): Promise<ReadOutcome> {
    const waited = this.#arrived.length > 0 || this.#closed ? null : this.#arrival(withinMs)
    if (waited) await waited
    const bytes = this.#arrived.shift()
    if (!bytes) return this.#closed ? { kind: 'closed' } : { kind: 'silent' }
    this.#heldBytes -= bytes.length
    if (this.#heldBytes < roomForBytes) this.#tellRoom()
    return { kind: 'bytes', bytes }
  }

  #tellRoom(): void {
    for (const resolve of this.#whenRoom.splice(0)) resolve()
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
