import type { Reading } from './packet.ts'

export interface Sample extends Reading {
  /** Steady milliseconds of this machine; the meter tells no time. */
  atMs: number
}

/** Time without samples. */
export interface Gap {
  fromMs: number
  untilMs: number
}

export const sampleEveryMs = 10
/** Further off than this, samples were lost on the way although nobody saw a silence. */
const lostFromMs = 1000
/** How much of the difference between the meter’s clock and ours is taken over with each packet. */
const pull = 0.05

/**
 * Stamps the samples of each packet 10 ms apart. A busy machine hears packets late and then several at once, so the line
 * of stamps follows the arrivals only slowly. It begins anew after a silence, and the hole is told.
 */
export function openSampleTimes(expectedMs: number | null = null) {
  let nextMs = expectedMs
  return {
    /** When the next sample should have been taken; null before the first. */
    expectedMs: () => nextMs,
    /** `afterSilence`: nothing came for a while before this packet, and somebody was listening. */
    stamp(
      readings: Reading[],
      arrivedMs: number,
      afterSilence: boolean,
    ): { samples: Sample[]; gap: Gap | null } {
      const firstByArrivalMs = arrivedMs - (readings.length - 1) * sampleEveryMs
      const offMs = nextMs === null ? null : firstByArrivalMs - nextMs
      const isOn = offMs !== null && Math.abs(offMs) <= lostFromMs && !afterSilence
      const firstMs = isOn && nextMs !== null ? nextMs + offMs * pull : firstByArrivalMs
      const gap = !isOn && nextMs !== null && firstMs > nextMs ? { fromMs: nextMs, untilMs: firstMs } : null
      nextMs = firstMs + readings.length * sampleEveryMs
      return {
        samples: readings.map((reading, at) => ({ ...reading, atMs: firstMs + at * sampleEveryMs })),
        gap,
      }
    },
    /** A packet came that cannot be read: its time passes without samples. */
    skip(samples: number): void {
      if (nextMs !== null) nextMs += samples * sampleEveryMs
    },
  }
}
