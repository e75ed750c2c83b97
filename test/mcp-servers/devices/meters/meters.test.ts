import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { LiveRow, MeterFrame } from '../../../../mcp-servers/devices/meters/live-feed.ts'
import { recordingCsv } from '../../../../mcp-servers/devices/meters/recordings/recording-csv.ts'
import { meterKey, openMeterBench } from '../../../support/meter-bench.ts'

const steady = () => ({ volts: 5, amperes: 2, dPlusVolts: 0.6, dMinusVolts: 0.7, celsius: 30 })

function watching(bench: Awaited<ReturnType<typeof openMeterBench>>) {
  const frames: MeterFrame[] = []
  const watch = bench.meters.watch(meterKey, (frame) => frames.push(frame))
  if (watch.kind === 'refused') throw new Error(watch.why)
  return { frames, ...watch, rows: (): LiveRow[] => frames.flatMap((frame) => frame.rows) }
}

describe('looking at a meter', () => {
  test('shows a hundred samples a second in at most ten frames, and stops the meter when nobody looks', async () => {
    await using bench = await openMeterBench(steady)
    const { frames, rows, stop } = watching(bench)
    await bench.pass(10_000)
    expect(bench.meters.views()).toMatchObject([{ state: 'live', stateWords: 'Live', simulated: true }])
    expect(frames.length).toBeLessThanOrEqual(100)
    expect(rows().length).toBeGreaterThan(970)
    expect(frames.at(-1)?.latest).toMatchObject({ volts: 5, amperes: 2 })
    expect(frames.at(-1)?.energy.wattHours).toBeCloseTo((10 * 9.8) / 3600, 3)
    stop()
    await bench.pass(6000)
    expect(bench.meters.views()).toMatchObject([{ state: 'off', stateWords: 'Ready' }])
    expect(bench.registry.usedFor(meterKey)).toBe(null)
  })

  test('goes on by itself after an unplug, with a gap in what is drawn', async () => {
    await using bench = await openMeterBench(steady)
    const { rows, frames } = watching(bench)
    await bench.pass(3000)
    await bench.unplug()
    await bench.pass(5000)
    expect(bench.meters.views()).toMatchObject([{ state: 'unplugged' }])
    await bench.plugIn()
    await bench.pass(8000)
    expect(bench.meters.views()).toMatchObject([{ state: 'live' }])
    expect(frames.at(-1)?.energy.gaps).toBe(1)
    const times = rows().map((row) => row[0])
    expect(times).toEqual([...times].sort((one, other) => one - other))
  })

  test('outlives a hundred replugs: one gap for each, and the meter free at the end', async () => {
    await using bench = await openMeterBench(steady)
    const { frames, stop } = watching(bench)
    await bench.pass(1000)
    const timers = bench.clock.waiting()
    for (let cycle = 0; cycle < 100; cycle += 1) {
      await bench.unplug()
      await bench.pass(600)
      await bench.plugIn()
      await bench.pass(1400)
    }
    expect(frames.at(-1)?.energy.gaps).toBe(100)
    expect(bench.meters.views()).toMatchObject([{ state: 'live' }])
    expect(bench.clock.waiting()).toBeLessThanOrEqual(timers + 1)
    stop()
    await bench.pass(6000)
    expect(bench.registry.usedFor(meterKey)).toBe(null)
  })

  test('a second one who looks sees the last minute at once', async () => {
    await using bench = await openMeterBench(steady)
    watching(bench)
    await bench.pass(5000)
    expect(watching(bench).history.length).toBeGreaterThan(100)
  })
})

describe('reading a meter once', () => {
  test('gives smallest, mean and greatest, and leaves the meter stopped', async () => {
    await using bench = await openMeterBench(steady)
    const read = bench.meters.read(null, 1000, new AbortController().signal)
    await bench.pass(3000)
    expect(await read).toMatchObject({
      kind: 'measured',
      name: 'Simulated meter',
      simulated: true,
      volts: [5, 5, 5],
      watts: [10, 10, 10],
      dMinusVolts: [0.7, 0.7, 0.7],
      celsius: 30,
    })
    await bench.pass(6000)
    expect(bench.meters.views()).toMatchObject([{ state: 'off' }])
  })

  test('of a meter that is frozen says what to do', async () => {
    await using bench = await openMeterBench(steady)
    bench.meter.set({ silence: true })
    const read = bench.meters.read(meterKey, 1000, new AbortController().signal)
    await bench.pass(8000)
    expect(await read).toMatchObject({
      kind: 'refused',
      why: 'The meter sends nothing. Unplug it, wait a moment, plug it in again.',
    })
  })

  test('where none is plugged in says where to plug it', async () => {
    await using bench = await openMeterBench(steady)
    await bench.unplug()
    expect(await bench.meters.read(null, 1000, new AbortController().signal)).toMatchObject({
      kind: 'refused',
      why: expect.stringContaining('port named PC'),
    })
  })
})

describe('a recording', () => {
  async function recorded(bench: Awaited<ReturnType<typeof openMeterBench>>, forMs: number) {
    const started = bench.meters.record(null, { itemId: 'item-1', keepsReports: false })
    if (started.kind === 'refused') throw new Error(started.why)
    await bench.pass(forMs)
    return started.id
  }

  test('holds every sample with its energy, and can be kept as CSV', async () => {
    await using bench = await openMeterBench(steady)
    const id = await recorded(bench, 20_000)
    expect(bench.meters.record(null, { itemId: null, keepsReports: false })).toMatchObject({
      kind: 'refused',
    })
    expect(bench.meters.views()).toMatchObject([{ recordingId: id }])
    bench.meters.stopRecording(id)
    const recording = bench.meters.recording(id)
    expect(recording?.samples).toBeGreaterThan(1970)
    expect(recording).toMatchObject({ itemId: 'item-1', gaps: 0, words: '', simulated: true })
    expect(recording?.wattHours).toBeCloseTo((10 * 19.8) / 3600, 3)
    const lines = [...recordingCsv(bench.meters.readings(id))].join('').trimEnd().split('\r\n')
    expect(lines).toHaveLength((recording?.samples ?? 0) + 1)
    expect(lines[0]).toBe(
      'time_utc,seconds,volts,amperes,watts,d_plus_volts,d_minus_volts,celsius,gap_before_seconds',
    )
    expect(lines[1]).toMatch(
      /^2026-01-05T12:00:00\.\d{3}Z,0\.000,5\.00000,2\.00000,10\.00000,0\.600,0\.700,30\.0,$/,
    )
  })

  test('goes on over an unplug, and tells the hole in its counters, its drawing and its CSV', async () => {
    await using bench = await openMeterBench(steady)
    const id = await recorded(bench, 5000)
    await bench.unplug()
    await bench.pass(10_000)
    await bench.plugIn()
    await bench.pass(10_000)
    bench.meters.stopRecording(id)
    const recording = bench.meters.recording(id)
    if (!recording) throw new Error('The recording is gone')
    expect(recording.gaps).toBe(1)
    expect(recording.missingMs).toBeGreaterThan(9000)
    expect(recording.wattHours).toBeLessThan((10 * 15.1) / 3600)
    const gaps = bench.meters.drawn(recording, 200).filter((stretch) => stretch.kind === 'gap')
    expect(Math.max(...gaps.map((gap) => gap.untilMs - gap.fromMs))).toBeGreaterThan(9000)
    expect([...recordingCsv(bench.meters.readings(id))].join('')).toMatch(/,(9|10|11)\.\d\d\r\n/)
  })

  test('drawn small still shows a peak of one sample', async () => {
    let count = 0
    await using bench = await openMeterBench(() => {
      count += 1
      return { ...steady(), amperes: count === 3000 ? 4.5 : 0.5 }
    })
    const id = await recorded(bench, 60_000)
    bench.meters.stopRecording(id)
    const recording = bench.meters.recording(id)
    if (!recording) throw new Error('The recording is gone')
    const stretches = bench.meters.drawn(recording, 50)
    expect(stretches.length).toBeLessThanOrEqual(50)
    const peaks = stretches.filter((one) => one.kind === 'samples' && one.amperes[2] === 4.5)
    expect(peaks).toHaveLength(1)
  })

  test('that HWLab was making when it was killed is there with all but its last two seconds', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'hwlab-meters-'))
    const path = join(folder, 'hwlab.db')
    const killed = await openMeterBench(steady, path)
    const id = await recorded(killed, 9000)
    {
      await using next = await openMeterBench(steady, path)
      const recording = next.meters.recording(id)
      expect(recording?.samples).toBeGreaterThan(690)
      expect(recording?.words).toBe('HWLab ended while it was recording.')
      expect((recording?.endedAtMs ?? 0) - (recording?.startedAtMs ?? 0)).toBeGreaterThan(7000)
    }
    await killed[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  test('of no item is not kept for ever, one of an item is', async () => {
    await using bench = await openMeterBench(steady)
    const kept = await recorded(bench, 1000)
    bench.meters.stopRecording(kept)
    const loose = await recorded(bench, 1000)
    bench.meters.stopRecording(loose)
    bench.meters.attach(loose, null)
    expect(bench.meters.recordings()).toHaveLength(2)
    bench.clock.set(31 * 24 * 3_600_000)
    const third = await recorded(bench, 1000)
    bench.meters.stopRecording(third)
    expect(
      bench.meters
        .recordings()
        .map((one) => one.id)
        .sort(),
    ).toEqual([kept, third].sort())
    expect(bench.meters.remove(kept)).toEqual({ kind: 'ok' })
    expect([...bench.meters.readings(kept)]).toEqual([])
  })
})
