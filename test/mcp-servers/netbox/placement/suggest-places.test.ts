import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Mounted } from '../../../../mcp-servers/netbox/placement/rack-space.ts'
import { suggestPlaces } from '../../../../mcp-servers/netbox/placement/suggest-places.ts'
import type { Needs, RackSeen, Thing } from '../../../../mcp-servers/netbox/placement/world.ts'
import { anyFrame, everySlot, halves } from './every-slot.ts'

const modest: Needs = { watts: 200, outlets: 1, portTypes: ['1000base-t'], poe: null }

function server(facts: Partial<Thing> = {}): Thing {
  return { name: 'Dell R640', role: 'Server', heightUnits: 1, isFullDepth: true, needs: modest, ...facts }
}

const idle = { budgetWatts: null, ratedWatts: 0, unrated: 0 }
const copper = { type: '1000base-t', feedsPower: false }
const feeding = { type: '1000base-t', feedsPower: true }

function rack(facts: Partial<RackSeen> = {}): RackSeen {
  return {
    id: 1,
    name: 'Rack 1',
    site: 'Home',
    location: 'Cellar',
    status: 'active',
    firstUnit: 1,
    heightUnits: 12,
    mounted: [],
    reserved: [],
    roles: [],
    power: { limitWatts: 1840, ratedWatts: 0, unrated: 0 },
    outlets: { free: 4 },
    switches: [{ name: 'sw1', free: [copper], poe: idle }],
    ...facts,
  }
}

function mounted(position: number, facts: Partial<Mounted> = {}): Mounted {
  return { position, heightUnits: 1, isFullDepth: true, face: 'front', ...facts }
}

const inRacks = (thing: Thing, racks: RackSeen[], near: string | null = null) =>
  suggestPlaces(thing, { racks, locations: [] }, near)

describe('capacity', () => {
  test('whatever is recorded and wherever it is wanted, no place overfills', () => {
    const anyRack = fc.record({
      frame: anyFrame,
      limitWatts: fc.option(fc.integer({ min: 0, max: 1000 })),
      ratedWatts: fc.integer({ min: 0, max: 1000 }),
      unrated: fc.integer({ min: 0, max: 2 }),
      outlets: fc.option(fc.record({ free: fc.integer({ min: 0, max: 3 }) })),
      free: fc.array(fc.constantFrom(copper, feeding, { type: '10gbase-x-sfpp', feedsPower: false }), {
        maxLength: 3,
      }),
      budgetWatts: fc.option(fc.integer({ min: 0, max: 60 })),
      usedWatts: fc.integer({ min: 0, max: 60 }),
    })
    const anyNeeds = fc.record({
      watts: fc.option(fc.integer({ min: 0, max: 600 })),
      outlets: fc.option(fc.integer({ min: 0, max: 2 })),
      portTypes: fc.option(fc.constantFrom(['1000base-t'], ['10gbase-x-sfpp'], [])),
      poe: fc.option(fc.record({ watts: fc.option(fc.constantFrom(15.4, 30)) })),
    })
    fc.assert(
      fc.property(fc.array(anyRack, { maxLength: 4 }), anyNeeds, halves(3), (facts, needs, heightUnits) => {
        const racks = facts.map(({ frame, limitWatts, ratedWatts, unrated, outlets, ...more }, at) =>
          rack({
            ...frame,
            id: at,
            name: `Rack ${at}`,
            power: { limitWatts, ratedWatts, unrated },
            outlets,
            switches: [
              {
                name: 'sw',
                free: more.free,
                poe: { budgetWatts: more.budgetWatts, ratedWatts: more.usedWatts, unrated: 0 },
              },
            ],
          }),
        )
        const thing = server({ heightUnits, needs })
        const { places, passedOver } = inRacks(thing, racks, 'Rack 2')
        expect(places.length + passedOver.length).toBe(racks.length)
        for (const place of places) {
          const at = racks.find(({ name }) => name === place.name)
          if (!at || place.kind !== 'rack') throw new Error('a place that is none of the racks')
          expect(everySlot(at, thing)).toContain(`${place.unit} ${place.face}`)
          if (needs.watts !== 0 && at.power.limitWatts !== null)
            expect(at.power.ratedWatts + (needs.watts ?? 0)).toBeLessThanOrEqual(at.power.limitWatts)
          if (needs.outlets !== 0 && at.outlets)
            expect(at.outlets.free).toBeGreaterThanOrEqual(needs.outlets ?? 1)
          const [sw] = at.switches
          const own: readonly string[] = needs.portTypes ?? []
          const right = sw?.free.filter(({ type }) => own.includes(type)) ?? []
          if (needs.portTypes !== null && needs.portTypes.length > 0) expect(right).not.toEqual([])
          if (needs.poe && needs.portTypes !== null) {
            expect(right.filter(({ feedsPower }) => feedsPower)).not.toEqual([])
            if (sw && sw.poe.budgetWatts !== null)
              expect(sw.poe.ratedWatts + (needs.poe.watts ?? 0)).toBeLessThanOrEqual(sw.poe.budgetWatts)
          }
        }
      }),
      { numRuns: 1000 },
    )
  })

  test('a place says what it has room for', () => {
    expect(inRacks(server(), [rack({ mounted: [mounted(1)], roles: ['server'] })]).places).toEqual([
      {
        kind: 'rack',
        rackId: 1,
        name: 'Rack 1',
        where: 'Cellar',
        unit: 2,
        face: 'front',
        isPreferred: false,
        reasons: [
          '1 like it is there',
          '11 of 12 units free',
          'power 200 of 1,840 W rated',
          '4 free outlets',
          '1 free switch port',
        ],
        unknown: [],
      },
    ])
  })

  test.each<[string, Partial<RackSeen>]>([
    ['no free unit', { reserved: Array.from({ length: 12 }, (_, at) => at + 1) }],
    ['power would be 1,900 of 1,840 W rated', { power: { limitWatts: 1840, ratedWatts: 1700, unrated: 0 } }],
    ['power would be 1,900 of 1,840 W rated', { power: { limitWatts: 1840, ratedWatts: 1700, unrated: 3 } }],
    ['0 free outlets', { outlets: { free: 0 } }],
    [
      'no free switch port for 1000base-t',
      { switches: [{ name: 'sw1', free: [{ type: '10gbase-x-sfpp', feedsPower: false }], poe: idle }] },
    ],
    ['the rack is reserved', { status: 'reserved' }],
  ])('“%s” keeps it out, even of the place that is wanted', (why, facts) => {
    const other = rack({ id: 2, name: 'Rack 2' })
    const { places, passedOver } = inRacks(server(), [rack(facts), other], 'rack 1')
    expect(places.map(({ name }) => name)).toEqual(['Rack 2'])
    expect(passedOver).toEqual([{ name: 'Rack 1', isPreferred: true, why }])
  })

  test('what is not recorded is said, not taken for room', () => {
    const bare = rack({
      power: { limitWatts: 1840, ratedWatts: 100, unrated: 3 },
      outlets: null,
      switches: [],
    })
    expect(inRacks(server(), [bare]).places[0]?.unknown).toEqual([
      'no power rating is known for 3 devices in it, so power is not checked',
      'no outlets are recorded',
      'no switch ports are recorded',
    ])
    const needs = { watts: null, outlets: null, portTypes: null, poe: null }
    expect(inRacks(server({ needs }), [rack()]).places[0]?.unknown).toEqual([
      'its own power rating is not known, so power is not checked',
      'how many outlets it needs is not known; 4 are free',
      'which ports it has is not known, so switch ports are not checked',
    ])
  })

  test('an access point needs a port that feeds it, and budget at the same switch', () => {
    const needs: Needs = { watts: 0, outlets: 0, portTypes: ['2.5gbase-t'], poe: { watts: 30 } }
    const point = server({ needs })
    const full = { name: 'sw1', free: [feeding], poe: { budgetWatts: 45, ratedWatts: 30, unrated: 0 } }
    const plain = { name: 'sw2', free: [copper], poe: { budgetWatts: 400, ratedWatts: 0, unrated: 0 } }
    expect(inRacks(point, [rack({ switches: [full, plain] })])).toMatchObject({
      places: [],
      passedOver: [{ why: 'PoE of sw1 60 of 45 W rated' }],
    })
    const fresh = { ...full, poe: { ...full.poe, ratedWatts: 0 } }
    expect(inRacks(point, [rack({ switches: [plain, fresh] })]).places[0]?.reasons).toContain(
      'PoE of sw1 30 of 45 W',
    )
  })
})

describe('preferences', () => {
  test('the wanted place comes first, then what is known best, then company, then the tightest gap', () => {
    const racks = [
      rack({ id: 1, name: 'Rack 10' }),
      rack({ id: 2, name: 'Rack 2', heightUnits: 6 }),
      rack({ id: 3, name: 'Rack 3', roles: ['Server', 'Server'] }),
      rack({ id: 4, name: 'Rack 4', outlets: null }),
      rack({ id: 5, name: 'Rack 5', location: 'Attic' }),
    ]
    const names = (near: string | null) => inRacks(server(), racks, near).places.map(({ name }) => name)
    expect(names('attic')).toEqual(['Rack 5', 'Rack 3', 'Rack 2', 'Rack 10', 'Rack 4'])
    expect(names(null)).toEqual(['Rack 3', 'Rack 2', 'Rack 5', 'Rack 10', 'Rack 4'])
  })

  test('the order does not depend on the order of the facts', () => {
    const racks = Array.from({ length: 6 }, (_, at) => rack({ id: at, name: at % 2 ? 'Rack' : `Rack ${at}` }))
    const wanted = inRacks(server(), racks).places
    fc.assert(
      fc.property(fc.shuffledSubarray(racks, { minLength: racks.length }), (shuffled) => {
        expect(inRacks(server(), shuffled).places).toEqual(wanted)
      }),
    )
  })
})

describe('loose parts', () => {
  const disk = server({ name: 'WD Red 4 TB', role: 'Hard disk', heightUnits: 0 })
  const locations = [
    { id: 1, name: 'Shelf 10', site: 'Home', roles: ['Hard disk'] },
    { id: 2, name: 'Shelf 2', site: 'Home', roles: ['hard disk', 'Memory'] },
    { id: 3, name: 'Drawer', site: 'Home', roles: ['Hard disk', 'Hard disk'] },
    { id: 4, name: 'Attic', site: 'Home', roles: ['Memory'] },
  ]

  test('go where most of their role lie already', () => {
    const { places } = suggestPlaces(disk, { racks: [rack()], locations }, null)
    expect(places.map(({ name }) => name)).toEqual(['Drawer', 'Shelf 2', 'Shelf 10'])
    expect(places[0]).toMatchObject({
      kind: 'location',
      reasons: ['2 with the role Hard disk lie there'],
      unknown: ['how full it is is not recorded'],
    })
  })

  test('go where they are wanted, also where none lies yet', () => {
    const { places } = suggestPlaces(disk, { racks: [], locations }, 'attic')
    expect(places[0]).toMatchObject({ name: 'Attic', isPreferred: true, reasons: ['where you want it'] })
  })
})
