import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { listBench, printerNode } from '../../../../mcp-servers/devices/bench/bench.ts'
import { enumerateUsb } from '../../../../mcp-servers/devices/bench/enumerate-usb.ts'
import { identify } from '../../../../mcp-servers/devices/bench/identity.ts'
import { openDeviceRegistry } from '../../../../mcp-servers/devices/bench/registry.ts'
import { serialPlaces } from '../../../../mcp-servers/devices/bench/serial-places.ts'
import { listFromSysfs } from '../../../../mcp-servers/devices/bench/sysfs.ts'
import type { EnumerateUsb, UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'
import { listFromUsbPackage } from '../../../../mcp-servers/devices/bench/usb-package.ts'
import { quietBench } from '../../../support/quiet-bench.ts'

function device(facts: Partial<UsbDescriptor>): UsbDescriptor {
  return {
    vendorId: '0403',
    productId: '6001',
    serial: null,
    manufacturer: null,
    product: null,
    topology: '1-1',
    address: null,
    classes: [0],
    nodes: [],
    ports: [],
    printerId: null,
    ...facts,
  }
}

const listed = (devices: UsbDescriptor[]) => async () => ({ kind: 'listed' as const, devices })

async function bench(enumerate: EnumerateUsb) {
  const registry = await openDeviceRegistry({ enumerate, ...quietBench })
  try {
    return await listBench(registry)
  } finally {
    await registry.close()
  }
}

describe('the identity of a device', () => {
  test('is its serial number, wherever and in whatever order it is plugged in', () => {
    const serials = ['A5069RR4', '000M6Z401370', 'FNB58-77']
    const order = fc.shuffledSubarray(serials, { minLength: 3 })
    fc.assert(
      fc.property(
        order,
        fc.shuffledSubarray(['1-1', '1-2', '3-1.4'], { minLength: 3 }),
        (plugged, sockets) => {
          const devices = plugged.map((serial, at) =>
            device({ serial, topology: sockets[at] ?? '9-9', nodes: [`/dev/ttyUSB${at}`] }),
          )
          const keys = identify(devices).map((one) => [one.serial, one.key])
          expect(keys).toEqual(plugged.map((serial) => [serial, `usb:0403:6001:${serial}`]))
        },
      ),
    )
  })

  test.each(['0', '000000000', '1234567890', 'none', null])(
    'with the serial number %s is its socket',
    (serial) => {
      expect(identify([device({ serial, topology: '3-1.4' })])).toMatchObject([
        { key: 'usb:0403:6001@3-1.4', boundToSocket: true },
      ])
    },
  )

  test('is the socket for both of two devices that wear the same serial number', () => {
    const twins = [device({ serial: 'SAME', topology: '1-1' }), device({ serial: 'SAME', topology: '1-2' })]
    expect(identify(twins).map((one) => one.key)).toEqual(['usb:0403:6001@1-1', 'usb:0403:6001@1-2'])
  })
})

describe('the bench', () => {
  test('names known devices, and others by their own words, bounded and without control characters', async () => {
    const listing = await bench(
      listed([
        device({ vendorId: '2e3c', productId: '5558', serial: 'A1', classes: [239, 8, 3] }),
        device({ vendorId: '1a86', productId: '7523', topology: '1-3' }),
        device({
          vendorId: 'dead',
          productId: 'beef',
          serial: 'X',
          manufacturer: 'Acme\u001b[31m',
          product: 'Thing\u202e'.repeat(40),
          classes: [0, 3],
        }),
        device({ vendorId: '1d6b', productId: '0002', classes: [9] }),
      ]),
    )
    expect(listing.note).toBeNull()
    expect(listing.devices).toEqual([
      {
        key: 'usb:1a86:7523@1-3',
        name: 'WCH CH340',
        kind: 'Serial adapter',
        ids: '1a86:7523',
        simulated: false,
        stateWords: 'Ready',
        tone: 'good',
        note: expect.stringContaining('knows it by the socket'),
      },
      {
        key: 'usb:2e3c:5558:A1',
        name: 'FNIRSI FNB58',
        kind: 'USB power meter',
        ids: '2e3c:5558, serial A1',
        simulated: false,
        stateWords: 'Ready',
        tone: 'good',
        note: null,
      },
      {
        key: 'usb:dead:beef:X',
        name: expect.stringMatching(/^Acme \[31m (Thing ?)+/),
        kind: 'Input device',
        ids: 'dead:beef, serial X',
        simulated: false,
        stateWords: 'Ready',
        tone: 'good',
        note: null,
      },
    ])
  })

  test('says what to do about a Brother printer in Editor Lite mode', async () => {
    const editor = device({ vendorId: '04f9', productId: '2042', serial: 'B1', classes: [0, 8] })
    const { devices } = await bench(listed([editor]))
    expect(devices[0]?.note).toContain('Hold its Editor Lite button')
  })

  test('finds the node of a printer anew each time', async () => {
    const ql = device({
      vendorId: '04f9',
      productId: '209d',
      serial: 'B1',
      classes: [0, 7],
      nodes: ['/dev/usb/lp0'],
    })
    expect(await printerNode(listed([ql]), 'usb:04f9:209d:B1')).toBe('/dev/usb/lp0')
    expect(await printerNode(listed([{ ...ql, nodes: ['/dev/usb/lp3'] }]), 'usb:04f9:209d:B1')).toBe(
      '/dev/usb/lp3',
    )
    expect(await printerNode(listed([]), 'usb:04f9:209d:B1')).toBeNull()
  })
})

describe('what Linux says of its devices', () => {
  async function sysfs(files: Record<string, string>, use: (root: string) => Promise<void>) {
    const root = await mkdtemp(join(tmpdir(), 'hwlab-sys-'))
    for (const [path, text] of Object.entries(files)) {
      await mkdir(join(root, 'bus/usb/devices', path, '..'), { recursive: true })
      await writeFile(join(root, 'bus/usb/devices', path), `${text}\n`)
    }
    try {
      await use(root)
    } finally {
      await rm(root, { recursive: true, force: true })
    }
  }

  test('is read with classes and nodes; hubs below the root and half-gone devices do no harm', async () => {
    const files = {
      'usb1/idVendor': '1d6b',
      '1-2/idVendor': '04F9',
      '1-2/idProduct': '209D',
      '1-2/serial': '000M6Z401370',
      '1-2/manufacturer': 'Brother',
      '1-2/product': 'QL-820NWB',
      '1-2/bDeviceClass': '00',
      '1-2:1.0/bInterfaceClass': '07',
      '1-2:1.0/usbmisc/lp0/dev': '180:0',
      '1-2:1.0/ieee1284_id': 'MFG:Brother;CMD:PT-CBP;MDL:QL-820NWB;CLS:PRINTER;',
      '3-1.4/idVendor': '1a86',
      '3-1.4/idProduct': '7523',
      '3-1.4/bDeviceClass': 'ff',
      '3-1.4:1.0/bInterfaceClass': 'ff',
      '3-1.4:1.0/ttyUSB0/port_number': '0',
      '3-2/idVendor': '2e3c',
      '3-2/idProduct': '5558',
      '3-2/bDeviceClass': 'ef',
      '3-2/serial/not': 'a file that can be read',
      '3-2:1.1/bInterfaceClass': '02',
      '3-2:1.1/tty/ttyACM0/dev': '166:0',
      '3-7/serial': 'just gone',
    }
    await sysfs(files, async (root) => {
      expect(await listFromSysfs(root)).toEqual({
        kind: 'listed',
        devices: [
          {
            vendorId: '04f9',
            productId: '209d',
            serial: '000M6Z401370',
            manufacturer: 'Brother',
            product: 'QL-820NWB',
            topology: '1-2',
            address: null,
            classes: [0, 7],
            nodes: ['/dev/usb/lp0'],
            ports: [],
            printerId: 'MFG:Brother;CMD:PT-CBP;MDL:QL-820NWB;CLS:PRINTER;',
          },
          {
            vendorId: '1a86',
            productId: '7523',
            serial: null,
            manufacturer: null,
            product: null,
            topology: '3-1.4',
            address: null,
            classes: [255, 255],
            nodes: ['/dev/ttyUSB0'],
            ports: [{ node: '/dev/ttyUSB0', number: 0 }],
            printerId: null,
          },
          {
            vendorId: '2e3c',
            productId: '5558',
            serial: null,
            manufacturer: null,
            product: null,
            topology: '3-2',
            address: null,
            classes: [239, 2],
            nodes: ['/dev/ttyACM0'],
            ports: [{ node: '/dev/ttyACM0', number: 0 }],
            printerId: null,
          },
        ],
      })
    })
  })

  test('numbers the ports of an adapter by its interfaces, also when one of them is not the system’s', async () => {
    const files = {
      '1-1/idVendor': '0403',
      '1-1/idProduct': '6010',
      '1-1/serial': 'A1',
      '1-1/bDeviceClass': '00',
      '1-1:1.0/bInterfaceClass': 'ff',
      '1-1:1.1/bInterfaceClass': 'ff',
      '1-1:1.1/ttyUSB0/port_number': '0',
    }
    await sysfs(files, async (root) => {
      const registry = await openDeviceRegistry({ ...quietBench, enumerate: () => listFromSysfs(root) })
      expect(serialPlaces(registry.devices())).toEqual([
        { place: 'usb:0403:6010:A1/1', name: 'FTDI FT2232, port 2', simulated: false },
      ])
      await registry.close()
    })
  })

  test('is a sentence where there is no USB bus, as in a container', async () => {
    expect(await listFromSysfs('/nowhere')).toEqual({
      kind: 'not-possible',
      why: expect.stringContaining('--device /dev/bus/usb'),
    })
  })

  test('is asked in the way of each system, and no machine is too bare to answer', async () => {
    const kinds = ['listed', 'not-possible']
    expect(kinds).toContain((await enumerateUsb('linux')()).kind)
    expect(kinds).toContain((await listFromUsbPackage()).kind)
  })
})
