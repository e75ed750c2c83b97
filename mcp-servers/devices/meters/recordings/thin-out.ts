import type { TimedReading } from './sample-block.ts'

/** What a stretch of a recording held; each triple is smallest, mean, greatest. A stretch without samples is a gap. */
export type Stretch =
  | { kind: 'gap'; fromMs: number; untilMs: number }
  | {
      kind: 'samples'
      fromMs: number
      untilMs: number
      samples: number
      volts: Span
      amperes: Span
      watts: Span
      dPlusVolts: Span
      dMinusVolts: Span
    }

export type Span = [least: number, mean: number, most: number]

const channels = ['volts', 'amperes', 'watts', 'dPlusVolts', 'dMinusVolts'] as const

/**
 * As many equal stretches as can be drawn, so that a peak of 10 ms still shows in a recording of hours. Stretches without
 * a sample are gaps, one after another joined.
 */
export function thinOut(
  readings: Iterable<TimedReading>,
  span: { fromMs: number; untilMs: number; most: number },
): Stretch[] {
  const widthMs = Math.max(10, (span.untilMs - span.fromMs) / span.most)
  const buckets = new Map<number, ReturnType<typeof openExtent>>()
  for (const reading of readings) {
    const at = Math.min(span.most - 1, Math.max(0, Math.floor((reading.timeMs - span.fromMs) / widthMs)))
    const bucket = buckets.get(at) ?? openExtent()
    bucket.add({ ...reading, watts: reading.volts * reading.amperes })
    buckets.set(at, bucket)
  }
  const stretches: Stretch[] = []
  const last = Math.max(0, ...buckets.keys())
  for (let at = 0; at <= last; at += 1) {
    const [fromMs, untilMs] = [span.fromMs + at * widthMs, span.fromMs + (at + 1) * widthMs]
    const bucket = buckets.get(at)
    const before = stretches.at(-1)
    if (bucket) stretches.push({ kind: 'samples', fromMs, untilMs, ...bucket.result() })
    else if (before?.kind === 'gap') before.untilMs = untilMs
    else stretches.push({ kind: 'gap', fromMs, untilMs })
  }
  return stretches
}

type Channel = (typeof channels)[number]

/** Smallest, mean and greatest of what is added. */
export function openExtent() {
  let samples = 0
  const spans: Record<Channel, Span> = {
    volts: empty(),
    amperes: empty(),
    watts: empty(),
    dPlusVolts: empty(),
    dMinusVolts: empty(),
  }
  return {
    add(reading: Record<Channel, number>) {
      samples += 1
      for (const channel of channels) {
        const span = spans[channel]
        const value = reading[channel]
        span[0] = Math.min(span[0], value)
        span[1] += (value - span[1]) / samples
        span[2] = Math.max(span[2], value)
      }
    },
    result: () => ({ samples, ...spans }),
  }
}

function empty(): Span {
  return [Number.POSITIVE_INFINITY, 0, Number.NEGATIVE_INFINITY]
}
