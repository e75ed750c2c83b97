import { expect, test } from 'vitest'
import { identify } from '../../../../mcp-servers/devices/bench/identity.ts'
import { saidOfItself } from '../../../../mcp-servers/devices/bench/said-of-itself.ts'
import type { UsbDescriptor } from '../../../../mcp-servers/devices/bench/usb-descriptor.ts'

const printer: UsbDescriptor = {
  vendorId: '04f9',
  productId: '209d',
  serial: '000M6Z401370',
  manufacturer: 'Brother',
  product: 'QL-820NWB',
  topology: '1-2',
  address: 4,
  classes: [7],
  nodes: [],
  ports: [],
  printerId: null,
}

function said(...devices: UsbDescriptor[]) {
  return identify(devices).map((device) => saidOfItself({ ...device, generation: 1, simulated: null }))
}

test('a device says its maker, product and serial number, each with the name of the string', () => {
  expect(said(printer)).toEqual([
    {
      manufacturer: { value: 'Brother', quote: 'iManufacturer: Brother' },
      model: { value: 'QL-820NWB', quote: 'iProduct: QL-820NWB' },
      serial: { value: '000M6Z401370', quote: 'iSerial: 000M6Z401370' },
      simulated: false,
    },
  ])
})

test.each(['0', '0123456789ABCDEF', ' '])(
  '%j is a serial number that nobody programmed, so it is none',
  (serial) => {
    expect(said({ ...printer, serial })).toMatchObject([{ serial: null }])
  },
)

test('two that wear the same serial number have none', () => {
  expect(said(printer, { ...printer, topology: '1-3' })).toMatchObject([{ serial: null }, { serial: null }])
})

test('a device that calls itself nothing is named by its ids where they are known', () => {
  expect(said({ ...printer, product: null })).toMatchObject([
    { model: { value: 'Brother QL-820NWB', quote: 'idVendor:idProduct: 04f9:209d' } },
  ])
})

test('control characters in its words are not taken over', () => {
  expect(said({ ...printer, product: 'QL\u0000\u001b[2J-820' })).toMatchObject([
    { model: { value: 'QL [2J-820' } },
  ])
})
