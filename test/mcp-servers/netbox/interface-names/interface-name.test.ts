import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  canonicalName,
  newInterface,
  sameInterface,
} from '../../../../mcp-servers/netbox/interface-names/interface-name.ts'
import type { NamingRules } from '../../../../mcp-servers/netbox/interface-names/naming-rules.ts'
import {
  namingRules,
  type Platform,
  platformOf,
} from '../../../../mcp-servers/netbox/interface-names/platform.ts'

describe('one interface, however it is written', () => {
  test.each<[Platform, string, string]>([
    ['cisco-ios', 'Gi1/0/1', 'GigabitEthernet1/0/1'],
    ['cisco-ios', 'gigabitethernet 1/0/1', 'GigabitEthernet1/0/1'],
    ['cisco-ios', 'GIGABITETHERNET1/0/1', 'GigabitEthernet1/0/1'],
    ['cisco-ios', ' te1/1/4.200 ', 'TenGigabitEthernet1/1/4.200'],
    ['cisco-ios', 'Tw1/0/1', 'TwoGigabitEthernet1/0/1'],
    ['cisco-ios', 'Twe1/0/1', 'TwentyFiveGigE1/0/1'],
    ['cisco-ios', 'Fi1/0/1', 'FiveGigabitEthernet1/0/1'],
    ['cisco-ios', 'Fif1/0/1', 'FiftyGigE1/0/1'],
    ['cisco-ios', 'Fo1/0/1', 'FortyGigabitEthernet1/0/1'],
    ['cisco-ios', 'Fou1/0/1', 'FourHundredGigE1/0/1'],
    ['cisco-ios', 'po 10', 'Port-channel10'],
    ['cisco-nxos', 'Eth1/49/1', 'Ethernet1/49/1'],
    ['cisco-nxos', 'Management0', 'mgmt0'],
    ['cisco-xr', 'te0/0/0/3', 'TenGigE0/0/0/3'],
    ['cisco-xr', 'mgmteth0/rp0/cpu0/0', 'MgmtEth0/RP0/CPU0/0'],
    ['juniper', 'et-0/0/0', 'et-0/0/0'],
    ['juniper', 'XE-0/0/1:3', 'xe-0/0/1:3'],
    ['arista-eos', 'Et1', 'Ethernet1'],
    ['arista-eos', 'ma1', 'Management1'],
    ['arista-ceos', 'eth0', 'Management0'],
    ['arista-ceos', 'eth1', 'Ethernet1'],
    ['mikrotik', 'Ether-5', 'ether5'],
    ['mikrotik', 'SFP+1', 'sfp-sfpplus1'],
    ['aruba-cx', 'Port 1/1/24', '1/1/24'],
    ['procurve', 'port a1', 'A1'],
    ['hpe-comware', 'xge1/0/49', 'Ten-GigabitEthernet1/0/49'],
    ['dell-os10', 'Ethernet 1/1/1', 'ethernet1/1/1'],
    ['dell-os9', 'tengig 0/21', 'TenGigabitEthernet 0/21'],
    ['nokia-sr-linux', 'e1-1', 'ethernet-1/1'],
    ['linux', 'Enp3s0f1', 'enp3s0f1'],
    ['linux', 'enP2p1s0', 'enP2p1s0'],
  ])('on %s “%s” is “%s”', (platform, text, name) => {
    expect(canonicalName(platform, text)).toBe(name)
  })

  test.each<[Platform, string]>([
    ['cisco-ios', 'Port 5'],
    ['cisco-ios', 'label-mac'],
    ['cisco-ios', 'uplink to the attic'],
    ['cisco-nxos', 'Ethernet0'],
    ['juniper', 'Gi1/0/1'],
    ['mikrotik', 'LAN'],
    ['aruba-cx', '24'],
    ['linux', 'iDRAC'],
    ['unknown', 'Gi1/0/1'],
  ])('on %s “%s” is no name of the platform and stays', (platform, text) => {
    expect(canonicalName(platform, ` ${text} `)).toBe(text)
  })

  test('a name of an unknown platform is compared without letter case and without spaces around it', () => {
    expect(sameInterface('unknown', 'WAN ', 'wan')).toBe(true)
    expect(sameInterface('unknown', 'Gi1/0/1', 'GigabitEthernet1/0/1')).toBe(false)
  })

  test('two interfaces that differ by one capital letter on Linux stay two', () => {
    expect(sameInterface('linux', 'enp2s1', 'enP2s1')).toBe(false)
    expect(sameInterface('linux', 'ENP2S1', 'enp2s1')).toBe(true)
  })
})

describe('an interface that is created', () => {
  test.each<[Platform, string, object]>([
    ['cisco-ios', 'Te1/1/1', { name: 'TenGigabitEthernet1/1/1', type: '10gbase-x-sfpp', mgmt_only: false }],
    ['cisco-ios', 'Gi0/0.10', { name: 'GigabitEthernet0/0.10', type: 'virtual', mgmt_only: false }],
    ['juniper', 'fxp0', { name: 'fxp0', type: '1000base-t', mgmt_only: true }],
    ['juniper', 'me0', { name: 'me0', type: '1000base-t', mgmt_only: true }],
    ['juniper', 'em1', { name: 'em1', type: 'other', mgmt_only: false }],
    ['cisco-nxos', 'mgmt0', { name: 'mgmt0', type: '1000base-t', mgmt_only: true }],
    ['arista-eos', 'Management1', { name: 'Management1', type: '1000base-t', mgmt_only: true }],
    ['arista-ceos', 'eth0', { name: 'Management0', type: '1000base-t', mgmt_only: true }],
    ['nokia-sr-linux', 'eth0', { name: 'mgmt0', type: '1000base-t', mgmt_only: true }],
    ['container', 'eth0', { name: 'eth0', type: 'virtual', mgmt_only: true }],
    ['container', 'eth1', { name: 'eth1', type: 'virtual', mgmt_only: false }],
    ['linux', 'eth0', { name: 'eth0', type: 'other', mgmt_only: false }],
    ['unknown', ' port 1 ', { name: 'port 1', type: 'other', mgmt_only: false }],
  ])(
    'on %s as “%s” has its name, its usual type and whether it is for management',
    (platform, text, facts) => {
      expect(newInterface(platform, text)).toEqual(facts)
    },
  )
})

describe('what a device runs', () => {
  test.each<[string, string, Platform]>([
    ['Cisco', 'Catalyst 3850-48P IP Base', 'cisco-ios'],
    ['Cisco', 'ASR-920-24SZ-M', 'cisco-ios'],
    ['Cisco', 'CBS350-24P-4G', 'cisco-ios'],
    ['Cisco', 'Nexus 93180YC-FX', 'cisco-nxos'],
    ['Cisco', 'N9K-C93180YC-EX', 'cisco-nxos'],
    ['Cisco', 'ASR-9001', 'cisco-xr'],
    ['Cisco', 'NCS 5501-SE', 'cisco-xr'],
    ['Cisco', '8201-32FH', 'cisco-xr'],
    ['Cisco', 'Meraki MS225-24P', 'unknown'],
    ['Juniper Networks', 'EX3300-48P', 'juniper'],
    ['Arista', 'DCS-7050TX-64', 'arista-eos'],
    ['Arista Networks', 'cEOS-lab', 'arista-ceos'],
    ['MikroTik', 'CRS326-24G-2S+RM', 'mikrotik'],
    ['Aruba', '6300M 48G', 'aruba-cx'],
    ['HPE', 'Aruba 6200F-24G-4SFP+', 'aruba-cx'],
    ['HPE', 'Alletra 6000', 'unknown'],
    ['HPE', 'Aruba 2930F-24G-4SFP+', 'procurve'],
    ['HPE', 'FlexNetwork 5130-24G-4SFP+ EI', 'hpe-comware'],
    ['Dell', 'PowerSwitch S5248F-ON', 'dell-os10'],
    ['Dell', 'PowerSwitch S4048-ON', 'dell-os9'],
    ['Dell', 'PowerEdge R640', 'linux'],
    ['Nokia', '7220 IXR-D2 25/100GE', 'nokia-sr-linux'],
    ['Docker', 'Container', 'container'],
    ['Generic', 'vrnetlab vr-vmx', 'container'],
    ['Raspberry Pi', '4 Model B', 'linux'],
    ['Ubiquiti', 'USW-24-POE', 'unknown'],
  ])('%s %s is %s', (manufacturer, model, platform) => {
    expect(platformOf(manufacturer, model)).toBe(platform)
  })
})

interface Form {
  name: string
  written: string
}

/** Of ones and twos where the table allows it, so that two names often have the same numbers. */
function fewNumbers(pattern: RegExp): fc.Arbitrary<string> {
  return fc.stringMatching(pattern, { maxLength: 24 }).map((number) => {
    const few = number.replace(/\d+/g, (digits) => String((Number(digits[0]) % 2) + 1))
    return pattern.test(few) ? few : number
  })
}

/** Every name that a table can make, with one of the ways in which people write it. */
function forms(rules: NamingRules): fc.Arbitrary<Form> {
  const kinds = rules.kinds.map((kind) =>
    fc
      .record({
        number: fc.oneof(fc.stringMatching(kind.number, { maxLength: 24 }), fewNumbers(kind.number)),
        spelling: fc.constantFrom(kind.word, ...kind.spellings),
        letters: rules.isCaseSensitive
          ? fc.constant('as-is' as const)
          : fc.constantFrom('as-is' as const, 'upper' as const, 'lower' as const),
        space: fc.constantFrom('', ' ', '  '),
      })
      .map(({ number, spelling, letters, space }) => {
        const shown = rules.numberLetters === 'upper' ? number.toUpperCase() : number
        const text = `${spelling}${number === '' ? '' : space}${number}`
        const written =
          letters === 'upper' ? text.toUpperCase() : letters === 'lower' ? text.toLowerCase() : text
        return { name: `${kind.word}${shown === '' ? '' : rules.joint}${shown}`, written: ` ${written}` }
      }),
  )
  return fc.oneof(...kinds)
}

function isPlatform(name: string): name is Platform {
  return name in namingRules
}

const tables = Object.keys(namingRules)
  .filter(isPlatform)
  .flatMap((platform) => {
    const rules: NamingRules | null = namingRules[platform]
    return rules ? [{ platform, rules }] : []
  })

describe.each(tables)('the table of $platform', ({ platform, rules }) => {
  const anyForm = forms(rules).filter(
    ({ written }) => !rules.renamed.some(([from]) => from.test(written.trim())),
  )

  test('brings every way of writing a name back to that name', () => {
    fc.assert(
      fc.property(anyForm, ({ name, written }) => {
        expect(canonicalName(platform, written)).toBe(name)
        expect(canonicalName(platform, name)).toBe(name)
      }),
      { numRuns: 1500 },
    )
  })

  test('folds no two different names together', () => {
    fc.assert(
      fc.property(anyForm, anyForm, (one, other) => {
        expect(sameInterface(platform, one.written, other.written)).toBe(one.name === other.name)
      }),
      { numRuns: 1500 },
    )
  })

  test('leaves a name alone once it is right, whatever was typed', () => {
    const nearly = fc.tuple(anyForm, fc.string({ maxLength: 3 })).map(([form, more]) => form.written + more)
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), nearly), (text) => {
        const name = canonicalName(platform, text)
        expect(canonicalName(platform, name)).toBe(name)
        expect(sameInterface(platform, text, name)).toBe(true)
      }),
      { numRuns: 1000 },
    )
  })

  test('has no spelling that two kinds of interface with the same numbers share', () => {
    const spelled = rules.kinds.flatMap((kind) =>
      [kind.word, ...kind.spellings].map(
        (spelling) => `${rules.isCaseSensitive ? spelling : spelling.toLowerCase()} ${kind.number.source}`,
      ),
    )
    expect(spelled.filter((one, at) => spelled.indexOf(one) !== at)).toEqual([])
  })
})
