import { readFile } from 'node:fs/promises'
import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { answering, askName, console_, keys, meter, printer, unplugAll } from '../desk.ts'

const rounds = { short: 3, full: 15 }

export default {
  name: 'three devices replugged in random order into random sockets: the right one answers',
  async run(form) {
    unplugAll()
    const registry = await openRealRegistry()
    const random = seeded(20261121)
    const paths = new Set<string>()
    for (let round = 0; round < rounds[form]; round += 1) {
      const sockets = shuffled([0, 1, 2, 3], random)
      for (const [at, gadget] of shuffled([meter, console_, printer], random).entries())
        gadget.plugIn(sockets[at] ?? 0)
      const all = () => Object.values(keys).every((key) => (registry.find(key)?.nodes.length ?? 0) > 0)
      await until(registry, all, `round ${round}: not all appeared`)
      const far = await answering(console_, 'console')
      const wish = { place: keys.console, settings: { baudRate: 9600 }, purpose: 'check' }
      const channel = await serialLine(registry, wish, systemClock).open()
      const name = await askName(channel)
      must(name === 'console', `round ${round}: the console answered “${name}”`)
      await channel.close()
      await far.close()
      const hidraw = registry.find(keys.meter)?.nodes.find((node) => node.includes('hidraw')) ?? ''
      const about = await readFile(`/sys/class/hidraw/${hidraw.slice('/dev/'.length)}/device/uevent`, 'utf8')
      must(about.includes('METER0001'), `round ${round}: ${hidraw} is not the meter: ${about}`)
      must(
        registry.find(keys.printer)?.printerId?.includes('QL-820NWB') === true,
        `round ${round}: the printer`,
      )
      for (const key of Object.values(keys)) paths.add(registry.find(key)?.nodes.join() ?? '')
      unplugAll()
      await until(
        registry,
        () => registry.devices().every(({ key }) => !Object.values(keys).includes(key)),
        'not all went',
      )
    }
    await registry.close()
    return `${rounds[form]} rounds, ${paths.size} different nodes`
  },
} satisfies BenchCheck

/** mulberry32: the same order in every run. */
function seeded(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

function shuffled<Item>(items: readonly Item[], random: () => number): Item[] {
  return items
    .map((item) => ({ item, at: random() }))
    .sort((one, other) => one.at - other.at)
    .map(({ item }) => item)
}
