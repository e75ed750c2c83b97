import { holds, parseAddress, parseBlock } from '../ip-plan/ip-block.ts'
import { cableAt } from './cable-ends.ts'
import { hostOf } from './object-keys.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

type Test = (store: ObjectStore, object: StoredObject, value: string) => boolean

/** Filters that no index answers; each by what NetBox's filter sets make of it. */
export const computedFilters: Record<string, Test> = {
  last_updated__gte: (_store, object, value) => micros(object.lastUpdated) >= micros(value),
  time_after: (_store, object, value) => micros(String(object.body.time)) >= micros(value),
  time_before: (_store, object, value) => micros(String(object.body.time)) <= micros(value),
  cabled: (store, port, value) => (cableAt(store, port) !== null) === isTrue(value),
  occupied: (store, port, value) =>
    (cableAt(store, port) !== null || port.body.mark_connected === true) === isTrue(value),
  cable_id: (store, port, value) => cableAt(store, port)?.cable.id === Number(value),
  has_primary_ip: (_store, { body }, value) =>
    ((body.primary_ip4 ?? body.primary_ip6 ?? null) !== null) === isTrue(value),
  is_assigned: (_store, { body }, value) => ((body.device ?? body.module ?? null) !== null) === isTrue(value),
  // A location takes what is below it along.
  location_id: (store, { body }, value) => liesBelow(store, body.location, Number(value)),
  storage_location_id: (store, { body }, value) => liesBelow(store, body.storage_location, Number(value)),
  prefix: (_store, { body }, value) => sameBlock(body.prefix, value),
  within: (_store, { body }, value) => isInside(body.prefix, value) && !sameBlock(body.prefix, value),
  within_include: (_store, { body }, value) => isInside(body.prefix, value),
  contains: (_store, { body }, value) => isInside(value, body.prefix),
  // The address itself, however long its network is.
  parent: (_store, { body }, value) => isInside(hostOf(body.address), value),
  address: (_store, { body }, value) => {
    const [wanted, kept] = [parseAddress(value), parseAddress(String(body.address))]
    if (wanted?.value !== kept?.value || wanted?.family !== kept?.family) return false
    return !value.includes('/') || wanted?.length === kept?.length
  },
  vrf_id: (_store, _object, value) => value === 'null',
}

function isTrue(value: string): boolean {
  return value.toLowerCase() === 'true' || value === '1'
}

/** ISO 8601 with or without microseconds, with `Z` or an offset. */
function micros(text: string): number {
  const fraction = /\.(\d+)/.exec(text)?.[1] ?? ''
  return Date.parse(text.replace(/\.\d+/, '')) * 1000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

function liesBelow(store: ObjectStore, location: unknown, wanted: number): boolean {
  for (let at = location, depth = 0; typeof at === 'number' && depth < 100; depth += 1) {
    if (at === wanted) return true
    at = store.get('dcim/locations', at)?.body.parent
  }
  return false
}

function isInside(inner: unknown, outer: unknown): boolean {
  const [small, large] = [parseBlock(withLength(String(inner))), parseBlock(String(outer))]
  return small !== null && large !== null && small.length >= large.length && holds(large, small)
}

function withLength(text: string): string {
  return text.includes('/') ? text : `${text}/${text.includes(':') ? 128 : 32}`
}

function sameBlock(a: unknown, b: string): boolean {
  const [one, other] = [parseBlock(String(a)), parseBlock(b)]
  return (
    one !== null &&
    other !== null &&
    one.first === other.first &&
    one.length === other.length &&
    one.family === other.family
  )
}
