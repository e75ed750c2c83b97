import { ulid } from 'ulid'
import { type Refusal, refused } from '../../../serving/tool.ts'
import { openEnergy } from '../energy.ts'
import type { MeterClock } from '../meter-clock.ts'
import type { MeterSession } from '../meter-session.ts'
import type { RawReport } from '../report-reader.ts'
import type { RecordingsTable } from './recordings-table.ts'
import type { TimedReading } from './sample-block.ts'

export interface RecordingWish {
  itemId: string | null
  /** Keeps the reports of the meter too, as they came: for support. */
  keepsReports: boolean
}

export interface Recorder {
  start(
    meter: { key: string; name: string; simulated: boolean; session: MeterSession },
    wish: RecordingWish,
  ): { kind: 'started'; id: string } | Refusal
  stop(id: string): { kind: 'ok' } | Refusal
  /** The recording that is made of this meter now, or null. */
  of(deviceKey: string): string | null
  close(): void
}

/** What a crash may cost. */
const writeEveryMs = 2000
/** How often those who look at the bench see what a recording has come to. */
const toldEveryBlocks = 3
/** About 80 MB of samples. */
const longestMs = 12 * 3_600_000
/** About 8 MB, and more than an hour. */
export const mostReports = 100_000
const looseKept = 50
const looseKeptMs = 30 * 24 * 3_600_000

interface Going {
  deviceKey: string
  end(words: string): void
}

/** Writes the samples of meters to the database in batches. What was going on when HWLab ended, ends with its last sample. */
export function openRecorder(deps: {
  table: RecordingsTable
  clock: MeterClock
  changed(): void
  onFault(cause: unknown): void
}): Recorder {
  const { table, clock } = deps
  const going = new Map<string, Going>()

  for (const { id, startedAtMs } of table.open())
    table.end(id, table.lastTimeMs(id) ?? startedAtMs, 'HWLab ended while it was recording.')

  /** Recordings of an item stay with it; loose ones go after a month, or when there are too many. */
  function tidy(): void {
    const oldestMs = clock.nowMs() - looseKeptMs
    table.loose().forEach(({ id, startedAtMs }, at) => {
      if (at >= looseKept || startedAtMs < oldestMs) table.remove(id)
    })
  }

  function begin(id: string, deviceKey: string, session: MeterSession, keepsReports: boolean): Going {
    const energy = openEnergy()
    const beganMs = clock.nowMs()
    const beganSteadyMs = clock.steadyMs()
    const toTimeOfDayMs = beganMs - beganSteadyMs
    let block = 0
    let held: TimedReading[] = []
    let reports: RawReport[] = []
    let reportsLeft = keepsReports ? mostReports : 0
    let cancel = () => {}
    function keepReport(report: RawReport): void {
      if (reportsLeft === 0) return
      reportsLeft -= 1
      reports.push(sinceMs(report, beganSteadyMs))
    }
    const endUse = session.use((samples) => {
      for (const sample of samples) {
        energy.add(sample)
        held.push({ ...sample, timeMs: sample.atMs + toTimeOfDayMs })
      }
    }, keepReport)
    function write(): void {
      if (held.length + reports.length === 0) return
      table.addBlock(id, block, { readings: held, reports }, energy.now())
      block += 1
      held = []
      reports = []
      if (block % toldEveryBlocks === 0) deps.changed()
    }
    function end(words: string): void {
      if (!going.delete(id)) return
      cancel()
      endUse()
      try {
        write()
        table.end(id, clock.nowMs(), words)
      } catch (error) {
        deps.onFault(error)
      }
      deps.changed()
    }
    function writeLater(): void {
      cancel = clock.after(writeEveryMs, () => {
        try {
          write()
          if (clock.nowMs() - beganMs < longestMs) writeLater()
          else end('It ended after 12 hours.')
        } catch (error) {
          deps.onFault(error)
          held = []
          reports = []
          end('The samples could not be written. Check the disk.')
        }
      })
    }
    writeLater()
    return { deviceKey, end }
  }

  const of = (deviceKey: string) => [...going].find(([, one]) => one.deviceKey === deviceKey)?.[0] ?? null

  return {
    of,
    start({ key, name, simulated, session }, { itemId, keepsReports }) {
      if (of(key)) return refused('This meter is being recorded already. Stop that recording first.')
      tidy()
      const id = ulid(clock.nowMs())
      const facts = { id, deviceKey: key, deviceName: name, simulated, itemId }
      table.insert({ ...facts, startedAtMs: clock.nowMs(), rawReports: keepsReports ? 0 : null })
      going.set(id, begin(id, key, session, keepsReports))
      deps.changed()
      return { kind: 'started', id }
    },
    stop(id) {
      const one = going.get(id)
      if (!one) return refused('This recording has ended already.')
      one.end('')
      return { kind: 'ok' }
    },
    close() {
      for (const one of going.values()) one.end('HWLab ended while it was recording.')
    },
  }
}

function sinceMs({ bytes, atMs, place }: RawReport, beganMs: number): RawReport {
  const expectedMs = place.expectedMs === null ? null : place.expectedMs - beganMs
  return { bytes, atMs: atMs - beganMs, place: { ...place, expectedMs } }
}
