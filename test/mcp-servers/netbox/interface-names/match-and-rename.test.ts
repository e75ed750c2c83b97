import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { canonicalName } from '../../../../mcp-servers/netbox/interface-names/interface-name.ts'
import { matchInterface } from '../../../../mcp-servers/netbox/interface-names/match-interface.ts'
import { type HeldInterface, planRename } from '../../../../mcp-servers/netbox/interface-names/rename-plan.ts'

const named = (...names: string[]) => names.map((name, at) => ({ id: at + 1, name }))

describe('the interface that somebody means', () => {
  test.each([
    ['Gi1/0/1', named('Gi1/0/1', 'Gi1/0/2'), { kind: 'exact', row: { id: 1, name: 'Gi1/0/1' } }],
    ['gi 1/0/2', named('Gi1/0/1', 'Gi1/0/2'), { kind: 'same', row: { id: 2, name: 'Gi1/0/2' } }],
    ['Gi1/0/3', named('Gi1/0/1', 'Gi1/0/2'), { kind: 'none' }],
    ['Gi1/0/11', named('Gi1/0/1'), { kind: 'none' }],
    [
      'Gi1/0/1',
      named('Gi1/0/1', 'GigabitEthernet1/0/1'),
      { kind: 'ambiguous', rows: named('Gi1/0/1', 'GigabitEthernet1/0/1') },
    ],
  ])('as “%s” is found by what it is, not by its letters', (wanted, existing, found) => {
    expect(matchInterface('cisco-ios', wanted, existing)).toEqual(found)
  })

  test('on an unknown platform is the one with the very letters, if there are two that differ in case', () => {
    const existing = named('LAN', 'lan')
    expect(matchInterface('unknown', 'lan', existing)).toEqual({ kind: 'exact', row: { id: 2, name: 'lan' } })
    expect(matchInterface('unknown', 'Lan', existing)).toMatchObject({ kind: 'ambiguous' })
  })
})

const address = (id: number) => ({ endpoint: 'ipam/ip-addresses' as const, id, text: `192.0.2.${id}/24` })

function held(id: number, name: string, facts: Partial<HeldInterface> = {}): HeldInterface {
  const bare = { hasCable: false, addresses: [], primaryMacId: null, otherUses: [], lastUpdated: null }
  return { id, name, ...bare, ...facts }
}

describe('renaming the interfaces of a device', () => {
  test('gives each the name that the platform writes, and leaves the right ones and strangers alone', () => {
    const existing = [held(1, 'Gi1/0/1'), held(2, 'GigabitEthernet1/0/2'), held(3, 'label-mac')]
    expect(planRename('cisco-ios', existing)).toEqual({
      ports: [{ stays: existing[0], name: 'GigabitEthernet1/0/1', doubles: [] }],
      blocked: [],
    })
  })

  test('first makes doubles one: the cabled one stays, whatever the other has', () => {
    const existing = [
      held(1, 'GigabitEthernet1/0/1', { addresses: [address(7)] }),
      held(2, 'Gi1/0/1', { hasCable: true }),
    ]
    expect(planRename('cisco-ios', existing)).toEqual({
      ports: [{ stays: existing[1], name: 'GigabitEthernet1/0/1', doubles: [existing[0]] }],
      blocked: [],
    })
  })

  test('keeps the one with the right name when nothing else tells two apart', () => {
    const existing = [held(1, 'Et1'), held(2, 'Ethernet1')]
    expect(planRename('arista-eos', existing).ports).toEqual([
      { stays: existing[1], name: 'Ethernet1', doubles: [existing[0]] },
    ])
  })

  test('leaves two cabled doubles to a person, and says what to do', () => {
    const existing = [held(1, 'Et1', { hasCable: true }), held(2, 'Ethernet1', { hasCable: true })]
    expect(planRename('arista-eos', existing)).toEqual({
      ports: [],
      blocked: [
        {
          names: ['Et1', 'Ethernet1'],
          why: '“Ethernet1” and “Et1” are the same interface, and each has a cable. Remove the wrong cable in NetBox, then look again.',
        },
      ],
    })
  })

  test('deletes nothing that holds what HWLab cannot move', () => {
    const existing = [held(1, 'Et1', { hasCable: true }), held(2, 'Ethernet1', { otherUses: ['VLAN 20'] })]
    const plan = planRename('arista-eos', existing)
    expect(plan.ports).toEqual([])
    expect(plan.blocked[0]?.why).toContain('“Ethernet1” has what HWLab cannot move: VLAN 20.')
  })

  const anyHeld = fc
    .array(
      fc.record({
        name: fc.constantFrom('Gi1/0/1', 'gi 1/0/1', 'GigabitEthernet1/0/1', 'Gi1/0/2', 'Te1/0/1', 'uplink'),
        hasCable: fc.boolean(),
        otherUses: fc.constantFrom([], ['VLAN 20']),
        addresses: fc.nat({ max: 2 }),
      }),
      { maxLength: 7 },
    )
    .map((rows) =>
      rows.map(({ name, hasCable, otherUses, addresses }, at) =>
        held(at + 1, name, {
          ...{ hasCable, otherUses },
          addresses: Array.from({ length: addresses }, (_, index) => address((at + 1) * 10 + index)),
        }),
      ),
    )

  test('never deletes a cable or a VLAN, and never leaves one name twice', () => {
    fc.assert(
      fc.property(anyHeld, (existing) => {
        const { ports, blocked } = planRename('cisco-ios', existing)
        const doubles = ports.flatMap((port) => port.doubles)
        for (const double of doubles) expect(double).toMatchObject({ hasCable: false, otherUses: [] })
        const names = new Map(ports.map(({ stays, name }) => [stays.id, name]))
        const untouched = new Set(blocked.flatMap((group) => group.names))
        const left = existing
          .filter((row) => !doubles.includes(row))
          .map(({ id, name }) => names.get(id) ?? name)
          .filter((name) => !untouched.has(name))
        expect(left).toEqual([...new Set(left)])
        for (const name of left) expect(canonicalName('cisco-ios', name)).toBe(name)
      }),
      { numRuns: 500 },
    )
  })
})
