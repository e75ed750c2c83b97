import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { keys, meter, unplugAll } from '../desk.ts'
import { lookAtMeter, playMeter, shown } from '../played-meter.ts'

const samplesWanted = { short: 200, full: 1000 }

/** The last packets before the unplug may never arrive, and stamps follow arrivals slowly on a machine that is emulated. */
const gapOffMs = 500

export default {
  name: 'a meter is read live over hidraw, an unplug is a gap of its length, and a replug goes on',
  async run(form) {
    unplugAll()
    const registry = await openRealRegistry()
    meter.plugIn(0)
    await until(registry, () => registry.find(keys.meter) !== null, 'it did not appear')
    let far = await playMeter()
    const { commands } = far
    const look = lookAtMeter(registry)
    await look.until(() => look.samples() > 0, 'no samples came')
    const [firstMs, firstSamples] = [performance.now(), look.samples()]
    await look.until(() => look.samples() >= firstSamples + samplesWanted[form], 'the samples stopped')
    const perSecond = ((look.samples() - firstSamples) / (performance.now() - firstMs)) * 1000
    look.mustHaveAll(far.sentMs.length, look.samples())
    const before = look.latest()
    for (const [name, value] of Object.entries(shown)) {
      const got = Object.entries(before?.latest ?? {}).find(([one]) => one === name)?.[1]
      must(got === value, `${name} is ${got}, not ${value}`)
    }

    const pulledMs = performance.now()
    meter.unplug()
    const lastMs = far.sentMs.at(-1) ?? 0
    await far.close()
    await look.until(() => look.session.state().kind === 'unplugged', 'the unplug was not told')
    const toldMs = performance.now() - pulledMs
    await until(registry, () => registry.find(keys.meter) === null, 'it did not go')
    const heard = look.samples()
    meter.plugIn(2)
    far = await playMeter()
    await look.until(() => look.samples() > heard, 'it did not go on after the replug')
    const [was, is] = [before?.energy, look.latest()?.energy]
    const missingMs = (is?.missingMs ?? 0) - (was?.missingMs ?? 0)
    const outMs = (far.sentMs[1] ?? 0) - lastMs
    const untilHeardMs = performance.now() - lastMs
    must((is?.gaps ?? 0) > (was?.gaps ?? 0), 'the gap was not told')
    must(
      missingMs > outMs - gapOffMs && missingMs < untilHeardMs + gapOffMs,
      `${missingMs.toFixed(0)} ms missing, it was out ${outMs.toFixed(0)} ms, heard again after ${untilHeardMs.toFixed(0)} ms`,
    )
    await look.close()
    const others = [...commands, ...far.commands].filter((code) => ![0x81, 0x82, 0x83].includes(code))
    must(others.length === 0, `it was told ${others.join(' ')}`)
    meter.unplug()
    await far.close()
    await registry.close()
    return `${perSecond.toFixed(0)} samples a second; unplug told within ${toldMs.toFixed(0)} ms, ${(missingMs / 1000).toFixed(1)} s of gap`
  },
} satisfies BenchCheck
