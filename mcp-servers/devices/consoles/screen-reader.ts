import type { Clock } from '../../serving/clock.ts'
import type { ByteChannel } from '../transports/byte-channel.ts'
import { type Prompt, readPrompt } from './prompt.ts'
import { screenText } from './screen-text.ts'

/** A console that prints without end is cut off here. */
export const mostBytes = 10_000_000

export type Reading =
  /** It fell quiet. */
  | { kind: 'quiet'; screen: string; prompt: Prompt }
  /** It still printed at the deadline, or printed more than `mostBytes`. */
  | { kind: 'endless'; screen: string }
  | { kind: 'closed'; screen: string }

export interface ScreenReader {
  /**
   * Everything until the console has been quiet for `quietMs`, or until it stands at a prompt for `promptQuietMs`. Always
   * ends within `withinMs`.
   */
  read(until: { quietMs: number; withinMs: number; isDone?(prompt: Prompt): boolean }): Promise<Reading>
  /** Every byte so far. */
  bytes(): Uint8Array
}

/** Enough to see that nothing follows a prompt, at 9600 baud and over a network. */
const promptQuietMs = 250

export function openScreenReader(channel: Pick<ByteChannel, 'read'>, clock: Clock): ScreenReader {
  const pieces: Uint8Array[] = []
  let countBytes = 0
  return {
    bytes: () => Buffer.concat(pieces),
    async read({ quietMs, withinMs, isDone = () => false }) {
      const deadlineMs = clock.nowMs() + withinMs
      const arrived: Uint8Array[] = []
      const screen = () => screenText(Buffer.concat(arrived))
      for (;;) {
        const leftMs = deadlineMs - clock.nowMs()
        if (leftMs <= 0) {
          return arrived.length === 0
            ? { kind: 'quiet', screen: '', prompt: { kind: 'none' } }
            : { kind: 'endless', screen: screen() }
        }
        const stands = arrived.length > 0 && isDone(readPrompt(screenText(tail(arrived))))
        const outcome = await channel.read(Math.min(leftMs, stands ? promptQuietMs : quietMs))
        if (outcome.kind === 'closed') return { kind: 'closed', screen: screen() }
        if (outcome.kind === 'silent') {
          const seen = screen()
          return { kind: 'quiet', screen: seen, prompt: readPrompt(seen) }
        }
        arrived.push(outcome.bytes)
        pieces.push(outcome.bytes)
        countBytes += outcome.bytes.length
        if (countBytes > mostBytes) return { kind: 'endless', screen: screen() }
      }
    },
  }
}

/** The end of what arrived, enough for a prompt and the question above it. */
function tail(arrived: readonly Uint8Array[]): Uint8Array {
  const last: Uint8Array[] = []
  for (let at = arrived.length - 1, bytes = 0; at >= 0 && bytes < 2000; at -= 1) {
    const piece = arrived[at]
    if (!piece) break
    last.unshift(piece)
    bytes += piece.length
  }
  return Buffer.concat(last).subarray(-2000)
}
