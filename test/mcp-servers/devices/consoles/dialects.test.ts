import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import type { ConsoleDialect } from '../../../../mcp-servers/devices/consoles/dialect.ts'
import {
  type ReadOnlyCommand,
  readOnlyCommands,
} from '../../../../mcp-servers/devices/consoles/read-only-commands.ts'
import { isConsoleDialect } from '../../../../mcp-servers/devices/consoles/recognise.ts'
import { loadFolder } from '../../../../mcp-servers/serving/load-folder.ts'

const fixtures = join(import.meta.dirname, '../../../fixtures/consoles')
const dialects = await loadFolder(
  join(import.meta.dirname, '../../../../mcp-servers/devices/consoles/dialects'),
  isConsoleDialect,
)
const devices = readdirSync(fixtures, { withFileTypes: true }).flatMap((entry) =>
  entry.isDirectory() ? entry.name : [],
)

function answersOf(device: string): (command: ReadOnlyCommand) => string {
  const files = readdirSync(join(fixtures, device))
  return (command) => {
    const file = `${command.replace(/^\//, '').replaceAll(' ', '-')}.txt`
    return files.includes(file) ? readFileSync(join(fixtures, device, file), 'utf8') : ''
  }
}

function recognised(device: string): ConsoleDialect | undefined {
  const answers = answersOf(device)
  const shown = readOnlyCommands.map(answers).join('\n')
  return dialects
    .map((dialect) => ({ dialect, points: dialect.recognise(shown) }))
    .filter(({ points }) => points > 0)
    .sort((one, other) => other.points - one.points)[0]?.dialect
}

function identity(device: string) {
  const facts = recognised(device)?.read(answersOf(device))
  const chassis = facts?.chassis.map(({ slot, model, serial }) =>
    [slot, model?.value, serial?.value].filter(Boolean).join(' '),
  )
  return [facts?.hostname?.value ?? null, facts?.version?.value ?? null, ...(chassis ?? [])]
}

test.each([
  ['cisco-ios', 'Cisco IOS', 'shelf-sw1', '15.2(7)E4', 'WS-C2960X-24TS-L FOC0000T001'],
  ['cisco-nxos', 'Cisco NX-OS', 'lab-leaf1', '9.3(10)', 'N9K-C93180YC-FX FDO0000N001'],
  ['cisco-xr', 'Cisco IOS-XR', 'edge-xr1', '7.3.2', 'ASR-9006-AC FOX0000X002'],
  ['cisco-asa', 'Cisco ASA', 'lab-fw', '9.12(4)', 'ASA5506 JMX0000A002'],
  ['arista-eos', 'Arista EOS', null, '4.24.5M', 'DCS-7050TX-64-R JPE00000001'],
  ['juniper', 'Juniper Junos', 'lab-srx', '20.2R3-S2.5', 'SRX300 CV0000AF0001'],
  ['mikrotik', 'MikroTik RouterOS', null, '7.11.2', 'RB760iGS HC0000000M1'],
  ['aruba-aoscx', 'Aruba AOS-CX', 'lab-cx', 'FL.10.08.1070', 'JL668A SG00000001'],
  ['hp-procurve', 'ArubaOS-Switch (ProCurve)', 'lab-2530', 'YA.16.08.0002', 'J9776A CN00000P01'],
  ['dell-os9', 'Dell OS9', 'lab-s4048', '9.14(2.4)', 'S4048-ON ABC0001'],
  ['dell-os10', 'Dell OS10', null, '10.5.1.3', 'S5212F-ON ABC0002'],
])('%s is known as %s with its model and serial number', (device, platform, ...expected) => {
  expect(recognised(device)?.platform).toBe(platform)
  expect(identity(device)).toEqual(expected)
})

test('a Cisco stack is one chassis a member, each with its own serial number', () => {
  expect(recognised('cisco-ios-xe-stack')?.platform).toBe('Cisco IOS-XE')
  expect(identity('cisco-ios-xe-stack').slice(2)).toEqual([
    '1 WS-C3850-24T FCW0000S010',
    '2 WS-C3850-48T FCW0000S020',
  ])
})

test('a Virtual Chassis is one chassis a member', () => {
  expect(identity('juniper-virtual-chassis').slice(2)).toEqual([
    '0 EX3400-24T NX0000000001',
    '1 EX3400-48T NW0000000002',
  ])
})

test('transceivers and power supplies are modules, and “N/A” is no serial number', () => {
  const modules = recognised('cisco-nxos')?.read(answersOf('cisco-nxos')).modules
  expect(modules?.map(({ model, serial }) => [model.value, serial?.value ?? null])).toEqual([
    ['N9K-C93180YC-FX', 'FDO0000N001'],
    ['NXA-PAC-500W-PE', 'ART0000N002'],
    ['NXA-FAN-30CFM-F', null],
  ])
})

describe('every family', () => {
  test.each(dialects.map((dialect) => [dialect.platform, dialect]))(
    '%s makes nothing of silence or of another family’s answers',
    (_platform, dialect) => {
      expect(dialect.read(() => '').chassis.every(({ model, serial }) => !model && !serial)).toBe(true)
      const others = devices.filter((device) => recognised(device)?.platform !== dialect.platform)
      for (const device of others) expect(recognised(device)).not.toBe(dialect)
    },
  )

  test('is asked only with commands of the read-only list', () => {
    const asked = dialects.flatMap((dialect) => [...dialect.pagingOff, ...dialect.commands])
    expect(asked.filter((command) => !readOnlyCommands.includes(command))).toEqual([])
  })

  test('has a device among the examples', () => {
    expect(new Set(devices.map((device) => recognised(device)?.platform))).toEqual(
      new Set(dialects.map((dialect) => dialect.platform)),
    )
  })
})
