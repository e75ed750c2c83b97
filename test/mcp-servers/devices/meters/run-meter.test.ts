import { describe, expect, test } from 'vitest'
import { meterLine } from '../../../../mcp-servers/devices/meters/commands.ts'
import { openEnergy } from '../../../../mcp-servers/devices/meters/energy.ts'
import { runMeter } from '../../../../mcp-servers/devices/meters/run-meter.ts'
import {
  type Gap,
  openSampleTimes,
  type Sample,
} from '../../../../mcp-servers/devices/meters/sample-times.ts'
import {
  type MeterSwitches,
  openSimulatedMeter,
} from '../../../../mcp-servers/devices/simulated/simulated-meter.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { letRun } from '../../../support/let-run.ts'

const steady = () => ({ volts: 5, amperes: 2, dPlusVolts: 0.6, dMinusVolts: 0.6, celsius: 30 })

async function running(switches: Partial<MeterSwitches> = {}, third: 'start' | 'continue' = 'start') {
  const clock = new FakeClock()
  const meter = openSimulatedMeter(clock, steady)
  meter.set(switches)
  const channel = await meter.transport.open()
  const controller = new AbortController()
  const samples: Sample[] = []
  const gaps: Gap[] = []
  const told: string[] = []
  const run = runMeter(
    {
      line: meterLine(channel),
      model: { third, keepAlive: third === 'start' ? 'each-second' : 'each-packet' },
      clock,
      signal: controller.signal,
    },
    {
      samples(batch, gap) {
        samples.push(...batch)
        if (gap) gaps.push(gap)
      },
      report() {},
      state: (state) => told.push(state),
      impatient: () => told.push('impatient'),
    },
  )
  return { clock, meter, channel, controller, samples, gaps, told, run }
}

describe('a meter that runs', () => {
  test('is started as its model wants it, and asked about once a second', async () => {
    const fnb58 = await running()
    await letRun(fnb58.clock, 10_000)
    expect(fnb58.meter.commands().slice(0, 3)).toEqual([0x81, 0x82, 0x82])
    const asked = fnb58.meter.commands().slice(3)
    expect(new Set(asked)).toEqual(new Set([0x83]))
    expect(asked.length).toBeGreaterThanOrEqual(9)
    expect(asked.length).toBeLessThanOrEqual(12)
    const fnb48 = await running({}, 'continue')
    await letRun(fnb48.clock, 4000)
    expect(fnb48.meter.commands().slice(0, 3)).toEqual([0x81, 0x82, 0x83])
    expect(fnb48.meter.commands().length).toBeGreaterThan(90)
  })

  test('gives a hundred samples a second, 10 ms apart, without the wild first packet', async () => {
    const { clock, samples, gaps, told } = await running()
    await letRun(clock, 60_000)
    expect(samples.length).toBeGreaterThan(5970)
    expect(samples.every((sample) => sample.volts === 5)).toBe(true)
    const steps = samples.slice(1).map((sample, at) => sample.atMs - (samples[at]?.atMs ?? 0))
    expect(Math.min(...steps)).toBeGreaterThan(9)
    expect(Math.max(...steps)).toBeLessThan(12)
    expect(gaps).toEqual([])
    expect(told).toEqual(['live'])
  })

  test('that freezes when it is asked once a second comes back, and is asked after every packet from then on', async () => {
    const { clock, meter, samples, told } = await running({ patienceMs: 300 })
    await letRun(clock, 30_000)
    expect(told).toContain('impatient')
    const before = samples.length
    await letRun(clock, 10_000)
    expect(meter.isFrozen()).toBe(false)
    expect(samples.length - before).toBeGreaterThan(990)
  })

  test('that falls silent is told to be silent, and its hole is told when it comes back', async () => {
    const { clock, meter, gaps, told } = await running()
    await letRun(clock, 3000)
    meter.set({ silence: true })
    await letRun(clock, 12_000)
    expect(told.at(-1)).toBe('silent')
    meter.set({ silence: false })
    await letRun(clock, 8000)
    expect(told.at(-1)).toBe('live')
    expect(gaps).toHaveLength(1)
    expect((gaps[0]?.untilMs ?? 0) - (gaps[0]?.fromMs ?? 0)).toBeGreaterThan(11_900)
  })

  test('with more than one damaged packet in twenty is told to be degraded, and goes on', async () => {
    const { clock, meter, samples, told } = await running()
    await letRun(clock, 5000)
    meter.set({ damaged: 0.1 })
    await letRun(clock, 10_000)
    expect(told.at(-1)).toBe('degraded')
    meter.set({ damaged: 0 })
    await letRun(clock, 12_000)
    expect(told.at(-1)).toBe('live')
    expect(samples.length).toBeGreaterThan(2500)
  })

  test('that is unplugged ends at once', async () => {
    const { clock, meter, run } = await running()
    await letRun(clock, 1000)
    meter.unplug()
    await letRun(clock, 50)
    expect(await run).toBe('closed')
  })

  test('is stopped by taking its last packets until it is silent, and is told nothing more', async () => {
    const { clock, meter, controller, run } = await running()
    await letRun(clock, 2000)
    controller.abort()
    const said = meter.commands().length
    await letRun(clock, 6000)
    expect(await run).toBe('stopped')
    expect(meter.commands().length - said).toBeLessThanOrEqual(1)
    expect(meter.isFrozen()).toBe(true)
  })
})

describe('the time of a sample', () => {
  const four = [steady(), steady(), steady(), steady()]

  test('goes on evenly when a busy machine hears late, then many at once: nothing was lost', () => {
    const times = openSampleTimes()
    const arrivals = [0, 40, 80, 480, 481, 482, 483, 484, 485, 486, 487, 488, 489, 490, 520, 560]
    const stamped = arrivals.map((atMs) => times.stamp(four, atMs, false))
    expect(stamped.every(({ gap }) => gap === null)).toBe(true)
    const all = stamped.flatMap(({ samples }) => samples.map((sample) => sample.atMs))
    const steps = all.slice(1).map((atMs, at) => atMs - (all[at] ?? 0))
    expect(Math.min(...steps)).toBeGreaterThanOrEqual(1)
    expect(Math.max(...steps)).toBeLessThan(35)
    expect(Math.abs((all.at(-1) ?? 0) - 560)).toBeLessThan(100)
  })

  test('begins anew after a silence, and passes over a damaged packet', () => {
    const times = openSampleTimes()
    times.stamp(four, 0, false)
    times.skip(4)
    expect(times.stamp(four, 80, false)).toMatchObject({ gap: null, samples: [{ atMs: 50 }, {}, {}, {}] })
    expect(times.stamp(four, 5080, true)).toMatchObject({
      gap: { fromMs: 90, untilMs: 5050 },
      samples: [{ atMs: 5050 }, {}, {}, {}],
    })
  })
})

describe('energy', () => {
  const sample = (atMs: number): Sample => ({ ...steady(), atMs })

  test('of 5 V and 2 A in an hour is 10 Wh and 2 Ah', () => {
    const energy = openEnergy()
    for (let at = 0; at <= 3_600_000; at += 10) energy.add(sample(at))
    expect(energy.now().wattHours).toBeCloseTo(10, 6)
    expect(energy.now().ampereHours).toBeCloseTo(2, 6)
    expect(energy.now()).toMatchObject({ measuredMs: 3_600_000, missingMs: 0, gaps: 0 })
  })

  test('of a hole is not made up: it is told as missing', () => {
    const energy = openEnergy()
    for (const at of [0, 10, 20, 5020, 5030]) energy.add(sample(at))
    expect(energy.now()).toMatchObject({ measuredMs: 130, missingMs: 4900, gaps: 1 })
    expect(energy.now().wattHours).toBeCloseTo((10 * 130) / 3_600_000, 9)
  })
})
