import { readdirSync } from 'node:fs'
import type { DeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { answering, askName, console_, keys, unplugAll } from '../desk.ts'

const cycles = { short: 8, full: 100 }
const warmUp = { short: 3, full: 20 }

export default {
  name: 'replug cycles leave no handle, no listener and no memory behind',
  async run(form) {
    unplugAll()
    const { registry, listeners: ofRegister } = counted(await openRealRegistry())
    const wish = { place: keys.console, settings: { baudRate: 9600 }, purpose: 'check' }
    const handles: number[] = []
    const residents: number[] = []
    for (let cycle = 0; cycle < cycles[form]; cycle += 1) {
      console_.plugIn(cycle % 4)
      await until(
        registry,
        () => (registry.find(keys.console)?.nodes.length ?? 0) > 0,
        `cycle ${cycle}: not there`,
      )
      const far = await answering(console_, 'console')
      const channel = await serialLine(registry, wish, systemClock).open()
      const name = await askName(channel)
      must(name === 'console', `cycle ${cycle}: it answered “${name}”`)
      const reading = channel.read(600_000)
      console_.unplug()
      must((await reading).kind === 'closed', `cycle ${cycle}: the read did not end`)
      await channel.close()
      await far.close()
      await until(registry, () => registry.find(keys.console) === null, `cycle ${cycle}: still there`)
      globalThis.gc?.()
      handles.push(readdirSync('/proc/self/fd').length)
      residents.push(process.memoryUsage().rss / 1e6)
    }
    const [first = 0, last = 0] = [handles[warmUp[form] - 1], handles.at(-1)]
    must(last <= first, `${last - first} more handles after ${cycles[form]} cycles (${handles.join(' ')})`)
    const grown = Math.round((residents.at(-1) ?? 0) - (residents[warmUp[form] - 1] ?? 0))
    must(grown < 15, `${grown} MB more resident after ${cycles[form]} cycles`)
    const listeners = process.eventNames().map((name) => process.listenerCount(name))
    must(Math.max(0, ...listeners) < 10, `listeners on the process: ${listeners.join(' ')}`)
    must(ofRegister() === 0, `${ofRegister()} listeners are left on the register of devices`)
    await registry.close()
    return `${cycles[form]} cycles: ${last} handles as before, 0 listeners left, ${grown >= 0 ? '+' : ''}${grown} MB resident`
  },
} satisfies BenchCheck

/** The register, and how many listen to it. */
function counted(registry: DeviceRegistry): { registry: DeviceRegistry; listeners(): number } {
  const stops = new Set<() => void>()
  const onChange: DeviceRegistry['onChange'] = (listener) => {
    const stop = registry.onChange(listener)
    stops.add(stop)
    return () => {
      stops.delete(stop)
      stop()
    }
  }
  return { registry: { ...registry, onChange }, listeners: () => stops.size }
}
