import type { LabDatabase } from '../../../serving/database.ts'
import type { RawReport } from '../report-reader.ts'

/** Reports as they came, in blocks beside those of the samples. */
export function openRawReportsTable(database: LabDatabase) {
  const insert = database.prepare(
    'insert into meter_raw_reports (recording_id, block, reports) values (?, ?, ?)',
  )
  const blocks = database.prepare<[string], { block: number }>(
    'select block from meter_raw_reports where recording_id = ? order by block',
  )
  const one = database.prepare<[string, number], { reports: Uint8Array }>(
    'select reports from meter_raw_reports where recording_id = ? and block = ?',
  )
  return {
    insert(recordingId: string, block: number, reports: readonly RawReport[]): void {
      insert.run(recordingId, block, packReports(reports))
    },
    /** Block after block, because they go out over a slow line. */
    *of(recordingId: string): Generator<RawReport> {
      for (const { block } of blocks.all(recordingId)) {
        const row = one.get(recordingId, block)
        if (row) yield* readReports(row.reports)
      }
    },
  }
}

const headBytes = 18
const firstFlag = 1
const silenceFlag = 2

/**
 * Per report: its length (one byte) · flags (1: the first after a start, 2: after a silence) · float64 LE its time in ms ·
 * float64 LE the expected time in ms, NaN for none · the report.
 */
function packReports(reports: readonly RawReport[]): Uint8Array {
  const sizeBytes = reports.reduce((sum, { bytes }) => sum + headBytes + bytes.length, 0)
  const packed = new Uint8Array(sizeBytes)
  const view = new DataView(packed.buffer)
  let at = 0
  for (const { bytes, atMs, place } of reports) {
    view.setUint8(at, bytes.length)
    view.setUint8(at + 1, (place.isFirst ? firstFlag : 0) | (place.afterSilence ? silenceFlag : 0))
    view.setFloat64(at + 2, atMs, true)
    view.setFloat64(at + 10, place.expectedMs ?? Number.NaN, true)
    packed.set(bytes, at + headBytes)
    at += headBytes + bytes.length
  }
  return packed
}

function* readReports(packed: Uint8Array): Generator<RawReport> {
  const view = new DataView(packed.buffer, packed.byteOffset, packed.byteLength)
  let at = 0
  while (at + headBytes <= packed.byteLength) {
    const sizeBytes = view.getUint8(at)
    const flags = view.getUint8(at + 1)
    const expectedMs = view.getFloat64(at + 10, true)
    yield {
      bytes: packed.slice(at + headBytes, at + headBytes + sizeBytes),
      atMs: view.getFloat64(at + 2, true),
      place: {
        isFirst: (flags & firstFlag) !== 0,
        afterSilence: (flags & silenceFlag) !== 0,
        expectedMs: Number.isNaN(expectedMs) ? null : expectedMs,
      },
    }
    at += headBytes + sizeBytes
  }
}
