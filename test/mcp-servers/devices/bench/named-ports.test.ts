import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { listBench } from '../../../../mcp-servers/devices/bench/bench.ts'
import { readNamedPorts } from '../../../../mcp-servers/devices/bench/named-ports.ts'
import { type DeviceRegistry, openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { saidOfItself } from '../../../../mcp-servers/devices/bench/said-of-itself.ts'
import { serialLine, serialPlaces } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import type { UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { withPseudoTerminal } from '../../../support/pty-far-end.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

interface World {
  registry: DeviceRegistry
  path: string
  /** Writes serial-ports.json. */
  says(text: string): Promise<void>
}

async function withNamedPorts(
  use: (world: World) => Promise<void>,
  usb: UsbDescriptor[] = [],
): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'hwlab-ports-'))
  const path = join(folder, 'serial-ports.json')
  const registry = await openDeviceRegistry({
    ...quietBench,
    enumerate: async () => ({ kind: 'listed', devices: usb }),
    named: () => readNamedPorts(path),
  })
  try {
    await use({ registry, path, says: (text) => writeFile(path, text) })
  } finally {
    await registry.close()
    await rm(folder, { recursive: true, force: true })
  }
}

const listOf = (path: string) => JSON.stringify([{ id: 'rack', name: 'Console of the rack', path }])

test('a port that its owner names is on the bench, speaks, and goes with its node', () =>
  withPseudoTerminal((terminal, received) =>
    withNamedPorts(async ({ registry, says }) => {
      expect((await listBench(registry)).devices).toEqual([])
      await says(listOf(terminal.path))
      await registry.rescan()
      expect(await listBench(registry)).toMatchObject({
        note: null,
        devices: [{ key: 'port:rack', name: 'Console of the rack', ids: terminal.path, stateWords: 'Ready' }],
      })
      expect(serialPlaces(registry.devices())).toEqual([
        { place: 'port:rack', name: 'Console of the rack', simulated: false },
      ])
      const wish = { place: 'port:rack', settings: { baudRate: 9600 }, purpose: 'a test' }
      const line = await serialLine(registry, wish, systemClock).open()
      await line.write(Buffer.from('\r'))
      expect(await received(1)).toEqual(Buffer.from('\r'))
      const waiting = line.read(60_000)
      await terminal.unplug()
      expect(await waiting).toEqual({ kind: 'closed' })
      await line.close()
      await registry.rescan()
      expect(serialPlaces(registry.devices())).toEqual([])
    }),
  ))

test('a port says nothing of itself that could become a record', () =>
  withPseudoTerminal((terminal) =>
    withNamedPorts(async ({ registry, says }) => {
      await says(listOf(terminal.path))
      await registry.rescan()
      const [port] = registry.devices()
      expect(port && saidOfItself(port)).toEqual({
        ...{ manufacturer: null, model: null, serial: null, simulated: false },
      })
    }),
  ))

test.each(['not JSON', '{}', '[{"id":"x","name":"y","path":"relative"}]'])(
  'a file that says %s is told on the bench, and the rest works',
  (text) =>
    withNamedPorts(async ({ registry, says }) => {
      await says(text)
      await registry.rescan()
      expect(registry.note()).toMatch(/serial-ports\.json is not a list of serial ports.*Correct it/)
      expect(registry.devices()).toEqual([])
    }),
)

test('a port that is named twice, or is that of a USB device, is there once', () =>
  withPseudoTerminal((first) =>
    withPseudoTerminal((second) => {
      const adapter: UsbDescriptor = {
        ...{ vendorId: '0403', productId: '6001', serial: 'A50285BI', manufacturer: null, product: null },
        ...{ topology: '1-1', address: null, classes: [255], printerId: null },
        ...{ nodes: [second.path], ports: [{ node: second.path, number: 0 }] },
      }
      return withNamedPorts(
        async ({ registry, says }) => {
          await says(
            JSON.stringify([
              { id: 'rack', name: 'Rack', path: first.path },
              { id: 'rack-again', name: 'Rack again', path: first.path },
              { id: 'rack', name: 'Another', path: '/dev/null' },
              { id: 'adapter', name: 'Adapter', path: second.path },
            ]),
          )
          await registry.rescan()
          expect(registry.devices().map(({ key }) => key)).toEqual(['usb:0403:6001:A50285BI', 'port:rack'])
        },
        [adapter],
      )
    }),
  ))

test('a file that cannot be read is told on the bench, and the rest works', () =>
  withNamedPorts(async ({ registry, path }) => {
    await mkdir(path)
    await registry.rescan()
    expect(registry.note()).toBe(`${path} cannot be read. Check who may read it.`)
  }))
