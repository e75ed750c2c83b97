import { describe, expect, test } from 'vitest'
import type { ConsoleFacts } from '../../../../mcp-servers/devices/consoles/console-facts.ts'
import type { ReadOnlyCommand } from '../../../../mcp-servers/devices/consoles/read-only-commands.ts'
import { loadDialects } from '../../../../mcp-servers/devices/consoles/recognise.ts'

const dialects = await loadDialects()

function factsOf(platform: string, answers: Partial<Record<ReadOnlyCommand, string>>): ConsoleFacts {
  const dialect = dialects.find((one) => one.platform === platform)
  if (!dialect) throw new Error(`no ${platform}`)
  return dialect.read((command) => answers[command] ?? '')
}

function chassisOf(platform: string, answers: Partial<Record<ReadOnlyCommand, string>>) {
  return factsOf(platform, answers).chassis.map(({ slot, model, serial }) => [
    slot,
    model?.value ?? null,
    serial?.value ?? null,
  ])
}

describe('a Cisco stack', () => {
  const table = `Switch Ports Model              SW Version        SW Image              Mode
------ ----- -----              ----------        ----------            ----
     1 32    WS-C3850-24T       16.12.05b         CAT3K_CAA-UNIVERSALK9 INSTALL
*    3 56    WS-C3850-48T       16.12.05b         CAT3K_CAA-UNIVERSALK9 INSTALL
`
  test('whose third member answers keeps every serial number with its own number', () => {
    const version = `Cisco IOS XE Software, Version 16.12.05b
core uptime is 3 days
Model Number                       : WS-C3850-48T
System Serial Number               : FCW0000S030

${table}
Switch 01
---------
Switch uptime                      : 3 days
Model Number                       : WS-C3850-24T
System Serial Number               : FCW0000S010
`
    expect(chassisOf('Cisco IOS-XE', { 'show version': version })).toEqual([
      ['1', 'WS-C3850-24T', 'FCW0000S010'],
      ['3', 'WS-C3850-48T', 'FCW0000S030'],
    ])
  })

  test('of which one member tells no serial number does not lend it that of the next', () => {
    const version = `Cisco IOS XE Software, Version 16.12.05b
Model Number                       : WS-C3850-24T
System Serial Number               : FCW0000S010

Switch 02
---------
Model Number                       : WS-C3850-48T

Switch 03
---------
Model Number                       : WS-C3850-48P
System Serial Number               : FCW0000S030
`
    expect(chassisOf('Cisco IOS-XE', { 'show version': version })).toEqual([
      ['1', 'WS-C3850-24T', 'FCW0000S010'],
      ['2', 'WS-C3850-48T', null],
      ['3', 'WS-C3850-48P', 'FCW0000S030'],
    ])
  })

  test('that lists its members in the inventory only is no single device', () => {
    const inventory = `NAME: "1", DESCR: "WS-C2960X-24TS-L"
PID: WS-C2960X-24TS-L  , VID: V05  , SN: FOC0000T001

NAME: "2", DESCR: "WS-C2960X-48TS-L"
PID: WS-C2960X-48TS-L  , VID: V05  , SN: FOC0000T002
`
    expect(chassisOf('Cisco IOS', { 'show inventory': inventory })).toEqual([
      ['1', 'WS-C2960X-24TS-L', 'FOC0000T001'],
      ['2', 'WS-C2960X-48TS-L', 'FOC0000T002'],
    ])
  })
})

test('an IOS XR router that says “System uptime” is not called System', () => {
  const version = `Cisco IOS XR Software, Version 7.3.2
cisco NCS-540 () processor
System uptime is 1 day 2 hours 3 minutes
`
  expect(factsOf('Cisco IOS-XR', { 'show version': version }).hostname).toBeNull()
})

describe('Junos', () => {
  test('with a revision and a part number in the line of its chassis gives the serial number, not the part', () => {
    const hardware =
      'Chassis          REV 07   650-059719   TA0000000001      QFX5100-48S-6Q\nRouting Engine 0          BUILTIN      BUILTIN           QFX Routing Engine\n'
    expect(chassisOf('Juniper Junos', { 'show chassis hardware': hardware })).toEqual([
      [null, 'QFX5100-48S-6Q', 'TA0000000001'],
    ])
  })

  test('as a cluster of two firewalls is two devices', () => {
    const node = (number: number, serial: string) => `node${number}:
--------------------------------------------------------------------------
Hardware inventory:
Item             Version  Part number  Serial number     Description
Chassis                                ${serial}      SRX345
Routing Engine   REV 0x14 650-000001   AAAA0001          RE-SRX345
`
    const hardware = `${node(0, 'CZ0000AF0001')}\n${node(1, 'CZ0000AF0002')}`
    expect(chassisOf('Juniper Junos', { 'show chassis hardware': hardware })).toEqual([
      ['0', 'SRX345', 'CZ0000AF0001'],
      ['1', 'SRX345', 'CZ0000AF0002'],
    ])
  })
})

describe('Dell OS9', () => {
  const head = `System Type            : S4048-ON
Unit Type               Serial Number  Part Number  Rev  Piece Part ID            Rev  Svc Tag  Exprs Svc Code
--------------------------------------------------------------------------------------------------------------
`
  const power =
    '  1  S4048-ON-PWR-AC    NA             0AAAA1       A00  CN-0AAAA1-00000-000-0001 A00  NA       NA\n'
  test('has its service tag in the table of its inventory', () => {
    const inventory = `${head}* 1  S4048-ON-01-FE-72  NA             0AAAA0       A01  CN-0AAAA0-00000-000-0000 A01  ABC0011  106 402 692 98
${power} * - Management Unit
`
    expect(
      chassisOf('Dell OS9', { 'show version': 'System Type: S4048-ON', 'show inventory': inventory }),
    ).toEqual([[null, 'S4048-ON', 'ABC0011']])
  })

  test('as a stack is one device a unit', () => {
    const inventory = `${head}* 1  S4048-ON-01-FE-72  NA             0AAAA0       A01  CN-0AAAA0-00000-000-0000 A01  ABC0011  106 402 692 98
${power}  2  S4048-ON-01-FE-72  NA             0AAAA0       A01  CN-0AAAA0-00000-000-0002 A01  ABC0012  106 402 692 99
`
    expect(
      chassisOf('Dell OS9', { 'show version': 'System Type: S4048-ON', 'show inventory': inventory }),
    ).toEqual([
      ['1', 'S4048-ON', 'ABC0011'],
      ['2', 'S4048-ON', 'ABC0012'],
    ])
  })
})

describe('ProCurve', () => {
  test('keeps a name of several words whole', () => {
    const system =
      '  System Name        : ProCurve Switch 2650\n  System Contact     :\n  ROM Version        : I.08.07            Serial Number      : SG00000P01\n'
    expect(factsOf('ArubaOS-Switch (ProCurve)', { 'show system': system }).hostname?.value).toBe(
      'ProCurve Switch 2650',
    )
  })

  test('as a stack does not give one member the model of another, or of a module', () => {
    const system =
      '  ROM Version  : WB.15.05   Serial Number      : SG00000P01\n  ROM Version  : WB.15.05   Serial Number      : SG00000P02\n'
    const modules = `  Chassis: 2920-48G  J9728A         Serial Number:   SG00000P01

  Slot  Module Description                        Serial Number
  A     HP J9731A 2-port 10GbE SFP+ Module        SG00000P09
`
    expect(
      chassisOf('ArubaOS-Switch (ProCurve)', { 'show system': system, 'show modules': modules }),
    ).toEqual([
      ['1', 'J9728A', 'SG00000P01'],
      ['2', null, 'SG00000P02'],
    ])
  })
})
