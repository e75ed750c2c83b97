import { meterModels } from '../meters/models.ts'
import { qlModels } from '../printers/brother-ql/models.ts'
import type { UsbDescriptor } from './usb-descriptor.ts'

export interface KnownDevice {
  vendorId: string
  /** null: any product of this vendor, as a hint only. */
  productId: string | null
  /** Only where the product calls itself like this; for ids that several products share. */
  product?: RegExp
  name: string
  kind: DeviceKind
  note: string | null
}

type DeviceKind =
  | 'USB power meter'
  | 'Serial adapter'
  | 'Serial console'
  | 'Label printer'
  | 'Radio stick'
  | 'Microcontroller board'
  | 'Power supply'

const notAConsole = 'It has a serial port of its own, which HWLab leaves alone.'

type Row = [vendorId: string, productId: string | null, name: string, product?: RegExp | undefined]

const adapters: readonly Row[] = [
  ['0403', '6001', 'FTDI FT232R'],
  ['0403', '6010', 'FTDI FT2232'],
  ['0403', '6011', 'FTDI FT4232'],
  ['0403', '6014', 'FTDI FT232H'],
  ['0403', '6015', 'FTDI FT-X'],
  ['067b', '2303', 'Prolific PL2303'],
  ['067b', '23a3', 'Prolific PL2303GC'],
  ['10c4', 'ea60', 'Silicon Labs CP210x'],
  ['10c4', 'ea70', 'Silicon Labs CP2105'],
  ['10c4', 'ea71', 'Silicon Labs CP2108'],
  ['1a86', '7523', 'WCH CH340'],
  ['1a86', '55d4', 'WCH CH9102'],
]

/** What has a serial port that must not be typed into. Radio sticks wear the ids of plain adapters and tell by their names. */
const claimed: readonly (readonly [DeviceKind, Row])[] = [
  [
    'Radio stick',
    ['10c4', 'ea60', 'Zigbee or Thread stick', /zigbee|zig-?stick|sonoff|slzb|skyconnect|thread/i],
  ],
  ['Radio stick', ['1a86', '55d4', 'Zigbee or Thread stick', /zigbee|sonoff|thread/i]],
  ['Radio stick', ['1cf1', '0030', 'ConBee']],
  ['Radio stick', ['0658', '0200', 'Z-Wave stick']],
  ['Microcontroller board', ['2341', null, 'Arduino']],
  ['Microcontroller board', ['2e8a', null, 'Raspberry Pi Pico']],
  ['Power supply', ['051d', null, 'APC UPS']],
  ['Power supply', ['0463', null, 'Eaton UPS']],
]

/**
 * Sources: baryluk/fnirsi-usb-power-data-logger `fnirsi_logger.py` (meters), linux-usb `usb.ids` (adapters, boards,
 * supplies), Koenkk/zigbee-herdsman `adapterDiscovery.ts` (radio sticks), mturhan11/hprt-tspl README (20d1),
 * matmair/brother_ql-inventree `models.py` (Brother).
 */
export const knownDevices: readonly KnownDevice[] = [
  ...meterModels.map((model) =>
    row('USB power meter', [model.vendorId, model.productId, model.name, model.product]),
  ),
  ...claimed.map(([kind, one]) => row(kind, one, notAConsole)),
  ...adapters.map((one) => row('Serial adapter', one)),
  row('Serial console', ['05a6', '0009', 'Cisco USB console']),
  ...qlModels.map((model) => row('Label printer', ['04f9', model.productId, `Brother ${model.name}`])),
  row('Label printer', ['20d1', null, 'HPRT printer']),
]

function row(
  kind: DeviceKind,
  [vendorId, productId, name, product]: Row,
  note: string | null = null,
): KnownDevice {
  return { vendorId, productId, name, kind, note, ...(product ? { product } : {}) }
}

type Ids = Pick<UsbDescriptor, 'vendorId' | 'productId' | 'product'>

/** The row that says most about the device, or null. */
export function knownDevice(device: Ids): KnownDevice | null {
  const fitting = knownDevices.filter(
    ({ vendorId, productId, product }) =>
      vendorId === device.vendorId &&
      (productId === null || productId === device.productId) &&
      (product === undefined || product.test(device.product ?? '')),
  )
  const says = (known: KnownDevice) => (known.productId === null ? 0 : 1) + (known.product ? 1 : 0)
  return fitting.sort((one, other) => says(other) - says(one))[0] ?? null
}

export function opensAsConsole(known: KnownDevice): boolean {
  return known.kind === 'Serial adapter' || known.kind === 'Serial console'
}

/** Device and interface classes, for what is not in the table (USB-IF "Defined Class Codes"). */
export const classKinds: Record<number, string> = {
  1: 'Audio',
  2: 'Serial device',
  3: 'Input device',
  6: 'Camera',
  7: 'Printer',
  8: 'Storage',
  11: 'Smart card reader',
  14: 'Camera',
  224: 'Wireless adapter',
}
