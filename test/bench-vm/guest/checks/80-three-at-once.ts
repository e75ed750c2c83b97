import { printerNode } from '../../../../mcp-servers/devices/bench/bench.ts'
import { enumerateUsb } from '../../../../mcp-servers/devices/bench/enumerate-usb.ts'
import { serialLine } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { DeviceError } from '../../../../mcp-servers/devices/device-error.ts'
import type { ByteChannel } from '../../../../mcp-servers/devices/transports/byte-channel.ts'
import { deviceNodeTransport } from '../../../../mcp-servers/devices/transports/device-node.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { answering, askName, console_, keys, meter, printer, unplugAll } from '../desk.ts'
import { lookAtMeter, playMeter } from '../played-meter.ts'

const questions = { short: 20, full: 200 }
/** More than the printer’s gadget and the kernel’s driver hold. */
const labelBytes = 200_000
/** On a machine that is emulated and shared; the patience with the printer is 15 s. */
const inTimeMs = 2000

export default {
  name: 'three at once: a printer that takes nothing delays neither the meter nor the console',
  async run(form) {
    unplugAll()
    const registry = await openRealRegistry()
    meter.plugIn(0)
    console_.plugIn(1)
    printer.plugIn(2)
    const nodeOf = () => printerNode(enumerateUsb('linux'), keys.printer)
    await until(registry, () => Object.values(keys).every((key) => registry.find(key)), 'not all appeared')
    await until(registry, () => (registry.find(keys.printer)?.nodes.length ?? 0) > 0, 'no printer node')
    await until(registry, () => (registry.find(keys.console)?.nodes.length ?? 0) > 0, 'no console node')
    const farMeter = await playMeter()
    const farConsole = await answering(console_, 'console')
    const look = lookAtMeter(registry)
    const wish = { place: keys.console, settings: { baudRate: 9600 }, purpose: 'check' }
    const channel = await serialLine(registry, wish, systemClock).open()
    await look.until(() => look.samples() > 0, 'no samples came')
    await askName(channel)
    const alone = await both(channel, look, questions[form])

    const path = (await nodeOf()) ?? ''
    const line = await deviceNodeTransport('the printer', async () => path, systemClock).open()
    let ended: DeviceError | null = null
    const writing = line.write(new Uint8Array(labelBytes)).catch((error: unknown) => {
      if (!(error instanceof DeviceError)) throw error
      ended = error
    })
    const beside = await both(channel, look, questions[form])
    // On a busy machine the patience with it may be over already; a printer that goes away was not hung.
    must(told(ended) !== 'disconnected', 'the printer was not hung')
    must(beside.consoleMs < inTimeMs, `the console took ${beside.consoleMs} ms`)
    must(beside.meterMs < inTimeMs, `the meter was silent for ${beside.meterMs} ms`)
    look.mustHaveAll(farMeter.sentMs.length, look.samples())

    // In the short form somebody pulls it; in the full one HWLab’s own patience ends.
    if (form === 'short') printer.unplug()
    await writing
    const awaited = form === 'short' ? 'disconnected' : 'timeout'
    must(told(ended) === awaited, `the label ended with ${told(ended)}`)
    await line.close()
    await channel.close()
    await look.close()
    unplugAll()
    await Promise.all([farMeter.close(), farConsole.close()])
    await registry.close()
    return `console ${beside.consoleMs} ms at worst (${alone.consoleMs} without the printer), meter frames ${beside.meterMs} ms apart at worst (${alone.meterMs})`
  },
} satisfies BenchCheck

function told(error: DeviceError | null): string {
  return error?.kind ?? 'a label that was taken'
}

/** The slowest answer of the console, and the longest silence of the meter meanwhile. */
async function both(channel: ByteChannel, look: ReturnType<typeof lookAtMeter>, count: number) {
  const startedMs = performance.now()
  let consoleMs = 0
  for (let asked = 0; asked < count; asked += 1) {
    const askedMs = performance.now()
    const name = await askName(channel)
    must(name === 'console', `it answered “${name}”`)
    consoleMs = Math.max(consoleMs, performance.now() - askedMs)
  }
  const samples = look.samples()
  await look.until(() => look.samples() > samples + 100, 'the meter stopped')
  return { consoleMs: Math.round(consoleMs), meterMs: look.slowestMs(startedMs) }
}
