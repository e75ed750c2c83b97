import { hidPath } from '../../../../mcp-servers/devices/bench/hid-path.ts'
import type { DeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { hidTransport } from '../../../../mcp-servers/devices/transports/hid.ts'
import { serialTransport } from '../../../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { type FarEnd, lineCases, onLine, readAll } from '../../../support/byte-channel-cases.ts'
import { reportCases } from '../../../support/report-channel-cases.ts'
import { appears, type BenchCheck, must, openRealRegistry, until } from '../check.ts'
import { console_, keys, meter, unplugAll } from '../desk.ts'
import { playMeter } from '../played-meter.ts'

const settings = { baudRate: 9600 }
const manyBytes = { short: 50_000, full: 500_000 }
const [info, start] = [0x81, 0x82].map((code) =>
  Uint8Array.from({ length: 64 }, (_, at) => [0xaa, code][at] ?? 0),
)

export default {
  name: 'a serial line and a line of reports over USB do what every line does in the other tests',
  async run(form) {
    unplugAll()
    const registry = await openRealRegistry()
    const cases = lineCases(manyBytes[form])
    for (const one of cases) await named(one.name, () => overSerial(registry, (far) => onLine(far, one)))
    for (const { name, run } of reportCases)
      await named(name, () => overReports(registry, async (far) => run(await far.transport.open(), far)))
    await registry.close()
    return `${cases.length} cases over cdc_acm, ${reportCases.length} over hidraw`
  },
} satisfies BenchCheck

async function named(name: string, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (cause) {
    throw new Error(`${name}: ${cause instanceof Error ? cause.message : cause}`)
  }
}

async function overSerial(registry: DeviceRegistry, use: (far: FarEnd) => Promise<void>): Promise<void> {
  console_.plugIn(0)
  await until(registry, () => nodesOf(registry, keys.console) > 0, 'no console appeared')
  await appears(console_.node)
  const far = await serialTransport('far', async () => console_.node, settings, systemClock).open()
  const near = async () => registry.find(keys.console)?.nodes[0] ?? ''
  await use({
    transport: serialTransport('near', near, settings, systemClock),
    send: far.write,
    received: (length) => readAll(far, length),
    unplug: async () => console_.unplug(),
  })
  await far.close()
  await gone(registry, keys.console)
}

async function overReports(
  registry: DeviceRegistry,
  use: (far: Parameters<(typeof reportCases)[number]['run']>[1]) => Promise<void>,
): Promise<void> {
  meter.plugIn(1)
  await until(registry, () => nodesOf(registry, keys.meter) > 0, 'no meter appeared')
  const far = await playMeter()
  const path = () => {
    const device = registry.find(keys.meter)
    must(device !== null, 'the meter is gone')
    return hidPath(device)
  }
  await use({
    transport: hidTransport('a meter', path, systemClock),
    start: [info, start, start].flatMap((report) => report ?? []),
    wait: (forMs) => new Promise((resolve) => setTimeout(resolve, forMs)),
    unplug: () => meter.unplug(),
  })
  await far.close()
  await gone(registry, keys.meter)
}

const nodesOf = (registry: DeviceRegistry, key: string) => registry.find(key)?.nodes.length ?? 0

async function gone(registry: DeviceRegistry, key: string): Promise<void> {
  unplugAll()
  await until(registry, () => registry.find(key) === null, 'it did not go')
}
