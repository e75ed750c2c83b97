import { type Endpoint, endpoints } from '../client/endpoints.ts'
import { customFieldsOf } from './custom-field-values.ts'
import { lookupValue } from './object-keys.ts'
import type { ObjectStore } from './object-store.ts'

/** Ids for a list's query. A filter that the endpoint does not know is ignored, as NetBox does. */
export function selectObjects(store: ObjectStore, model: Endpoint, query: URLSearchParams): number[] {
  const known: readonly string[] = endpoints[model]
  const loose = new Set(
    customFieldsOf(store, model)
      .filter((field) => field.body.filter_logic !== 'exact')
      .map((field) => `cf_${String(field.body.name)}`),
  )
  const declared = customFieldsOf(store, model).map((field) => `cf_${String(field.body.name)}`)
  const exact: { field: string; values: string[] }[] = []
  const scans: { field: string; matches: (value: string) => boolean }[] = []
  let ids: Set<number> | null = null
  for (const name of new Set(query.keys())) {
    const values = query.getAll(name)
    const last = values.at(-1) ?? ''
    if (name === 'id') ids = new Set(values.map(Number))
    else if (name.startsWith('cf_') ? !declared.includes(name) : !known.includes(name)) continue
    else if (name === 'q') scans.push({ field: 'q', matches: (text) => text.includes(last.toLowerCase()) })
    else if (loose.has(name)) scans.push({ field: name, matches: (text) => text.includes(last) })
    else if (name.endsWith('__regex')) {
      const pattern = new RegExp(last)
      scans.push({ field: name.slice(0, -'__regex'.length), matches: (text) => pattern.test(text) })
    } else exact.push({ field: name, values: values.map((value) => lookupValue(name, value)) })
  }
  let selected = store.idsWith(model, exact)
  for (const { field, matches } of scans) {
    const hits = new Set(
      store.valuesOf(model, field).flatMap(({ id, value }) => (matches(value) ? [id] : [])),
    )
    selected = selected.filter((id) => hits.has(id))
  }
  if (ids !== null) selected = selected.filter((id) => ids.has(id))
  return ordered(store, model, selected, query.get('ordering'))
}

function ordered(store: ObjectStore, model: Endpoint, ids: number[], ordering: string | null): number[] {
  if (ordering === null) return ids
  const field = ordering.replace(/^-/, '')
  const values = new Map(store.valuesOf(model, field).map(({ id, value }) => [id, value]))
  const direction = ordering.startsWith('-') ? -1 : 1
  const at = (id: number) => values.get(id) ?? ''
  return [...ids].sort((a, b) => direction * (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b))
}
