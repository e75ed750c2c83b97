import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { answering, askName, twins, unplugAll } from '../desk.ts'

export default {
  name: 'two equal adapters without serial numbers are told apart by their sockets',
  async run() {
    unplugAll()
    const registry = await openRealRegistry()
    const there = () =>
      registry.devices().filter(({ vendorId, nodes }) => vendorId === '1a86' && nodes.length > 0)
    const names: string[][] = []
    for (const sockets of [
      [0, 1],
      [1, 0],
    ]) {
      for (const [at, twin] of twins.entries()) twin.plugIn(sockets[at] ?? 0)
      await until(registry, () => there().length === 2, 'the two did not appear')
      const bound = there().sort((one, other) => one.topology.localeCompare(other.topology))
      must(
        bound.every((device) => device.boundToSocket),
        'they are not bound to their sockets',
      )
      const fars = await Promise.all(twins.map((twin, at) => answering(twin, `twin ${at}`)))
      const said: string[] = []
      for (const { key } of bound) {
        const wish = { place: key, settings: { baudRate: 9600 }, purpose: 'check' }
        const channel = await serialLine(registry, wish, systemClock).open()
        said.push(await askName(channel))
        await channel.close()
      }
      names.push(said)
      await Promise.all(fars.map((far) => far.close()))
      unplugAll()
      await until(registry, () => there().length === 0, 'the two did not go')
    }
    await registry.close()
    must(names.flat().join() === 'twin 0,twin 1,twin 1,twin 0', `by socket they said ${names.flat().join()}`)
    return 'the socket decides, both ways round'
  },
} satisfies BenchCheck
