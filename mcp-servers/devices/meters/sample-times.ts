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
/** Further off than this, samples are missing and not merely late. */
const lateAtMostMs = 100
/** How much of the difference between the meter’s clock and ours is taken over with each packet. */
const pull = 0.05

/**
 * Stamps the samples of each packet 10 ms apart. Packets arrive late or in bursts when the machine is busy, so the line of
 * stamps follows the arrivals only slowly; where it is further off than 100 ms it begins anew, and the hole is told.
 */
export function openSampleTimes() {
  let nextMs: number | null = null
  return {
    stamp(readings: Reading[], arrivedMs: number): { samples: Sample[]; gap: Gap | null } {
      const firstByArrivalMs = arrivedMs - (readings.length - 1) * sampleEveryMs
      const offMs = nextMs === null ? null : firstByArrivalMs - nextMs
      const isOn = offMs !== null && Math.abs(offMs) <= lateAtMostMs
      const firstMs = isOn && nextMs !== null ? nextMs + offMs * pull : firstByArrivalMs
      const gap = !isOn && nextMs !== null && firstMs > nextMs ? { fromMs: nextMs, untilMs: firstMs } : null
      nextMs = firstMs + readings.length * sampleEveryMs
      return {
        samples: readings.map((reading, at) => ({ ...reading, atMs: firstMs + at * sampleEveryMs })),
        gap,
      }
    },
  }
}
