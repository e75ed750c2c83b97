import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { answering, askName, console_, keys, unplugAll } from '../desk.ts'

const settings = { baudRate: 9600 }
/** On a machine that is emulated and shared. */
const endsWithinMs = 5000

export default {
  name: 'a read that waits for a console ends when the console is unplugged, and the next plugging-in works',
  async run(form) {
    unplugAll()
    const registry = await openRealRegistry()
    const line = serialLine(registry, { place: keys.console, settings, purpose: 'check' }, systemClock)
    const times: number[] = []
    for (let round = 0; round < (form === 'short' ? 3 : 10); round += 1) {
      console_.plugIn(round % 4)
      await until(registry, () => (registry.find(keys.console)?.nodes.length ?? 0) > 0, 'it did not appear')
      const far = await answering(console_, 'console')
      const channel = await line.open()
      const name = await askName(channel)
      must(name === 'console', `it answered “${name}”`)
      const reading = channel.read(600_000)
      const startedMs = performance.now()
      console_.unplug()
      const got = await reading
      must(got.kind === 'closed', `the read came to ${got.kind}`)
      times.push(performance.now() - startedMs)
      await channel.close()
      await far.close()
      await until(registry, () => registry.find(keys.console) === null, 'it did not go')
    }
    await registry.close()
    must(Math.max(...times) < endsWithinMs, `a read ended ${Math.max(...times)} ms after the unplugging`)
    return `reads ended within ${Math.round(Math.max(...times))} ms in ${times.length} rounds`
  },
} satisfies BenchCheck
