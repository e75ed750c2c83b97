import { afterEach, beforeEach, expect, test } from 'vitest'
import type { DeviceIdentity } from '../../../../mcp-servers/netbox/identify/device-readings.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const said = (value: string, by = 'show inventory') => ({ value, quote: `${by}: ${value}` })
const mikrotik: DeviceIdentity = {
  source: 'its console',
  manufacturer: said('MikroTik'),
  model: said('RB760iGS'),
  serial: said('HC0000000M1'),
  hostname: said('lab-router'),
}
const usbPrinter: DeviceIdentity = {
  source: 'its USB descriptor',
  manufacturer: said('Brother Industries, Ltd', 'iManufacturer'),
  model: said('QL-820NWB', 'iProduct'),
  serial: said('000M6Z401370', 'iSerial'),
  hostname: null,
}

function start(
  identity: DeviceIdentity,
  { itemId = null, simulated = false }: { itemId?: string | null; simulated?: boolean } = {},
): string {
  const started = lab.parts.netbox.intake.startFromDevice({
    ...{ identity, itemId, simulated, operator: 'operator' },
  })
  if (started.kind === 'refused') throw new Error(started.why)
  return started.itemId
}

test('a device’s own word over its console is decoded evidence, with the command it stood in', async () => {
  const itemId = start(mikrotik)
  await lab.parts.netbox.intake.settled(itemId)
  const serial = lab.field(itemId, 'serial')
  expect(serial.value).toBe('HC0000000M1')
  expect(serial.evidence).toMatchObject([{ kind: 'decoded', quote: 'show inventory: HC0000000M1' }])
  expect(lab.field(itemId, 'name').value).toBe('lab-router')
  expect(lab.card(itemId).state).not.toBe('draft')
})

test('asked twice, it is the same open item, and nothing counts twice', async () => {
  const itemId = start(mikrotik)
  await lab.parts.netbox.intake.settled(itemId)
  expect(start(mikrotik)).toBe(itemId)
  await lab.parts.netbox.intake.settled(itemId)
  expect(lab.field(itemId, 'serial').evidence).toHaveLength(1)
})

test('it adds to the item of the photo with the same serial number', async () => {
  const label = seenLabel({ lines: ['MikroTik', 'S/N: HC0000000M1'] })
  const item = await lab.intake([await lab.photo(label)])
  expect(start(mikrotik)).toBe(item.id)
  await lab.parts.netbox.intake.settled(item.id)
  expect(lab.field(item.id, 'model').value).toContain('RB760iGS')
})

test('a console that contradicts the label is a conflict for a person, not a winner', async () => {
  const label = seenLabel({ codes: [{ text: 'SHC9999999X9' }], lines: ['MikroTik', 'S/N: HC9999999X9'] })
  const item = await lab.intake([await lab.photo(label)])
  start(mikrotik, { itemId: item.id })
  await lab.parts.netbox.intake.settled(item.id)
  expect(lab.field(item.id, 'serial')).toMatchObject({ conflict: true })
})

test('a device that said nothing of itself starts nothing', () => {
  const nothing = { ...mikrotik, manufacturer: null, model: null, serial: null, hostname: null }
  expect(() => start(nothing)).toThrow('neither its model nor its serial number')
})

test('a USB device’s descriptor is decoded evidence, with the string it stood in', async () => {
  const itemId = start(usbPrinter)
  await lab.parts.netbox.intake.settled(itemId)
  const serial = lab.field(itemId, 'serial')
  expect(serial.evidence).toMatchObject([
    {
      kind: 'decoded',
      words: 'Decoded from its USB descriptor, which says what it is',
      quote: 'iSerial: 000M6Z401370',
    },
  ])
  expect(lab.field(itemId, 'manufacturer')).toMatchObject({ value: 'Brother' })
  expect(lab.field(itemId, 'model')).toMatchObject({ value: 'QL-820NWB' })
  expect(start(usbPrinter)).toBe(itemId)
})

test('what a chip calls its product proves no model', async () => {
  const itemId = start({ ...usbPrinter, model: said('USB2.0-Serial', 'iProduct') })
  await lab.parts.netbox.intake.settled(itemId)
  expect(lab.field(itemId, 'model').probability).toBeLessThan(0.69)
})

test('a USB device adds to the item of the photo with the same serial number', async () => {
  const item = await lab.intake([await lab.photo(seenLabel({ lines: ['Brother', 'S/N: 000M6Z401370'] }))])
  expect(start(usbPrinter)).toBe(item.id)
})

test('a simulated device makes a sample item, and says nothing of a real one', async () => {
  const real = start(usbPrinter)
  const sample = start(usbPrinter, { simulated: true })
  expect(sample).not.toBe(real)
  expect([lab.card(real).sample, lab.card(sample).sample]).toEqual([false, true])
  expect(() => start(usbPrinter, { itemId: real, simulated: true })).toThrow('A simulated device')
})
