import { openReportReader, type RawReport } from '../../mcp-servers/devices/meters/report-reader.ts'
import type { Sample } from '../../mcp-servers/devices/meters/sample-times.ts'

/** Reads a log of raw reports again, with the reader that the meter was read with; times since the start. */
export function replayRawLog(log: string): Sample[] {
  let reader = openReportReader()
  let isBegun = false
  return log.split('\n').flatMap((line) => {
    if (line === '' || line.startsWith('#')) return []
    const { bytes, atMs, place } = reportOf(line)
    if (!isBegun || place.expectedMs === null) reader = openReportReader(place)
    isBegun = true
    if (place.isFirst) reader.restarted()
    if (place.afterSilence) reader.silent()
    const heard = reader.heard(bytes, atMs)
    return heard.kind === 'samples' ? heard.samples : []
  })
}

function reportOf(line: string): RawReport {
  const [at = '', expected = '', mark = '', hex = ''] = line.split(' ')
  return {
    bytes: new Uint8Array(Buffer.from(hex, 'hex')),
    atMs: Number(at),
    place: {
      isFirst: mark.includes('f'),
      afterSilence: mark.includes('s'),
      expectedMs: expected === '-' ? null : Number(expected),
    },
  }
}
