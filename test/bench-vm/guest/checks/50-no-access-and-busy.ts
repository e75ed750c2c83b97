import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { DeviceError } from '../../../../mcp-servers/devices/device-error.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { console_, keys, unplugAll } from '../desk.ts'

const nobody = 65_534

export default {
  name: 'a port without rights, and one that another program holds, are told with the way out',
  async run() {
    unplugAll()
    console_.plugIn(0)
    const registry = await openRealRegistry()
    await until(registry, () => (registry.find(keys.console)?.nodes.length ?? 0) > 0, 'it did not appear')
    const node = registry.find(keys.console)?.nodes.find((path) => path.includes('ttyACM')) ?? ''
    const wish = { place: keys.console, settings: { baudRate: 9600 }, purpose: 'check' }
    const line = serialLine(registry, wish, systemClock)

    const locked = ['flock', '--exclusive', node, 'sleep', '600']
    const unlocked = ['sh', '-c', 'exec 3<>"$0" && exec sleep 600', node]
    const told: string[] = []
    for (const [program = '', ...words] of [locked, unlocked]) {
      const holder = spawn(program, words, { stdio: 'ignore', detached: true })
      await once(holder, 'spawn')
      const busy = await refused(async () => {
        for (;;) {
          const channel = await line.open()
          await channel.close()
        }
      })
      must(busy.kind === 'busy', `a held port is ${busy.kind}: ${busy.message}`)
      must(/(?:flock|sleep|sh) \(process \d+\)/.test(busy.message), `no program is named in: ${busy.message}`)
      told.push(busy.message)
      process.kill(-(holder.pid ?? 0), 'SIGKILL')
      await once(holder, 'exit')
    }

    await chmod(node, 0o600)
    process.seteuid?.(nobody)
    const denied = await refused(() => line.open()).finally(() => process.seteuid?.(0))
    must(denied.kind === 'no-access', `a forbidden port is ${denied.kind}: ${denied.message}`)
    const ofThisProduct = 'ATTRS{idVendor}=="05a6", ATTRS{idProduct}=="0009"'
    must(denied.message.includes(ofThisProduct), `no rule for this product in: ${denied.message}`)
    await registry.close()
    unplugAll()
    return [...told, denied.message].map((words) => `“${words}”`).join(' ')
  },
} satisfies BenchCheck

async function refused(open: () => Promise<unknown>): Promise<DeviceError> {
  try {
    await open()
  } catch (error) {
    if (error instanceof DeviceError) return error
    throw error
  }
  throw new Error('it was opened')
}
