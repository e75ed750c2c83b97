import type { Reading } from '../packet.ts'

/** A sample with the time of day, in Unix milliseconds. */
export interface TimedReading extends Reading {
  timeMs: number
}

const headBytes = 8
const sampleBytes = 18

/**
 * float64 LE time of the first sample in Unix ms; then per sample u32 tenths of a millisecond after it, u32 volts·10⁵,
 * u32 amperes·10⁵, u16 D+·10³, u16 D−·10³, u16 °C·10.
 */
export function packBlock(readings: readonly TimedReading[]): Uint8Array {
  const firstMs = readings[0]?.timeMs ?? 0
  const view = new DataView(new ArrayBuffer(headBytes + readings.length * sampleBytes))
  view.setFloat64(0, firstMs, true)
  readings.forEach((reading, at) => {
    const from = headBytes + at * sampleBytes
    view.setUint32(from, Math.round((reading.timeMs - firstMs) * 10), true)
    view.setUint32(from + 4, Math.round(reading.volts * 100_000), true)
    view.setUint32(from + 8, Math.round(reading.amperes * 100_000), true)
    view.setUint16(from + 12, Math.round(reading.dPlusVolts * 1000), true)
    view.setUint16(from + 14, Math.round(reading.dMinusVolts * 1000), true)
    view.setUint16(from + 16, Math.round(reading.celsius * 10), true)
  })
  return new Uint8Array(view.buffer)
}

export function* readBlock(block: Uint8Array): Generator<TimedReading> {
  const view = new DataView(block.buffer, block.byteOffset, block.byteLength)
  const firstMs = view.getFloat64(0, true)
  for (let from = headBytes; from + sampleBytes <= block.byteLength; from += sampleBytes)
    yield {
      timeMs: firstMs + view.getUint32(from, true) / 10,
      volts: view.getUint32(from + 4, true) / 100_000,
      amperes: view.getUint32(from + 8, true) / 100_000,
      dPlusVolts: view.getUint16(from + 12, true) / 1000,
      dMinusVolts: view.getUint16(from + 14, true) / 1000,
      celsius: view.getUint16(from + 16, true) / 10,
    }
}
