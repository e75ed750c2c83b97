import { describe, expect, test } from 'vitest'
import type { OnReport } from '../../../../mcp-servers/devices/meters/meter-session.ts'
import { rawLog } from '../../../../mcp-servers/devices/meters/recordings/raw-log.ts'
import { mostReports, openRecorder } from '../../../../mcp-servers/devices/meters/recordings/recorder.ts'
import { recordingCsv } from '../../../../mcp-servers/devices/meters/recordings/recording-csv.ts'
import {
  meterMigrations,
  openRecordingsTable,
} from '../../../../mcp-servers/devices/meters/recordings/recordings-table.ts'
import { openDatabase } from '../../../../mcp-servers/serving/database.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { meterKey, openMeterBench } from '../../../support/meter-bench.ts'
import { replayRawLog } from '../../../support/replay-raw-log.ts'

type MeterBench = Awaited<ReturnType<typeof openMeterBench>>

const risingPower = (atMs: number) => ({
  volts: 5 + (atMs % 1000) / 1000,
  amperes: (atMs % 700) / 500,
  dPlusVolts: 0.6,
  dMinusVolts: (atMs % 90) / 100,
  celsius: 30,
})

function start(bench: MeterBench, keepsReports: boolean): string {
  const started = bench.meters.record(null, { itemId: null, keepsReports })
  if (started.kind === 'refused') throw new Error(started.why)
  return started.id
}

function logOf(bench: MeterBench, id: string): string {
  const recording = bench.meters.recording(id)
  if (!recording) throw new Error('The recording is gone')
  return [...rawLog(recording, bench.meters.reports(id))].join('')
}

describe('raw reports of a recording', () => {
  test('read again give its samples, over damage, a freeze and an unplug, from the middle of a look', async () => {
    await using bench = await openMeterBench(risingPower)
    bench.meters.watch(meterKey, () => {})
    await bench.pass(3010, 7)
    const id = start(bench, true)
    await bench.pass(3000, 7)
    bench.meter.set({ damaged: 0.3 })
    await bench.pass(3000, 7)
    bench.meter.set({ damaged: 0, silence: true })
    await bench.pass(4000, 7)
    bench.meter.set({ silence: false })
    await bench.pass(9000, 7)
    await bench.unplug()
    await bench.pass(2000, 7)
    await bench.plugIn()
    await bench.pass(4000, 7)
    bench.meters.stopRecording(id)

    const recording = bench.meters.recording(id)
    const log = logOf(bench, id)
    const lines = log.split('\n').filter((line) => line !== '' && !line.startsWith('#'))
    expect(lines).toHaveLength(recording?.rawReports ?? 0)
    expect(new Set(lines.map((line) => line.split(' ')[2]))).toEqual(new Set(['-', 'f', 's', 'fs']))
    const samples = replayRawLog(log)
    const kept = [...bench.meters.readings(id)]
    expect(samples).toHaveLength(kept.length)
    expect(kept.length).toBeGreaterThan(1000)
    const values = ({ volts, amperes, dPlusVolts, dMinusVolts, celsius }: (typeof kept)[number]) =>
      [volts, amperes, dPlusVolts, dMinusVolts, celsius].join()
    expect(samples.map((sample) => values({ ...sample, timeMs: 0 }))).toEqual(kept.map(values))
    const startedAtMs = recording?.startedAtMs ?? 0
    const offMs = kept.map(({ timeMs }, at) => Math.abs(timeMs - startedAtMs - (samples[at]?.atMs ?? 0)))
    expect(Math.max(...offMs)).toBeLessThan(0.11)
  })

  test('are text that says what each line is, whatever the meter calls itself', async () => {
    await using bench = await openMeterBench(risingPower)
    const id = start(bench, true)
    await bench.pass(3000)
    bench.meters.stopRecording(id)
    const lines = logOf(bench, id).trimEnd().split('\n')
    expect(lines.slice(0, 3)).toEqual([
      expect.stringMatching(/^# .*For support/),
      '# Meter: Simulated meter (simulated)',
      `# Recording ${id}, from 2026-01-05T12:00:00.000Z`,
    ])
    expect(lines[5]).toMatch(/^\d+\.\d{3} - f aa04[0-9a-f]{124}$/)
    expect(lines[7]).toMatch(/^\d+\.\d{3} \d+\.\d{3} - aa04[0-9a-f]{124}$/)
    const recording = bench.meters.recording(id)
    if (!recording) throw new Error('The recording is gone')
    const named = [...rawLog({ ...recording, deviceName: 'FNB58\n0.000 - - aa' }, [])].join('')
    expect(named).toContain('# Meter: FNB58 0.000 - - aa')
  })

  test('are kept only where somebody asked for them, and go with their recording', async () => {
    await using bench = await openMeterBench(risingPower)
    const without = start(bench, false)
    await bench.pass(3000)
    bench.meters.stopRecording(without)
    expect(bench.meters.recording(without)?.rawReports).toBe(null)
    expect([...bench.meters.reports(without)]).toEqual([])
    const kept = start(bench, true)
    await bench.pass(9000)
    bench.meters.stopRecording(kept)
    expect(bench.meters.recording(kept)?.rawReports).toBeGreaterThan(60)
    bench.meters.remove(kept)
    const left = bench.database.prepare('select count(*) as blocks from meter_raw_reports').get()
    expect(left).toEqual({ blocks: 0 })
  })

  test('end when they are many, and say so; the recording goes on', () => {
    const clock = new FakeClock()
    const database = openDatabase(':memory:', [meterMigrations])
    const table = openRecordingsTable(database)
    const recorder = openRecorder({
      table,
      clock,
      changed() {},
      onFault: (cause) => expect.fail(String(cause)),
    })
    let hear: OnReport = () => {}
    const session = {
      state: () => ({ kind: 'live' as const }),
      use(_onSamples: unknown, onReport: OnReport = () => {}) {
        hear = onReport
        return () => {}
      },
      tryNow() {},
      close: async () => {},
    }
    const meter = { key: 'meter', name: 'Meter', simulated: true, session }
    const started = recorder.start(meter, { itemId: null, keepsReports: true })
    if (started.kind === 'refused') throw new Error(started.why)
    const place = { isFirst: false, afterSilence: false, expectedMs: 0 }
    for (let at = 0; at < mostReports + 500; at += 1)
      hear({ bytes: new Uint8Array(64), atMs: at * 40, place })
    expect(recorder.of('meter')).toBe(started.id)
    recorder.stop(started.id)
    const recording = table.get(started.id)
    if (!recording) throw new Error('The recording is gone')
    expect(recording.rawReports).toBe(mostReports)
    const log = [...rawLog(recording, table.reports(started.id))].join('')
    expect(log.trimEnd().split('\n').at(-1)).toBe(
      '# 100000 reports: no more were kept. The recording went on.',
    )
    expect([...recordingCsv(table.readings(started.id))].join('').split('\r\n')).toHaveLength(2)
    database.close()
  })
})
