import { type Reading, readReport, samplesPerReport } from './packet.ts'
import { type Gap, openSampleTimes, type Sample } from './sample-times.ts'

/** What a reader knows before a report, besides its bytes and its time. */
export interface ReaderPlace {
  /** The first after a start: it may be garbage, so what it says does not count. */
  isFirst: boolean
  /** Nothing came for a while, and somebody was listening. */
  afterSilence: boolean
  /** Steady milliseconds at which its first sample is expected; null: the times begin anew with it. */
  expectedMs: number | null
}

/** A report as the meter sent it, with all that is needed to read it again. */
export interface RawReport {
  bytes: Uint8Array
  /** Steady milliseconds of this machine. */
  atMs: number
  place: ReaderPlace
}

export type HeardReport =
  | { kind: 'samples'; samples: Sample[]; gap: Gap | null }
  /** Its time passes without samples. */
  | { kind: 'first' | 'damaged' }
  /** Something else than samples. */
  | { kind: 'other' }

const atStart: ReaderPlace = { isFirst: true, afterSilence: false, expectedMs: null }

/** Reports to samples with their times; nothing else is known here than what came before. */
export function openReportReader(place: ReaderPlace = atStart) {
  const times = openSampleTimes(place.expectedMs)
  let { isFirst, afterSilence } = place
  function stamped(readings: Reading[], atMs: number): HeardReport {
    const stamps = times.stamp(readings, atMs, afterSilence)
    afterSilence = false
    return { kind: 'samples', ...stamps }
  }
  return {
    place: (): ReaderPlace => ({ isFirst, afterSilence, expectedMs: times.expectedMs() }),
    heard(bytes: Uint8Array, atMs: number): HeardReport {
      const report = readReport(bytes)
      if (report.kind === 'other') return report
      const wasFirst = isFirst
      isFirst = false
      if (report.kind === 'samples' && !wasFirst) return stamped(report.readings, atMs)
      times.skip(samplesPerReport)
      return { kind: wasFirst ? 'first' : 'damaged' }
    },
    silent(): void {
      afterSilence = true
    },
    restarted(): void {
      isFirst = true
    },
  }
}
