import { describe, expect, test } from 'vitest'
import type { LabRows } from '../../../../mcp-servers/netbox/placement/read-lab.ts'
import { needsOf, worldOfRows } from '../../../../mcp-servers/netbox/placement/world-of-rows.ts'

const nothing: LabRows = {
  racks: [
    {
      id: 1,
      name: 'Rack 1',
      site: { id: 1, name: 'Home' },
      location: { id: 5, name: 'Cellar' },
      status: 'active',
      u_height: 12,
      starting_unit: 1,
    },
  ],
  reservations: [],
  locations: [{ id: 5, name: 'Cellar', site: { id: 1, name: 'Home' } }],
  types: [{ id: 1, model: 'R640', u_height: 1, is_full_depth: true }],
  devices: [],
  feeds: [],
  powerPorts: [],
  outlets: [],
  interfaces: [],
}

function device(id: number, role: string, facts: Partial<LabRows['devices'][number]> = {}) {
  return {
    id,
    display: `${role} ${id}`,
    role: { id: 1, name: role },
    device_type: { id: 1 },
    rack: { id: 1 },
    location: { id: 5 },
    position: id,
    face: 'front',
    custom_fields: {},
    ...facts,
  }
}

function feed(facts: Partial<LabRows['feeds'][number]> = {}) {
  const plain = { status: 'active', type: 'primary', phase: 'single-phase', voltage: 230, amperage: 16 }
  return { rack: { id: 1 }, max_utilization: 80, ...plain, ...facts }
}

function port(id: number, deviceId: number, facts: Partial<LabRows['interfaces'][number]> = {}) {
  return {
    id,
    device: { id: deviceId },
    type: '1000base-t',
    enabled: true,
    mgmt_only: false,
    link_peers: [],
    _occupied: false,
    ...facts,
  }
}

function rackOf(rows: Partial<LabRows>, movedId: number | null = null) {
  const [rack] = worldOfRows({ ...nothing, ...rows }, movedId).racks
  if (!rack) throw new Error('the rack is gone')
  return rack
}

const draws = (id: number, ...watts: (number | null)[]) =>
  watts.map((maximum_draw) => ({ device: { id }, maximum_draw }))

describe('power', () => {
  test('a feed gives what NetBox says it may: voltage × amperage × utilisation', () => {
    expect(rackOf({ feeds: [feed()] }).power.limitWatts).toBe(2944)
    expect(rackOf({ feeds: [feed({ phase: 'three-phase' })] }).power.limitWatts).toBe(5099)
    expect(rackOf({}).power.limitWatts).toBeNull()
  })

  test('a redundant feed is no more power, and one that is off is none', () => {
    const feeds = [feed(), feed({ type: 'redundant' }), feed({ status: 'offline' })]
    expect(rackOf({ feeds }).power.limitWatts).toBe(2944)
  })

  test('what draws is summed by its rated maximum; what is not rated is counted; a patch panel draws nothing', () => {
    const devices = [device(1, 'Server'), device(2, 'Server'), device(3, 'NAS'), device(4, 'Patch panel')]
    const powerPorts = [...draws(1, 500, 500), ...draws(2, 300, null)]
    expect(rackOf({ devices, powerPorts }).power).toMatchObject({ ratedWatts: 1300, unrated: 2 })
  })

  test('a PDU is not a load of its own, and its free outlets are counted', () => {
    const devices = [device(1, 'Server'), device(2, 'PDU', { position: null })]
    const outlets = [true, false, false].map((_occupied) => ({ device: { id: 2 }, _occupied }))
    const rack = rackOf({ devices, outlets, powerPorts: [...draws(1, 500), ...draws(2, 3680)] })
    expect(rack.power).toMatchObject({ ratedWatts: 500, unrated: 0 })
    expect(rack.outlets).toEqual({ free: 2 })
    expect(rackOf({ devices }).outlets).toBeNull()
  })
})

test('a thing that is moved does not stand in its own way', () => {
  const rows = { devices: [device(1, 'Server'), device(2, 'Server')], powerPorts: draws(1, 500) }
  expect(rackOf(rows)).toMatchObject({ roles: ['Server', 'Server'], power: { ratedWatts: 500 } })
  const rack = rackOf(rows, 1)
  expect(rack.mounted).toEqual([{ position: 2, heightUnits: 1, isFullDepth: true, face: 'front' }])
  expect(rack.power.ratedWatts).toBe(0)
})

test('reserved units of this rack only are kept', () => {
  const reservations = [
    { rack: { id: 1 }, units: [3, 4] },
    { rack: { id: 2 }, units: [9] },
  ]
  expect(rackOf({ reservations }).reserved).toEqual([3, 4])
})

describe('switch ports', () => {
  const spec = { custom_fields: { hwlab_spec: '16 × 1G, 8 PoE+, 45 W' } }

  test('free ones are those without a cable, enabled, and not for management', () => {
    const devices = [device(1, 'Switch', spec)]
    const interfaces = [
      port(1, 1),
      port(2, 1, { _occupied: true }),
      port(3, 1, { enabled: false }),
      port(4, 1, { mgmt_only: true }),
      port(5, 1, { type: 'virtual' }),
      port(6, 1, { type: '10gbase-x-sfpp', poe_mode: 'pse' }),
    ]
    expect(rackOf({ devices, interfaces }).switches).toEqual([
      {
        name: 'Switch 1',
        free: [
          { type: '1000base-t', feedsPower: false },
          { type: '10gbase-x-sfpp', feedsPower: true },
        ],
        poe: { budgetWatts: 45, ratedWatts: 0, unrated: 0 },
      },
    ])
  })

  test('PoE is summed by the class of what hangs on it', () => {
    const devices = [device(1, 'Switch', spec), device(2, 'Access point'), device(3, 'Camera')]
    const fed = { poe_mode: 'pse', _occupied: true }
    const interfaces = [
      port(1, 1, { ...fed, link_peers: [{ id: 11 }] }),
      port(2, 1, { ...fed, link_peers: [{ id: 12 }] }),
      port(3, 1, { ...fed, link_peers: [{ id: 13 }] }),
      port(11, 2, { poe_mode: 'pd', poe_type: 'type2-ieee802.3at' }),
      port(12, 3, { poe_mode: 'pd', poe_type: null }),
      port(13, 3),
    ]
    expect(rackOf({ devices, interfaces }).switches[0]?.poe).toEqual({
      budgetWatts: 45,
      ratedWatts: 30,
      unrated: 1,
    })
  })

  test('a rack without a switch uses those of its location', () => {
    const devices = [device(1, 'Switch', { rack: null, position: null })]
    expect(rackOf({ devices, interfaces: [port(1, 1)] }).switches).toHaveLength(1)
  })
})

describe('what a thing needs', () => {
  const rows: LabRows = {
    ...nothing,
    devices: [device(1, 'Server'), device(2, 'Server')],
    powerPorts: draws(2, 500, 400),
    interfaces: [port(1, 2), port(2, 2), port(3, 2, { type: 'virtual' })],
  }

  test('is read from its own record, or from another one of its model', () => {
    const needs = { watts: 900, outlets: 2, portTypes: ['1000base-t'], poe: null }
    expect(needsOf(rows, { deviceId: 2, model: 'R640' })).toEqual(needs)
    expect(needsOf(rows, { deviceId: 1, model: 'R640' })).toEqual(needs)
    expect(needsOf(rows, { deviceId: null, model: 'r640' })).toEqual(needs)
  })

  test('is unknown where nothing is recorded', () => {
    const unknown = { watts: null, outlets: null, portTypes: null, poe: null }
    expect(needsOf(rows, { deviceId: null, model: 'R740' })).toEqual(unknown)
  })

  test('over Ethernet is no outlet', () => {
    const interfaces = [port(1, 1, { poe_mode: 'pd', poe_type: 'type1-ieee802.3af' })]
    expect(needsOf({ ...rows, powerPorts: [], interfaces }, { deviceId: 1, model: 'R640' })).toEqual({
      watts: 0,
      outlets: 0,
      portTypes: ['1000base-t'],
      poe: { watts: 15.4 },
    })
  })
})

test('what lies on a shelf is known by its role; what stands in a rack there does not count', () => {
  const devices = [device(1, 'Server'), device(2, 'Hard disk', { rack: null, position: null })]
  expect(worldOfRows({ ...nothing, devices }, null).locations).toEqual([
    { id: 5, name: 'Cellar', site: 'Home', roles: ['Hard disk'] },
  ])
})
