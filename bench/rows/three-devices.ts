import { openDeviceRegistry } from '../../mcp-servers/devices/bench/registry.ts'
import { serialLine } from '../../mcp-servers/devices/bench/serial-places.ts'
import { simulatedDescriptor } from '../../mcp-servers/devices/bench/simulated-device.ts'
import {
  openPseudoTerminal,
  type PseudoTerminal,
} from '../../mcp-servers/devices/simulated/pseudo-terminal.ts'
import type { ByteChannel } from '../../mcp-servers/devices/transports/byte-channel.ts'
import { serialTransport } from '../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { quietBench } from '../../test/support/quiet-bench.ts'
import type { Bench, BenchRow } from '../bench-row.ts'

const rounds = 400
const allowedRatio = 1.25
const question = Buffer.from('show version\r')

interface Device {
  terminal: PseudoTerminal
  line: ByteChannel
  hang(): void
}

/** Three consoles on pseudo-terminals: how fast two of them answer while the third one is quiet, and while it hangs. */
export default {
  name: 'three-devices',
  async run(): Promise<BenchRow[]> {
    const registry = await openDeviceRegistry({
      ...quietBench,
      enumerate: async () => ({ kind: 'listed', devices: [] }),
    })
    const devices = await Promise.all(['one', 'two', 'three'].map((id) => openDevice(registry, id)))
    const [one, two, three] = devices
    if (!one || !two || !three) throw new Error('Three devices were wanted')
    await medianMs([one, two])
    const healthyMs = await medianMs([one, two])
    three.hang()
    const pending = three.line.read(60_000)
    const blocked = three.line.write(Buffer.alloc(200_000)).catch(() => {})
    const hungMs = await medianMs([one, two])
    await Promise.all(devices.map(({ terminal }) => terminal.unplug()))
    await Promise.all([pending, blocked])
    await Promise.all(devices.map(({ line }) => line.close()))
    await registry.close()
    const ratio = hungMs / healthyMs
    return [
      {
        name: 'three devices, one hung: the others’ answer',
        value: ratio,
        unit: 'of before',
        budget: `≤ ${allowedRatio} of before`,
        ok: ratio <= allowedRatio,
        note: `median ${healthyMs.toFixed(2)} ms before, ${hungMs.toFixed(2)} ms while the third hangs`,
      },
    ]
  },
} satisfies Bench

async function openDevice(
  registry: Awaited<ReturnType<typeof openDeviceRegistry>>,
  id: string,
): Promise<Device> {
  const opened = await openPseudoTerminal()
  if (opened.kind === 'not-possible') throw new Error(opened.why)
  const { terminal } = opened
  let isHung = false
  terminal.onBytes((bytes) => {
    if (!isHung) void terminal.write(bytes)
  })
  registry.plugIn({
    descriptor: simulatedDescriptor(id, id),
    name: id,
    kind: 'Serial console',
    line: {
      kind: 'serial',
      at: (settings) => serialTransport(id, async () => terminal.path, settings, systemClock),
    },
  })
  await registry.rescan()
  const wish = { place: `simulated:${id}`, settings: { baudRate: 115_200 }, purpose: 'a benchmark' }
  const line = await serialLine(registry, wish, systemClock).open()
  return {
    terminal,
    line,
    hang() {
      isHung = true
    },
  }
}

/** Every round asks them at once. */
async function medianMs(measured: Device[]): Promise<number> {
  const timesMs: number[] = []
  for (let round = 0; round < rounds; round += 1) {
    await Promise.all(
      measured.map(async (device) => {
        const startMs = performance.now()
        await answered(device)
        timesMs.push(performance.now() - startMs)
      }),
    )
  }
  return timesMs.sort((a, b) => a - b)[Math.floor(timesMs.length / 2)] ?? 0
}

async function answered({ line }: Device): Promise<void> {
  await line.write(question)
  for (let heard = 0; heard < question.length; ) {
    const got = await line.read(5000)
    if (got.kind !== 'bytes') throw new Error(`The device was ${got.kind}`)
    heard += got.bytes.length
  }
}
