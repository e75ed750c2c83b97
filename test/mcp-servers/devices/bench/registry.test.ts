import { readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Lease } from '../../../../mcp-servers/devices/bench/lease-book.ts'
import {
  type DeviceChange,
  type DeviceRegistry,
  openDeviceRegistry,
} from '../../../../mcp-servers/devices/bench/registry.ts'
import { simulatedDescriptor } from '../../../../mcp-servers/devices/bench/simulated-device.ts'
import type { UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'
import { FakeClock } from '../../../support/fake-clock.ts'
import { type FakeDevice, openFakeUsbBus } from '../../../support/fake-usb-bus.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

const ftdi = (serial: string | null): FakeDevice => ({ vendorId: '0403', productId: '6001', serial })
const keyOf = (device: FakeDevice, socket: string) =>
  `usb:0403:6001${device.serial === null ? `@${socket}` : `:${device.serial}`}`

interface World {
  registry: DeviceRegistry
  bus: ReturnType<typeof openFakeUsbBus>
  changes: DeviceChange[]
  clock: FakeClock
}

async function onBench(use: (world: World) => Promise<void>): Promise<void> {
  using bus = openFakeUsbBus()
  const clock = new FakeClock()
  const registry = await openDeviceRegistry({ ...quietBench, enumerate: bus.enumerate, clock })
  const changes: DeviceChange[] = []
  registry.onChange((change) => changes.push(change))
  try {
    await use({ registry, bus, changes, clock })
  } finally {
    await registry.close()
  }
}

/** A line that is opened by path, as the system does it: whoever is behind the path then answers. */
async function askedOver(lease: Lease, bus: World['bus']): Promise<FakeDevice | null> {
  const line = await lease.open(async () => ({
    device: bus.behind(lease.device.nodes[0] ?? ''),
    close: async () => {},
  }))
  return line.device
}

describe('the register of devices', () => {
  test('tells what came and went, and gives every plugging-in its own number', () =>
    onBench(async ({ registry, bus, changes }) => {
      bus.attach('1-1', ftdi('A1'))
      await registry.rescan()
      const first = registry.find('usb:0403:6001:A1')?.generation ?? 0
      bus.detach('1-1')
      await registry.rescan()
      bus.attach('1-4', ftdi('A1'))
      await registry.rescan()
      expect(registry.find('usb:0403:6001:A1')?.generation).toBe(first + 1)
      expect(changes.map((change) => change.kind)).toEqual(['attached', 'detached', 'attached'])
    }))

  test('notices a device that was out and in again between two looks', () =>
    onBench(async ({ registry, bus, changes }) => {
      bus.attach('1-1', ftdi('A1'))
      await registry.rescan()
      const lease = await registry.lease('usb:0403:6001:A1', 'a test')
      bus.detach('1-1')
      bus.attach('1-1', ftdi('A1'))
      await registry.rescan()
      expect(lease.signal.aborted).toBe(true)
      expect(changes.map((change) => change.kind)).toEqual(['attached', 'detached', 'attached'])
    }))

  test('looks once, a moment after the last of many events', () =>
    onBench(async ({ registry, bus, clock, changes }) => {
      bus.attach('1-1', ftdi('A1'))
      for (let event = 0; event < 20; event += 1) registry.hint()
      expect(changes).toEqual([])
      clock.advance(300)
      await registry.rescan()
      expect(changes).toEqual([{ kind: 'attached', key: 'usb:0403:6001:A1' }])
    }))

  test('looks by itself, seldom, where no event will come', async () => {
    using bus = openFakeUsbBus()
    const clock = new FakeClock()
    const watch = async () => ({ kind: 'none' as const, stop: async () => {} })
    const registry = await openDeviceRegistry({ ...quietBench, enumerate: bus.enumerate, watch, clock })
    const attached = Promise.withResolvers<DeviceChange>()
    registry.onChange(attached.resolve)
    bus.attach('1-1', ftdi('A1'))
    clock.advance(5000)
    expect(await attached.promise).toMatchObject({ kind: 'attached' })
    await registry.close()
  })

  test('shows a simulated device like any other, until it is unplugged', () =>
    onBench(async ({ registry }) => {
      registry.plugIn({
        descriptor: simulatedDescriptor('meter', 'Meter'),
        name: 'Simulated meter',
        kind: 'USB power meter',
        line: { kind: 'hid', transport: { words: 'memory', open: () => Promise.reject(new Error('no')) } },
      })
      await registry.rescan()
      const lease = await registry.lease('simulated:meter', 'a test')
      registry.unplug('simulated:meter')
      await registry.rescan()
      expect(lease.signal.aborted).toBe(true)
      expect(registry.devices()).toEqual([])
    }))
})

describe('a lease', () => {
  test('is for one at a time; the next one waits in order, or hears who has it', () =>
    onBench(async ({ registry, bus, clock }) => {
      bus.attach('1-1', ftdi('A1'))
      const place = 'usb:0403:6001:A1'
      const first = await registry.lease(place, 'reading the console')
      await expect(registry.lease(place, 'a test')).rejects.toMatchObject({
        kind: 'busy',
        message: 'HWLab is using this device: reading the console.',
      })
      const second = registry.lease(place, 'second', 1000)
      const third = registry.lease(place, 'third', 1000)
      await first.release()
      const held = await second
      expect(registry.usedFor(place)).toBe('second')
      clock.advance(1000)
      await expect(third).rejects.toMatchObject({ kind: 'busy' })
      await held.release()
      expect(registry.usedFor(place)).toBe(null)
    }))

  test('is had of a device whose serial number looks like the number of a port', () =>
    onBench(async ({ registry, bus }) => {
      bus.attach('1-1', ftdi('A1/2'))
      await registry.rescan()
      const [device] = registry.devices()
      const lease = await registry.lease(device?.key ?? '', 'a test')
      expect(await askedOver(lease, bus)).toEqual(ftdi('A1/2'))
    }))

  test('waited for while the device is out and in again is for the new plugging-in', () =>
    onBench(async ({ registry, bus }) => {
      bus.attach('1-1', ftdi('A1'))
      const first = await registry.lease('usb:0403:6001:A1', 'a test')
      const second = registry.lease('usb:0403:6001:A1', 'second', 1000)
      bus.detach('1-1')
      bus.attach('1-1', ftdi('A1'))
      await registry.rescan()
      expect((await second).generation).toBe(first.generation + 1)
    }))

  test('on one device does not keep another waiting, however long the first one hangs', () =>
    onBench(async ({ registry, bus }) => {
      bus.attach('1-1', ftdi('A1'))
      bus.attach('1-2', ftdi('B2'))
      const hung = await registry.lease('usb:0403:6001:A1', 'hangs')
      void hung.open(() => new Promise<never>(() => {})).catch(() => {})
      const other = await registry.lease('usb:0403:6001:B2', 'works')
      expect(await askedOver(other, bus)).toEqual(ftdi('B2'))
    }))

  test('closes its line when the device is unplugged; one that opens too late is closed again', () =>
    onBench(async ({ registry, bus }) => {
      bus.attach('1-1', ftdi('A1'))
      const lease = await registry.lease('usb:0403:6001:A1', 'a test')
      const closed: string[] = []
      await lease.open(async () => ({ close: async () => void closed.push('open line') }))
      const late = Promise.withResolvers<{ close(): Promise<void> }>()
      const opening = lease.open(() => late.promise)
      bus.detach('1-1')
      await registry.rescan()
      late.resolve({ close: async () => void closed.push('late line') })
      await expect(opening).rejects.toMatchObject({ kind: 'disconnected' })
      expect(closed).toEqual(['open line', 'late line'])
      await expect(registry.lease('usb:0403:6001:A1', 'again')).rejects.toMatchObject({ kind: 'not-found' })
    }))
})

const described: UsbDescriptor = {
  ...{ vendorId: '0403', productId: '6001', serial: 'A1', manufacturer: null, product: null },
  ...{ topology: '1-1', address: 1, classes: [255], nodes: [], ports: [], printerId: null },
}
const sockets = ['1-1', '1-2', '1-3.1', '2-1'] as const
const devices = [ftdi('A1'), ftdi('B2'), ftdi(null), ftdi(null)]
const step = fc.record({
  socket: fc.constantFrom(...sockets),
  device: fc.nat(devices.length - 1),
  action: fc.constantFrom('plug', 'plug', 'pull', 'swap', 'ask', 'ask'),
})

describe('devices that are plugged in and out in any order', () => {
  test('the right one always answers, and no answer of an earlier plugging-in counts', async () => {
    const before = readdirSync('/proc/self/fd').length
    let cycles = 0
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 10, maxLength: 40 }), (steps) =>
        onBench(async ({ registry, bus }) => {
          const at = new Map<string, FakeDevice>()
          const kept: { lease: Lease; socket: string; device: FakeDevice }[] = []
          const pull = (socket: string) => {
            at.delete(socket)
            bus.detach(socket)
            cycles += 1
          }
          const plug = (socket: string, device: FakeDevice) => {
            // A serial number is in one place at a time.
            for (const [other, there] of at) if (there === device && device.serial !== null) pull(other)
            if (at.has(socket)) pull(socket)
            at.set(socket, device)
            bus.attach(socket, device)
          }
          for (const { socket, device: number, action } of steps) {
            const device = devices[number] ?? ftdi(null)
            if (action === 'plug') plug(socket, device)
            else if (action === 'pull') pull(socket)
            else if (action === 'swap') {
              const there = at.get(socket)
              if (there) {
                plug('9-9', there)
                pull('9-9')
              }
            }
            await registry.rescan()
            for (const one of kept)
              if (at.get(one.socket) !== one.device) expect(one.lease.signal.aborted).toBe(true)
            const there = at.get(socket)
            if (action !== 'ask' || !there) continue
            const place = keyOf(there, socket)
            if (registry.usedFor(place)) continue
            const lease = await registry.lease(place, 'asked')
            expect(await askedOver(lease, bus)).toBe(there)
            kept.push({ lease, socket, device: there })
          }
          for (const { lease } of kept) await lease.release()
        }),
      ),
      { numRuns: 40 },
    )
    expect(cycles).toBeGreaterThan(150)
    expect(readdirSync('/proc/self/fd').length).toBe(before)
  })

  test('a thousand replugs leave no handle and no lease behind', async () => {
    let plugged: UsbDescriptor[] = []
    const registry = await openDeviceRegistry({
      ...quietBench,
      enumerate: async () => ({ kind: 'listed', devices: plugged }),
    })
    const before = readdirSync('/proc/self/fd').length
    const generations = new Set<number>()
    for (let cycle = 0; cycle < 1000; cycle += 1) {
      const topology = sockets[cycle % sockets.length] ?? '1-1'
      plugged = [{ ...described, topology, address: cycle, nodes: [`/dev/ttyUSB${cycle % 3}`] }]
      await registry.rescan()
      const lease = await registry.lease('usb:0403:6001:A1', 'a test')
      generations.add(lease.generation)
      expect(lease.device.nodes).toEqual([`/dev/ttyUSB${cycle % 3}`])
      plugged = []
      await registry.rescan()
      expect(lease.signal.aborted).toBe(true)
      expect(registry.usedFor('usb:0403:6001:A1')).toBe(null)
    }
    expect(generations.size).toBe(1000)
    expect(readdirSync('/proc/self/fd').length).toBe(before)
    await registry.close()
  })
})
