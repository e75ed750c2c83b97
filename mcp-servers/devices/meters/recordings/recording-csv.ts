import type { TimedReading } from './sample-block.ts'

const columns = 'time_utc,seconds,volts,amperes,watts,d_plus_volts,d_minus_volts,celsius,gap_before_seconds'
const gapFromMs = 100
const linesPerPart = 1000

/** Every sample, in parts that can be sent one after another. A hole before a sample stands in the last column. */
export function* recordingCsv(readings: Iterable<TimedReading>): Generator<string> {
  let part = `${columns}\r\n`
  let lines = 0
  let firstMs: number | null = null
  let lastMs: number | null = null
  for (const reading of readings) {
    firstMs ??= reading.timeMs
    const sinceMs = lastMs === null ? 0 : reading.timeMs - lastMs
    lastMs = reading.timeMs
    part += `${row(reading, firstMs, sinceMs > gapFromMs ? (sinceMs / 1000).toFixed(2) : '')}\r\n`
    lines += 1
    if (lines % linesPerPart === 0) {
      yield part
      part = ''
    }
  }
  yield part
}

function row(reading: TimedReading, firstMs: number, gap: string): string {
  const { timeMs, volts, amperes, dPlusVolts, dMinusVolts, celsius } = reading
  return [
    new Date(timeMs).toISOString(),
    ((timeMs - firstMs) / 1000).toFixed(3),
    volts.toFixed(5),
    amperes.toFixed(5),
    (volts * amperes).toFixed(5),
    dPlusVolts.toFixed(3),
    dMinusVolts.toFixed(3),
    celsius.toFixed(1),
    gap,
  ].join(',')
}
