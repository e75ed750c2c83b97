import { afterEach, beforeEach, expect, test } from 'vitest'
import type { ConsoleIdentity } from '../../../../mcp-servers/netbox/identify/console-readings.ts'
import { seenLabel } from '../../../support/fake-photo-reader.ts'
import { type NetboxLab, openNetboxLab } from '../../../support/open-netbox-server.ts'

let lab: NetboxLab
beforeEach(async () => {
  lab = await openNetboxLab()
})
afterEach(() => lab[Symbol.asyncDispose]())

const command = 'show inventory'
const mikrotik: ConsoleIdentity = {
  manufacturer: 'MikroTik',
  model: { value: 'RB760iGS', command },
  serial: { value: 'HC0000000M1', command },
  hostname: { value: 'lab-router', command },
}

function start(identity: ConsoleIdentity, itemId: string | null = null): string {
  const started = lab.parts.netbox.intake.startFromConsole({
    ...{ identity, itemId, simulated: false, operator: 'operator' },
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
  start(mikrotik, item.id)
  await lab.parts.netbox.intake.settled(item.id)
  expect(lab.field(item.id, 'serial')).toMatchObject({ conflict: true })
})

test('a device that said nothing of itself starts nothing', () => {
  const nothing = { manufacturer: 'Cisco', model: null, serial: null, hostname: null }
  const wish = { identity: nothing, itemId: null, simulated: false, operator: 'operator' }
  expect(lab.parts.netbox.intake.startFromConsole(wish)).toMatchObject({ kind: 'refused' })
})
