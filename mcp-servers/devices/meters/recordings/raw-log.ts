import type { RawReport } from '../report-reader.ts'
import { mostReports } from './recorder.ts'
import type { Recording } from './recordings-table.ts'

const linesPerPart = 500

/** The reports of a recording as text, in parts that can be sent one after another. */
export function* rawLog(recording: Recording, reports: Iterable<RawReport>): Generator<string> {
  yield [
    '# What a power meter sent, report by report as it came over USB. For support: the values are in the CSV.',
    `# Meter: ${oneLine(recording.deviceName)}${recording.simulated ? ' (simulated)' : ''}`,
    `# Recording ${recording.id}, from ${new Date(recording.startedAtMs).toISOString()}`,
    '# Each line: ms since the start; ms at which its first sample was expected, or -; mark; the report in hexadecimal.',
    '# Marks: f the first after a start, its values do not count; s after a silence; - none.',
    '',
  ].join('\n')
  let part = ''
  let lines = 0
  for (const report of reports) {
    part += line(report)
    lines += 1
    if (lines % linesPerPart > 0) continue
    yield part
    part = ''
  }
  if (lines >= mostReports) part += `# ${lines} reports: no more were kept. The recording went on.\n`
  yield part
}

function line({ bytes, atMs, place }: RawReport): string {
  const expected = place.expectedMs === null ? '-' : place.expectedMs.toFixed(3)
  const mark = `${place.isFirst ? 'f' : ''}${place.afterSilence ? 's' : ''}` || '-'
  return `${atMs.toFixed(3)} ${expected} ${mark} ${Buffer.from(bytes).toString('hex')}\n`
}

/** A device names itself. */
function oneLine(words: string): string {
  return words.replace(/[\p{Cc}\p{Cf}]+/gu, ' ')
}
