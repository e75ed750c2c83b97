import { describe, expect, test } from 'vitest'
import { identify } from '../../../../mcp-servers/devices/bench/identity.ts'
import { openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { serialLine, serialPlaces } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { simulatedDescriptor } from '../../../../mcp-servers/devices/bench/simulated-device.ts'
import type { UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'
import { serialTransport } from '../../../../mcp-servers/devices/transports/serial.ts'
import { systemClock } from '../../../../mcp-servers/serving/clock.ts'
import { withPseudoTerminal } from '../../../support/pty-far-end.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

function placesOf(facts: Partial<Omit<UsbDescriptor, 'ports'>>) {
  const device = {
    vendorId: '0403',
    productId: '6001',
    serial: 'A1',
    manufacturer: null,
    product: null,
    topology: '1-1',
    address: 3,
    classes: [0, 255],
    nodes: ['/dev/ttyUSB0'],
    printerId: null,
    ...facts,
  }
  const ports = device.nodes.map((node, number) => ({ node, number }))
  return serialPlaces(
    identify([{ ...device, ports }]).map((one) => ({ ...one, generation: 1, simulated: null })),
  )
}

describe('the list of consoles', () => {
  test('has the port of an adapter, and each of several ports by its number', () => {
    expect(placesOf({})).toEqual([{ place: 'usb:0403:6001:A1', name: 'FTDI FT232R', simulated: false }])
    const four = placesOf({ productId: '6010', nodes: ['/dev/ttyUSB3', '/dev/ttyUSB4'] })
    expect(four.map((one) => [one.place, one.name])).toEqual([
      ['usb:0403:6010:A1/0', 'FTDI FT2232, port 1'],
      ['usb:0403:6010:A1/1', 'FTDI FT2232, port 2'],
    ])
  })

  test('has the port of an unknown device that is nothing but a serial port', () => {
    expect(placesOf({ vendorId: 'dead', classes: [2, 2, 10], nodes: ['/dev/ttyACM0'] })).toHaveLength(1)
  })

  test.each([
    ['a power meter', { vendorId: '2e3c', productId: '5558', classes: [239, 8, 2, 10, 3] }],
    ['a Zigbee stick', { vendorId: '10c4', productId: 'ea60', product: 'Sonoff Zigbee 3.0 USB Dongle Plus' }],
    ['an Arduino', { vendorId: '2341', productId: '0043' }],
    [
      'a NIIMBOT',
      { vendorId: '3513', productId: '0002', manufacturer: 'NIIMBOT', product: 'B1', classes: [2, 2, 10] },
    ],
    ['a power supply', { vendorId: '051d', productId: '0002' }],
    ['an unknown disk with a serial port', { vendorId: 'dead', classes: [239, 8, 2] }],
    ['something without a port', { nodes: [] }],
  ])('has not the port of %s', (_, facts) => {
    expect(placesOf({ nodes: ['/dev/ttyACM0'], ...facts })).toEqual([])
  })
})

test('a console is opened by its place; unplugged, its line reads as closed and its place is free', () =>
  withPseudoTerminal(async (terminal, received) => {
    const registry = await openDeviceRegistry({
      ...quietBench,
      enumerate: async () => ({ kind: 'listed', devices: [] }),
    })
    registry.plugIn({
      descriptor: simulatedDescriptor('console', 'Console'),
      name: 'Simulated switch',
      kind: 'Serial console',
      line: {
        kind: 'serial',
        at: (settings) => serialTransport('console', async () => terminal.path, settings, systemClock),
      },
    })
    await registry.rescan()
    expect(serialPlaces(registry.devices())).toEqual([
      { place: 'simulated:console', name: 'Simulated switch', simulated: true },
    ])
    const wish = { place: 'simulated:console', settings: { baudRate: 9600 }, purpose: 'reading the console' }
    const line = await serialLine(registry, wish, systemClock).open()
    await expect(serialLine(registry, wish, systemClock).open()).rejects.toMatchObject({ kind: 'busy' })
    await line.write(Buffer.from('\r'))
    expect(await received(1)).toEqual(Buffer.from('\r'))
    await terminal.write(Buffer.from('switch>'))
    const pending = line.read(5000)
    expect(await pending).toEqual({ kind: 'bytes', bytes: Uint8Array.from(Buffer.from('switch>')) })
    await terminal.write(Buffer.from('late'))
    registry.unplug('simulated:console')
    await registry.rescan()
    expect(await line.read(5000)).toEqual({ kind: 'closed' })
    await line.close()
    expect(registry.usedFor('simulated:console')).toBe(null)
    await registry.close()
  }))

test('a port that another program has open is not opened too, and the program is named', () =>
  withPseudoTerminal(async (terminal) => {
    const device = {
      ...{ vendorId: '0403', productId: '6001', serial: 'A1', manufacturer: null, product: null },
      ...{ topology: '1-1', address: 3, classes: [0, 255], nodes: [terminal.path], printerId: null },
      ports: [{ node: terminal.path, number: 0 }],
    }
    const registry = await openDeviceRegistry({
      ...quietBench,
      enumerate: async () => ({ kind: 'listed', devices: [device] }),
    })
    const wish = { place: 'usb:0403:6001:A1', settings: { baudRate: 9600 }, purpose: 'a test' }
    await expect(serialLine(registry, wish, systemClock).open()).rejects.toMatchObject({
      kind: 'busy',
      message: expect.stringMatching(/is in use by script \(process \d+\)/),
    })
    expect(registry.usedFor(wish.place)).toBeNull()
    await registry.close()
  }))
