import type { Endpoint } from '../client/endpoints.ts'
import { endKey, endsOf, objectAt, sides } from './cable-ends.ts'
import { customFieldsOf } from './custom-field-values.ts'
import { models } from './models.ts'
import type { Keys, ObjectStore } from './object-store.ts'

/** What an object is found by and what it occupies, from its stored attributes. */
export function objectKeys(store: ObjectStore, model: Endpoint, body: Record<string, unknown>): Keys {
  const { fields, searched } = models[model]
  const lookups: Keys['lookups'] = []
  const occupied: Keys['unique'] = []
  for (const [field, rule] of Object.entries(fields)) {
    const value = body[field]
    if (value === null || value === undefined || value === '') continue
    if (rule.kind === 'reference') lookups.push({ field: `${field}_id`, value: String(value) })
    else if (rule.kind === 'cidr' && rule.of === 'host')
      lookups.push({ field, value: String(value) }, { field: `${field}_host`, value: hostOf(value) })
    else if (rule.kind === 'tags' && Array.isArray(value))
      lookups.push(...value.map((id) => ({ field: 'tag_id', value: String(id) })))
    else if (rule.kind === 'texts' && Array.isArray(value))
      lookups.push(...value.map((text) => ({ field, value: String(text) })))
    else if (typeof value === 'string' || typeof value === 'number')
      lookups.push({ field, value: lookupValue(field, String(value)) })
  }
  lookups.push(...portLookups(store, body), ...cableLookups(store, model, body))
  for (const field of customFieldsOf(store, model)) {
    const name = String(field.body.name)
    const value = customValue(body, name)
    if (value === null || value === undefined) continue
    lookups.push({ field: `cf_${name}`, value: String(value) })
    if (field.body.unique === true) occupied.push({ rule: `cf_${name}`, value: String(value) })
  }
  occupied.push(...uniqueKeys(model, body))
  const text = searched.map((path) => searchedText(store, model, body, path)).join(' ')
  if (text.trim() !== '') lookups.push({ field: 'q', value: text.toLowerCase() })
  return { lookups, unique: occupied }
}

function uniqueKeys(model: Endpoint, body: Record<string, unknown>): Keys['unique'] {
  return models[model].unique.flatMap((rule) => {
    const values = rule.fields.map((field) => body[field])
    const isOpen = values.some((value) => value === null || value === '' || value === undefined)
    if (isOpen && !rule.nullsCollide) return []
    const value = JSON.stringify(values)
    return { rule: rule.fields.join('+'), value: rule.ignoreCase ? value.toLowerCase() : value }
  })
}

/** An address without the length of its network. */
export function hostOf(address: unknown): string {
  return String(address).split('/')[0] ?? ''
}

/** NetBox compares serial numbers without case, tags with it. */
export function lookupValue(field: string, value: string): string {
  return field === 'serial' || field === 'mac_address' ? value.toLowerCase() : value
}

export function customValue(body: Record<string, unknown>, name: string): unknown {
  const values = body.custom_fields
  return typeof values === 'object' && values !== null && name in values
    ? new Map(Object.entries(values)).get(name)
    : null
}

/** MAC and IP addresses are found by their interface and its device. */
function portLookups(store: ObjectStore, body: Record<string, unknown>): Keys['lookups'] {
  if (body.assigned_object_type !== 'dcim.interface') return []
  const id = Number(body.assigned_object_id)
  const device = store.get('dcim/interfaces', id)?.body.device
  return [
    { field: 'interface_id', value: String(id) },
    { field: 'device_id', value: String(device) },
  ]
}

function cableLookups(store: ObjectStore, model: Endpoint, body: Record<string, unknown>): Keys['lookups'] {
  if (model !== 'dcim/cables') return []
  return sides
    .flatMap((side) => endsOf(body, side))
    .flatMap((end) => {
      const device = objectAt(store, end)?.body.device
      return [
        { field: 'end', value: endKey(end) },
        ...(end.object_type === 'dcim.interface'
          ? [{ field: 'interface_id', value: String(end.object_id) }]
          : []),
        ...(typeof device === 'number' ? [{ field: 'device_id', value: String(device) }] : []),
      ]
    })
}

function searchedText(
  store: ObjectStore,
  model: Endpoint,
  body: Record<string, unknown>,
  path: string,
): string {
  const [field = '', ...rest] = path.split('.')
  const rule = models[model].fields[field]
  if (rest.length > 0 && rule?.kind === 'reference') {
    const target = store.get(rule.model, Number(body[field]))
    return target ? searchedText(store, rule.model, target.body, rest.join('.')) : ''
  }
  return String(body[field] ?? '')
}
