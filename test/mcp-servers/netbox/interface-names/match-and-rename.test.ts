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

function held(id: number, name: string, facts: Partial<HeldInterface> = {}): HeldInterface {
  return { id, name, hasCable: false, ipAddressIds: [], macAddressIds: [], otherUses: [], ...facts }
}

describe('renaming the interfaces of a device', () => {
  test('gives each the name that the platform writes, and leaves the right ones and strangers alone', () => {
    const existing = [held(1, 'Gi1/0/1'), held(2, 'GigabitEthernet1/0/2'), held(3, 'label-mac')]
    expect(planRename('cisco-ios', existing)).toEqual({
      steps: [{ kind: 'rename', interfaceId: 1, from: 'Gi1/0/1', to: 'GigabitEthernet1/0/1' }],
      blocked: [],
    })
  })

  test('first makes doubles one: the cabled one stays and gets the addresses of the other', () => {
    const existing = [
      held(1, 'GigabitEthernet1/0/1', { ipAddressIds: [7], macAddressIds: [8] }),
      held(2, 'Gi1/0/1', { hasCable: true }),
    ]
    const move = { kind: 'move', fromInterface: 1, toInterface: 2 }
    expect(planRename('cisco-ios', existing)).toEqual({
      steps: [
        { ...move, endpoint: 'ipam/ip-addresses', id: 7 },
        { ...move, endpoint: 'dcim/mac-addresses', id: 8 },
        { kind: 'delete', interfaceId: 1, name: 'GigabitEthernet1/0/1' },
        { kind: 'rename', interfaceId: 2, from: 'Gi1/0/1', to: 'GigabitEthernet1/0/1' },
      ],
      blocked: [],
    })
  })

  test('keeps the one with the right name when nothing else tells two apart', () => {
    const plan = planRename('arista-eos', [held(1, 'Et1'), held(2, 'Ethernet1')])
    expect(plan.steps).toEqual([{ kind: 'delete', interfaceId: 1, name: 'Et1' }])
  })

  test('leaves two cabled doubles to a person, and says what to do', () => {
    const existing = [held(1, 'Et1', { hasCable: true }), held(2, 'Ethernet1', { hasCable: true })]
    expect(planRename('arista-eos', existing)).toEqual({
      steps: [],
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
    expect(plan.steps).toEqual([])
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
          ipAddressIds: Array.from({ length: addresses }, (_, index) => (at + 1) * 10 + index),
        }),
      ),
    )

  test('never deletes a cable, an address or a VLAN, and never leaves one name twice', () => {
    fc.assert(
      fc.property(anyHeld, (existing) => {
        const { steps, blocked } = planRename('cisco-ios', existing)
        const rows = new Map(existing.map((row) => [row.id, { ...row, ipAddressIds: [...row.ipAddressIds] }]))
        for (const step of steps) {
          if (step.kind === 'move') {
            const from = rows.get(step.fromInterface)
            if (from) from.ipAddressIds = from.ipAddressIds.filter((id) => id !== step.id)
            rows.get(step.toInterface)?.ipAddressIds.push(step.id)
          } else if (step.kind === 'delete') {
            expect(rows.get(step.interfaceId)).toMatchObject({
              hasCable: false,
              ipAddressIds: [],
              otherUses: [],
            })
            rows.delete(step.interfaceId)
          } else {
            const row = rows.get(step.interfaceId)
            expect([...rows.values()].map(({ name }) => name)).not.toContain(step.to)
            if (row) row.name = step.to
          }
        }
        const left = [...rows.values()].flatMap((row) => row.ipAddressIds).toSorted()
        expect(left).toEqual(existing.flatMap((row) => row.ipAddressIds).toSorted())
        const untouched = new Set(blocked.flatMap(({ names }) => names))
        const settled = [...rows.values()].filter((row) => !untouched.has(row.name)).map(({ name }) => name)
        expect(settled).toEqual([...new Set(settled)])
        for (const name of settled) expect(canonicalName('cisco-ios', name)).toBe(name)
      }),
      { numRuns: 500 },
    )
  })
})
