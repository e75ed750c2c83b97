import { reportBytes } from './commands.ts'
import { crc8 } from './crc8.ts'

export interface Reading {
  volts: number
  /** Without a sign: the packet does not tell the direction. */
  amperes: number
  dPlusVolts: number
  dMinusVolts: number
  /** Degrees Celsius. */
  celsius: number
}

export type Report =
  | { kind: 'samples'; readings: Reading[] }
  /** The checksum is wrong, or a value is beyond what the meter can measure. */
  | { kind: 'damaged' }
  /** Something else than samples: device information and the like. */
  | { kind: 'other' }

const frameStart = 0xaa
const samplesCode = 0x04
export const samplesPerReport = 4
const sampleBytes = 15
const most = { volts: 150, amperes: 15, celsius: 150 }

/**
 * 0: 0xaa · 1: 0x04 · 2+15i: four samples (u32 LE volts/100000, u32 LE amperes/100000, u16 LE D+/1000, u16 LE D−/1000,
 * one byte unknown, u16 LE °C/10) · 62: unknown · 63: CRC-8 over bytes 1 to 62. Read alike by six projects, among them
 * baryluk/fnirsi-usb-power-data-logger `fnirsi_logger.py`.
 */
export function readReport(report: Uint8Array): Report {
  if (report.length !== reportBytes || report[0] !== frameStart || report[1] !== samplesCode)
    return { kind: 'other' }
  if (crc8(report.subarray(1, reportBytes - 1)) !== report[reportBytes - 1]) return { kind: 'damaged' }
  const view = new DataView(report.buffer, report.byteOffset, report.byteLength)
  const readings: Reading[] = []
  for (let at = 2; at < 2 + samplesPerReport * sampleBytes; at += sampleBytes)
    readings.push({
      volts: view.getUint32(at, true) / 100_000,
      amperes: view.getUint32(at + 4, true) / 100_000,
      dPlusVolts: view.getUint16(at + 8, true) / 1000,
      dMinusVolts: view.getUint16(at + 10, true) / 1000,
      celsius: view.getUint16(at + 13, true) / 10,
    })
  return readings.every(isPossible) ? { kind: 'samples', readings } : { kind: 'damaged' }
}

/** Some units send one wild packet, such as 188 V, when they start (baryluk PR #4). */
function isPossible({ volts, amperes, celsius }: Reading): boolean {
  return volts <= most.volts && amperes <= most.amperes && celsius <= most.celsius
}
