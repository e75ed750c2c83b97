import type { Endpoint, Filters } from '../client/endpoints.ts'
import type { Row } from '../client/rest.ts'
import type { Wanted } from '../outbox/ensure.ts'
import type { CarriedEndpoint, CarriedObject, RecordEndpoint } from './carried-record.ts'

/** Everything but a record itself: its own key tells more. */
type Keyed = Exclude<CarriedEndpoint, RecordEndpoint>

interface KeyRule {
  /** "the site". */
  what: string
  permission: string
  /** Fields that together name one object; tried in this order. */
  keys: readonly (readonly string[])[]
}

const onDevice = [['device', 'name']] as const

/** By what NetBox and people tell one object from another. */
const keyRules: Record<Keyed, KeyRule> = {
  'extras/tags': { what: 'the tag', permission: 'extras.add_tag', keys: [['slug'], ['name']] },
  'dcim/manufacturers': {
    what: 'the manufacturer',
    permission: 'dcim.add_manufacturer',
    keys: [['slug'], ['name']],
  },
  'dcim/device-roles': {
    what: 'the device role',
    permission: 'dcim.add_devicerole',
    keys: [['slug'], ['name']],
  },
  'dcim/sites': { what: 'the site', permission: 'dcim.add_site', keys: [['slug'], ['name']] },
  'dcim/locations': {
    what: 'the location',
    permission: 'dcim.add_location',
    keys: [
      ['site', 'parent', 'slug'],
      ['site', 'parent', 'name'],
    ],
  },
  'dcim/racks': { what: 'the rack', permission: 'dcim.add_rack', keys: [['site', 'location', 'name']] },
  'dcim/device-types': {
    what: 'the device type',
    permission: 'dcim.add_devicetype',
    keys: [
      ['manufacturer', 'slug'],
      ['manufacturer', 'model'],
    ],
  },
  'dcim/module-type-profiles': {
    what: 'the module type profile',
    permission: 'dcim.add_moduletypeprofile',
    keys: [['name']],
  },
  'dcim/module-types': {
    what: 'the module type',
    permission: 'dcim.add_moduletype',
    keys: [['manufacturer', 'model']],
  },
  'dcim/module-bays': { what: 'the module bay', permission: 'dcim.add_modulebay', keys: onDevice },
  'dcim/interfaces': { what: 'the interface', permission: 'dcim.add_interface', keys: onDevice },
  'dcim/console-ports': { what: 'the console port', permission: 'dcim.add_consoleport', keys: onDevice },
  'dcim/power-ports': { what: 'the power port', permission: 'dcim.add_powerport', keys: onDevice },
  'dcim/power-outlets': { what: 'the power outlet', permission: 'dcim.add_poweroutlet', keys: onDevice },
  'dcim/mac-addresses': {
    what: 'the MAC address',
    permission: 'dcim.add_macaddress',
    keys: [['assigned_object_id', 'mac_address']],
  },
}

const filterNames: Record<string, string> = {
  site: 'site_id',
  parent: 'parent_id',
  location: 'location_id',
  manufacturer: 'manufacturer_id',
  device: 'device_id',
  assigned_object_id: 'interface_id',
}

/** How it is found, and what is sent where it is missing. `body`: its fields, with NetBox's own ids. */
export function wantedOf(endpoint: Keyed, body: Record<string, unknown>): Wanted<Endpoint> {
  const rule = keyRules[endpoint]
  return {
    endpoint,
    words: `${rule.what} “${nameOf(body)}”`,
    find: rule.keys.map((key) => filtersOf(key, body)),
    isIt: (row) => rule.keys.some((key) => key.every((field) => isSame(row, field, body[field] ?? null))),
    create: body,
    permission: rule.permission,
  }
}

export function isKeyed(endpoint: CarriedEndpoint): endpoint is Keyed {
  return Object.hasOwn(keyRules, endpoint)
}

/** "the site “Homelab”". */
export function objectWords({ endpoint, fields }: CarriedObject): string {
  return isKeyed(endpoint) ? `${keyRules[endpoint].what} “${nameOf(fields)}”` : nameOf(fields)
}

function nameOf(fields: Record<string, unknown>): string {
  const { name, model, mac_address: mac, asset_tag: tag, label } = fields
  return String(name ?? model ?? mac ?? tag ?? label ?? '')
}

function filtersOf(key: readonly string[], body: Record<string, unknown>): Filters<Endpoint> {
  return Object.fromEntries(
    key.flatMap((field) => {
      const value = body[field]
      return typeof value === 'string' || typeof value === 'number'
        ? [[filterNames[field] ?? field, value]]
        : []
    }),
  )
}

function isSame(row: Row, field: string, wanted: unknown): boolean {
  const there = row[field] ?? null
  const value = typeof there === 'object' && there !== null && 'id' in there ? there.id : there
  if (typeof value === 'string' && typeof wanted === 'string')
    return value.toLowerCase() === wanted.toLowerCase()
  return value === wanted
}
