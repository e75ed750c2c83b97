import type { Endpoint } from '../client/endpoints.ts'
import type { Failure } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import { ensure, type Wanted } from './ensure.ts'
import { ensureCustomField } from './ensure-custom-field.ts'
import type { DesiredItem } from './item-intent.ts'

/** NetBox ids of what a device refers to. */
export interface References {
  deviceType: number
  role: number
  site: number
  /** null: none is wanted. */
  location: number | null
  tags: number[]
}

/** Of what model a thing is. */
export type TypeWanted = Pick<DesiredItem, 'manufacturer' | 'deviceType'>

type Found = { kind: 'have'; id: number } | Failure

/** Makes sure that everything a device refers to exists; each thing is asked for once, however many items need it. */
export function openReferences(rest: Rest) {
  let cache = new Map<string, Promise<Found>>()

  function once(key: string, find: () => Promise<Found>): Promise<Found> {
    const known = cache.get(key)
    if (known) return known
    const mine = cache
    const finding = find().then((found) => {
      if (found.kind === 'failed') mine.delete(key)
      return found
    })
    cache.set(key, finding)
    return finding
  }

  function bySlug<Name extends Endpoint>(
    wanted: Wanted<Name>,
    slug: string,
    signal: AbortSignal,
  ): Promise<Found> {
    return once(`${wanted.endpoint} ${slug}`, async () => {
      const found = await ensure(rest, wanted, signal)
      return found.kind === 'failed' ? found : { kind: 'have', id: found.row.id }
    })
  }

  async function deviceType(item: TypeWanted, signal: AbortSignal): Promise<Found> {
    const manufacturer = await bySlug(manufacturerWanted(item.manufacturer), item.manufacturer.slug, signal)
    if (manufacturer.kind === 'failed') return manufacturer
    const slug = `${manufacturer.id} ${item.deviceType.slug}`
    return bySlug(deviceTypeWanted(item, manufacturer.id), slug, signal)
  }

  /** Each level of the path below the one before; missing ones are added. null: the path is empty. */
  async function location(
    siteId: number,
    path: readonly string[],
    signal: AbortSignal,
  ): Promise<{ kind: 'have'; id: number | null } | Failure> {
    let parentId: number | null = null
    for (const name of path) {
      const wanted = locationWanted(name, siteId, parentId)
      const found: Found = await bySlug(wanted, `${siteId} ${parentId} ${name.toLowerCase()}`, signal)
      if (found.kind === 'failed') return found
      parentId = found.id
    }
    return { kind: 'have', id: parentId }
  }

  return {
    location,
    site: (site: Named, signal: AbortSignal) => bySlug(siteWanted(site), site.slug, signal),
    role: (role: Named, signal: AbortSignal) => bySlug(roleWanted(role), role.slug, signal),
    tag: (name: string, signal: AbortSignal) => bySlug(tagWanted(name), slugOf(name), signal),
    deviceType,
    async moduleType(type: TypeWanted, signal: AbortSignal): Promise<Found> {
      const manufacturer = await bySlug(manufacturerWanted(type.manufacturer), type.manufacturer.slug, signal)
      if (manufacturer.kind === 'failed') return manufacturer
      const key = `${manufacturer.id} ${type.deviceType.model}`
      return bySlug(moduleTypeWanted(type, manufacturer.id), key, signal)
    },
    customField: (name: string, objectType: string, signal: AbortSignal) =>
      once(`custom field ${name} ${objectType}`, () => ensureCustomField(rest, { name, objectType }, signal)),
    async of(
      item: DesiredItem,
      signal: AbortSignal,
    ): Promise<{ kind: 'have'; references: References } | Failure> {
      const fields = ['hwlab_id', ...Object.keys(item.customFields)]
      const [type, role, site, ...others] = await Promise.all([
        deviceType(item, signal),
        bySlug(roleWanted(item.role), item.role.slug, signal),
        bySlug(siteWanted(item.site), item.site.slug, signal),
        ...item.tags.map((name) => bySlug(tagWanted(name), slugOf(name), signal)),
        ...fields.map((name) =>
          once(`custom field ${name} dcim.device`, () =>
            ensureCustomField(rest, { name, objectType: 'dcim.device' }, signal),
          ),
        ),
      ])
      if (type.kind === 'failed') return type
      if (role.kind === 'failed') return role
      if (site.kind === 'failed') return site
      const place = await location(site.id, item.location ?? [], signal)
      if (place.kind === 'failed') return place
      const ids: number[] = []
      for (const other of others) {
        if (other.kind === 'failed') return other
        ids.push(other.id)
      }
      const tags = ids.slice(0, item.tags.length)
      const references = { deviceType: type.id, role: role.id, site: site.id, location: place.id, tags }
      return { kind: 'have', references }
    },
    /** Something was deleted in NetBox, or NetBox was away: ask anew. */
    forget(): void {
      cache = new Map()
    },
  }
}

export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '')
  return slug === '' ? `x-${Buffer.from(name).toString('hex').slice(0, 40)}` : slug.slice(0, 100)
}

interface Named {
  name: string
  slug: string
}

function same(row: Record<string, unknown>, named: Named): boolean {
  return row.slug === named.slug || String(row.name).toLowerCase() === named.name.toLowerCase()
}

function manufacturerWanted(manufacturer: Named): Wanted<'dcim/manufacturers'> {
  return {
    endpoint: 'dcim/manufacturers',
    words: `the manufacturer “${manufacturer.name}”`,
    find: [{ slug: manufacturer.slug }, { name: manufacturer.name }],
    isIt: (row) => same(row, manufacturer),
    create: { name: manufacturer.name, slug: manufacturer.slug },
    permission: 'dcim.add_manufacturer',
  }
}

function deviceTypeWanted(item: TypeWanted, manufacturerId: number): Wanted<'dcim/device-types'> {
  const { model, slug, partNumber, uHeight } = item.deviceType
  const isOfMaker = (row: Record<string, unknown>) => idIn(row.manufacturer) === manufacturerId
  return {
    endpoint: 'dcim/device-types',
    words: `the device type “${item.manufacturer.name} ${model}”`,
    find: [
      { manufacturer_id: manufacturerId, slug },
      { manufacturer_id: manufacturerId, model },
    ],
    isIt: (row) => isOfMaker(row) && (row.slug === slug || row.model === model),
    create: { manufacturer: manufacturerId, model, slug, part_number: partNumber ?? '', u_height: uHeight },
    permission: 'dcim.add_devicetype',
  }
}

function moduleTypeWanted(item: TypeWanted, manufacturerId: number): Wanted<'dcim/module-types'> {
  const { model, partNumber } = item.deviceType
  return {
    endpoint: 'dcim/module-types',
    words: `the module type “${item.manufacturer.name} ${model}”`,
    find: [{ manufacturer_id: manufacturerId, model }],
    isIt: (row) => idIn(row.manufacturer) === manufacturerId && row.model === model,
    create: { manufacturer: manufacturerId, model, part_number: partNumber ?? '' },
    permission: 'dcim.add_moduletype',
  }
}

function locationWanted(name: string, site: number, parent: number | null): Wanted<'dcim/locations'> {
  const slug = slugOf(name)
  const under = { site_id: site, ...(parent === null ? {} : { parent_id: parent }) }
  return {
    endpoint: 'dcim/locations',
    words: `the location “${name}”`,
    find: [
      { ...under, slug },
      { ...under, name },
    ],
    isIt: (row) =>
      same(row, { name, slug }) && idIn(row.site) === site && (idIn(row.parent) ?? null) === parent,
    create: { name, slug, site, parent, status: 'active' },
    permission: 'dcim.add_location',
  }
}

function idIn(reference: unknown): unknown {
  return typeof reference === 'object' && reference !== null && 'id' in reference ? reference.id : null
}

export function roleWanted(role: Named): Wanted<'dcim/device-roles'> {
  return {
    endpoint: 'dcim/device-roles',
    words: `the device role “${role.name}”`,
    find: [{ slug: role.slug }, { name: role.name }],
    isIt: (row) => same(row, role),
    create: { name: role.name, slug: role.slug, color: '9e9e9e', vm_role: false },
    permission: 'dcim.add_devicerole',
  }
}

export function siteWanted(site: Named): Wanted<'dcim/sites'> {
  return {
    endpoint: 'dcim/sites',
    words: `the site “${site.name}”`,
    find: [{ slug: site.slug }, { name: site.name }],
    isIt: (row) => same(row, site),
    create: { name: site.name, slug: site.slug, status: 'active' },
    permission: 'dcim.add_site',
  }
}

export function tagWanted(name: string): Wanted<'extras/tags'> {
  const slug = slugOf(name)
  return {
    endpoint: 'extras/tags',
    words: `the tag “${name}”`,
    find: [{ slug }, { name }],
    isIt: (row) => same(row, { name, slug }),
    create: { name, slug, color: '607d8b' },
    permission: 'extras.add_tag',
  }
}
