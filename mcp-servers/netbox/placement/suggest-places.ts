import { countText } from '../count-text.ts'
import { gates, type Verdict } from './gates.ts'
import { type Face, freeSlot } from './rack-space.ts'
import type { LocationSeen, RackSeen, Thing, World } from './world.ts'

interface PlaceWords {
  name: string
  where: string
  isPreferred: boolean
  /** Why here, best first. */
  reasons: string[]
  /** What could not be checked. */
  unknown: string[]
}

export type Place = PlaceWords &
  ({ kind: 'rack'; rackId: number; unit: number; face: Face } | { kind: 'location'; locationId: number })

export interface Suggestion {
  /** Best first; the same facts always give the same order. */
  places: Place[]
  /** Where it does not fit; a preferred place first. */
  passedOver: { name: string; isPreferred: boolean; why: string }[]
}

/** Pure. `near`: a rack or location that a person would like; it never makes room. */
export function suggestPlaces(thing: Thing, world: World, near: string | null): Suggestion {
  return thing.heightUnits > 0 && world.racks.length > 0
    ? inRacks(thing, world.racks, near)
    : onShelves(thing, world.locations, near)
}

interface Judged {
  rack: RackSeen
  verdicts: Verdict[]
}

function inRacks(thing: Thing, racks: readonly RackSeen[], near: string | null): Suggestion {
  const judged = racks.map((rack) => ({ rack, verdicts: gates.map((gate) => gate(thing, rack)) }))
  const found = judged.flatMap((one) => {
    const slot = one.verdicts.some(({ kind }) => kind === 'full') ? null : freeSlot(one.rack, thing)
    return slot
      ? [{ slot, same: sameRole(one.rack.roles, thing), place: placeIn(one, thing, slot, near) }]
      : []
  })
  const ordered = found.toSorted(
    (a, b) =>
      Number(b.place.isPreferred) - Number(a.place.isPreferred) ||
      a.place.unknown.length - b.place.unknown.length ||
      b.same - a.same ||
      a.slot.gapUnits - b.slot.gapUnits ||
      byName(a.place, b.place) ||
      a.place.rackId - b.place.rackId,
  )
  const passedOver = judged
    .map(({ rack, verdicts }) => ({
      name: rack.name,
      isPreferred: isNear(near, rack),
      why: verdicts.flatMap((verdict) => (verdict.kind === 'full' ? [verdict.why] : [])).join(', '),
    }))
    .filter(({ why }) => why !== '')
    .toSorted((a, b) => Number(b.isPreferred) - Number(a.isPreferred) || byName(a, b))
  return { places: ordered.map(({ place }) => place), passedOver }
}

function placeIn(
  { rack, verdicts }: Judged,
  thing: Thing,
  { unit, face }: { unit: number; face: Face },
  near: string | null,
): Place & { kind: 'rack' } {
  const isPreferred = isNear(near, rack)
  const same = sameRole(rack.roles, thing)
  const reasons = verdicts.flatMap((verdict) =>
    verdict.kind === 'fits' && verdict.words !== null ? [verdict.words] : [],
  )
  return {
    kind: 'rack',
    rackId: rack.id,
    name: rack.name,
    where: rack.location ?? rack.site,
    unit,
    face,
    isPreferred,
    reasons: [
      ...(isPreferred ? ['where you want it'] : []),
      ...(same > 0 ? [`${countText(same, 'like it is', 'like it are')} there`] : []),
      ...reasons,
    ],
    unknown: verdicts.flatMap((verdict) => (verdict.kind === 'unknown' ? [verdict.what] : [])),
  }
}

/** Loose parts go where things of their role lie already; a place without any is offered only when it is wanted. */
function onShelves(thing: Thing, locations: readonly LocationSeen[], near: string | null): Suggestion {
  const found = locations
    .map((location) => ({
      location,
      same: sameRole(location.roles, thing),
      isPreferred: isNear(near, location),
    }))
    .filter(({ same, isPreferred }) => same > 0 || isPreferred)
    .toSorted(
      (a, b) =>
        Number(b.isPreferred) - Number(a.isPreferred) ||
        b.same - a.same ||
        byName(a.location, b.location) ||
        a.location.id - b.location.id,
    )
  const places = found.map(
    ({ location, same, isPreferred }): Place => ({
      kind: 'location',
      locationId: location.id,
      name: location.name,
      where: location.site,
      isPreferred,
      reasons: [
        ...(isPreferred ? ['where you want it'] : []),
        ...(same > 0 ? [`${same} with the role ${thing.role} ${same === 1 ? 'lies' : 'lie'} there`] : []),
      ],
      unknown: ['how full it is is not recorded'],
    }),
  )
  return { places, passedOver: [] }
}

function sameRole(roles: readonly string[], { role }: Thing): number {
  const wanted = role?.toLowerCase()
  return roles.filter((other) => other.toLowerCase() === wanted).length
}

function isNear(near: string | null, place: { name: string; location?: string | null }): boolean {
  const wanted = near?.trim().toLowerCase() ?? ''
  return wanted !== '' && [place.name, place.location ?? ''].some((name) => name.toLowerCase() === wanted)
}

const natural = new Intl.Collator('en', { numeric: true })

function byName(a: { name: string }, b: { name: string }): number {
  return natural.compare(a.name, b.name)
}
