import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { openMeterBench } from '../../test/support/meter-bench.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const hourSeconds = 3600
const samplesPerSecond = 100
const stepMs = 20
/** Until the meter sends, its wild first packet, and what is on its way when the recording ends. */
const allowedMissing = 30
const budgetPercent = 2

/** A simulated hour of a meter that is looked at and recorded: what it takes of a core, and whether every sample is kept. */
export default {
  name: 'meter-100hz',
  async run(): Promise<BenchRow[]> {
    const folder = await mkdtemp(join(tmpdir(), 'hwlab-bench-'))
    const bench = await openMeterBench(undefined, join(folder, 'hwlab.db'))
    let frames = 0
    const watch = bench.meters.watch('simulated:meter', () => {
      frames += 1
    })
    const recording = bench.meters.record(null, { itemId: null, keepsReports: false })
    if (watch.kind === 'refused' || recording.kind === 'refused') throw new Error('The meter did not start')
    const before = process.cpuUsage()
    for (let passedMs = 0; passedMs < hourSeconds * 1000; passedMs += 10_000) {
      await bench.pass(10_000, stepMs)
      await new Promise((resolve) => setImmediate(resolve))
    }
    const used = process.cpuUsage(before)
    bench.meters.stopRecording(recording.id)
    const kept = bench.meters.recording(recording.id)
    watch.stop()
    await bench[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
    const percent = (((used.user + used.system) / 1e6) * 100) / hourSeconds
    const lost = hourSeconds * samplesPerSecond - (kept?.samples ?? 0)
    return [
      {
        name: 'meter at 100 Hz, read, integrated, recorded, shown',
        value: percent,
        unit: '% of a core',
        budget: `≤ ${budgetPercent} %`,
        ok: percent <= budgetPercent,
        note: `a simulated hour, ${frames} frames; the simulated meter and its clock are in it`,
      },
      {
        name: 'meter, samples lost in an hour',
        value: Math.max(0, lost - allowedMissing),
        unit: 'samples',
        budget: '0',
        ok: lost <= allowedMissing && kept?.gaps === 0,
        note: `${kept?.samples} kept of ${hourSeconds * samplesPerSecond}; ${lost} before the first and after the last packet`,
      },
    ]
  },
} satisfies Bench
