import { join } from 'node:path'
import type { LabDatabase, MigrationsOwner } from '../../../serving/database.ts'
import type { Energy } from '../energy.ts'
import type { RawReport } from '../report-reader.ts'
import { openRawReportsTable } from './raw-reports-table.ts'
import { packBlock, readBlock, type TimedReading } from './sample-block.ts'

export const meterMigrations: MigrationsOwner = {
  owner: 'devices-meters',
  folder: join(import.meta.dirname, '..', 'migrations'),
}

/** Times are Unix milliseconds. */
export interface Recording {
  /** ULID. */
  id: string
  deviceKey: string
  deviceName: string
  simulated: boolean
  /** The item of the tray it was made for, or null. */
  itemId: string | null
  startedAtMs: number
  /** null: it is still going on. */
  endedAtMs: number | null
  samples: number
  wattHours: number
  ampereHours: number
  gaps: number
  missingMs: number
  /** How many reports are kept as they came; null: none are. */
  rawReports: number | null
  /** Why it ended by itself; empty: a person ended it. */
  words: string
}

interface Row {
  id: string
  device_key: string
  device_name: string
  simulated: number
  item_id: string | null
  started_at_ms: number
  ended_at_ms: number | null
  samples: number
  watt_hours: number
  ampere_hours: number
  gaps: number
  missing_ms: number
  words: string
  raw_reports: number | null
}

/** What came in since the last time it was written. */
export interface Recorded {
  readings: readonly TimedReading[]
  reports: readonly RawReport[]
}

export type RecordingsTable = ReturnType<typeof openRecordingsTable>

export function openRecordingsTable(database: LabDatabase) {
  const insert = database.prepare(
    `insert into meter_recordings (id, device_key, device_name, simulated, item_id, started_at_ms, ended_at_ms, samples,
      watt_hours, ampere_hours, gaps, missing_ms, words, raw_reports)
      values (?, ?, ?, ?, ?, ?, null, 0, 0, 0, 0, 0, '', ?)`,
  )
  const addSamples = database.prepare(
    'insert into meter_samples (recording_id, block, samples) values (?, ?, ?)',
  )
  const count = database.prepare(
    `update meter_recordings set samples = samples + ?, watt_hours = ?, ampere_hours = ?, gaps = ?, missing_ms = ?,
      raw_reports = raw_reports + ? where id = ?`,
  )
  const rawReports = openRawReportsTable(database)
  const end = database.prepare(
    'update meter_recordings set ended_at_ms = ?, words = ? where id = ? and ended_at_ms is null',
  )
  const one = database.prepare<[string], Row>('select * from meter_recordings where id = ?')
  const newest = database.prepare<[number], Row>(
    'select * from meter_recordings order by started_at_ms desc, id desc limit ?',
  )
  const open = database.prepare<[], Row>('select * from meter_recordings where ended_at_ms is null')
  const loose = database.prepare<[], Row>(
    'select * from meter_recordings where item_id is null and ended_at_ms is not null order by started_at_ms desc',
  )
  const blocks = database.prepare<[string], { samples: Uint8Array }>(
    'select samples from meter_samples where recording_id = ? order by block',
  )
  const lastBlock = database.prepare<[string], { block: number; samples: Uint8Array }>(
    'select block, samples from meter_samples where recording_id = ? order by block desc limit 1',
  )
  const attach = database.prepare('update meter_recordings set item_id = ? where id = ?')
  const remove = database.prepare('delete from meter_recordings where id = ?')
  const setImpatient = database.prepare('insert or ignore into impatient_meters (device_key) values (?)')
  const impatient = database.prepare<[string], { device_key: string }>(
    'select device_key from impatient_meters where device_key = ?',
  )

  /** Samples and counters in one commit, so that the counters are never ahead of what can be shown. */
  const addBlock = database.transaction(
    (id: string, block: number, { readings, reports }: Recorded, energy: Energy) => {
      if (readings.length > 0) addSamples.run(id, block, packBlock(readings))
      if (reports.length > 0) rawReports.insert(id, block, reports)
      const { wattHours, ampereHours, gaps, missingMs } = energy
      count.run(readings.length, wattHours, ampereHours, gaps, missingMs, reports.length, id)
    },
  )

  return {
    insert(
      recording: Pick<
        Recording,
        'id' | 'deviceKey' | 'deviceName' | 'simulated' | 'itemId' | 'startedAtMs' | 'rawReports'
      >,
    ) {
      const { id, deviceKey, deviceName, simulated, itemId, startedAtMs } = recording
      insert.run(id, deviceKey, deviceName, simulated ? 1 : 0, itemId, startedAtMs, recording.rawReports)
    },
    addBlock: (id: string, block: number, recorded: Recorded, energy: Energy) =>
      addBlock(id, block, recorded, energy),
    /** As they came, their times in milliseconds since the start of the recording. */
    reports: rawReports.of,
    end: (id: string, atMs: number, words: string) => end.run(atMs, words, id).changes > 0,
    get: (id: string) => recordingOf(one.get(id)),
    newest: (most: number) => newest.all(most).flatMap((row) => recordingOf(row) ?? []),
    open: () => open.all().flatMap((row) => recordingOf(row) ?? []),
    /** Ended ones that belong to no item, newest first. */
    loose: () => loose.all().flatMap((row) => recordingOf(row) ?? []),
    *readings(id: string): Generator<TimedReading> {
      for (const { samples } of blocks.all(id)) yield* readBlock(samples)
    },
    lastTimeMs(id: string): number | null {
      const last = lastBlock.get(id)
      return last ? ([...readBlock(last.samples)].at(-1)?.timeMs ?? null) : null
    },
    attach: (id: string, itemId: string | null) => attach.run(itemId, id).changes > 0,
    remove: (id: string) => remove.run(id).changes > 0,
    setImpatient: (deviceKey: string) => void setImpatient.run(deviceKey),
    isImpatient: (deviceKey: string) => impatient.get(deviceKey) !== undefined,
  }
}

function recordingOf(row: Row | undefined): Recording | null {
  if (!row) return null
  return {
    id: row.id,
    deviceKey: row.device_key,
    deviceName: row.device_name,
    simulated: row.simulated === 1,
    itemId: row.item_id,
    startedAtMs: row.started_at_ms,
    endedAtMs: row.ended_at_ms,
    samples: row.samples,
    wattHours: row.watt_hours,
    ampereHours: row.ampere_hours,
    gaps: row.gaps,
    missingMs: row.missing_ms,
    rawReports: row.raw_reports,
    words: row.words,
  }
}
