import { type Endpoint, endpoints } from '../client/endpoints.ts'
import { computedFilters } from './computed-filters.ts'
import { customFieldsOf } from './custom-field-values.ts'
import { models } from './models.ts'
import { lookupValue } from './object-keys.ts'
import type { ObjectStore } from './object-store.ts'

export type Selected =
  | { kind: 'ids'; ids: number[] }
  /** A known filter with an impossible value. */
  | { kind: 'errors'; errors: Record<string, string[]> }

interface Wanted {
  exact: { field: string; values: string[] }[]
  scans: { field: string; matches: (value: string) => boolean }[]
  computed: { name: string; values: string[] }[]
  ids: Set<number> | null
}

/** Ids for a list's query. A filter that the endpoint does not know is ignored, as NetBox does. */
export function selectObjects(store: ObjectStore, model: Endpoint, query: URLSearchParams): Selected {
  const wanted: Wanted = { exact: [], scans: [], computed: [], ids: null }
  const known: readonly string[] = endpoints[model]
  const custom = new Map(
    customFieldsOf(store, model).map((field) => [`cf_${String(field.body.name)}`, field]),
  )
  for (const name of new Set(query.keys())) {
    if (name.startsWith('cf_') ? !custom.has(name) : !known.includes(name)) continue
    const values = query.getAll(name)
    const wrong = wrongValue(store, model, name, values)
    if (wrong !== null) return { kind: 'errors', errors: { [name]: [wrong] } }
    const isLoose = custom.has(name) && custom.get(name)?.body.filter_logic !== 'exact'
    want(store, wanted, { name, values, isLoose })
  }
  return { kind: 'ids', ids: ordered(store, model, selected(store, model, wanted), query.get('ordering')) }
}

function want(
  store: ObjectStore,
  wanted: Wanted,
  { name, values, isLoose }: { name: string; values: string[]; isLoose: boolean },
): void {
  const last = values.at(-1) ?? ''
  if (name === 'id') wanted.ids = new Set(values.map(Number))
  else if (name === 'q')
    wanted.scans.push({ field: 'q', matches: (text) => text.includes(last.toLowerCase()) })
  else if (isLoose) wanted.scans.push({ field: name, matches: (text) => text.includes(last) })
  else if (name === 'tag') for (const slug of values) wanted.exact.push(taggedWith(store, slug))
  else if (name.endsWith('__regex')) {
    const pattern = new RegExp(last)
    wanted.scans.push({
      field: name.slice(0, -'__regex'.length),
      matches: (text) => pattern.test(text),
    })
  } else if (Object.hasOwn(computedFilters, name)) wanted.computed.push({ name, values })
  else {
    const field = name.replace(/__ie$/, '')
    wanted.exact.push({ field, values: values.map((value) => lookupValue(field, value)) })
  }
}

function taggedWith(store: ObjectStore, slug: string): { field: string; values: string[] } {
  const ids = store.idsWith('extras/tags', [{ field: 'slug', values: [slug] }])
  return { field: 'tag_id', values: ids.map(String) }
}

/** NetBox answers 400 to a number that is none, a choice or a related object that is not there. */
function wrongValue(store: ObjectStore, model: Endpoint, name: string, values: string[]): string | null {
  const rule = models[model].fields[name.replace(/_id$/, '')]
  for (const value of values) {
    if (name === 'id' && !/^-?\d+$/.test(value)) return 'Enter a whole number.'
    if (name === 'request_id' && !/^[0-9a-f-]{36}$/i.test(value)) return 'Enter a valid UUID.'
    if (/(__gte|_after|_before)$/.test(name) && Number.isNaN(Date.parse(value)))
      return 'Enter a valid date/time.'
    const isKnown =
      rule?.kind === 'choice' && name === 'status'
        ? Object.hasOwn(rule.choices, value)
        : rule?.kind === 'reference' && name.endsWith('_id')
          ? store.get(rule.model, Number(value)) !== null
          : name !== 'tag' || store.idsWith('extras/tags', [{ field: 'slug', values: [value] }]).length > 0
    if (!isKnown && value !== 'null')
      return `Select a valid choice. ${value} is not one of the available choices.`
  }
  return null
}

function selected(store: ObjectStore, model: Endpoint, wanted: Wanted): number[] {
  let found = store.idsWith(model, wanted.exact)
  for (const { field, matches } of wanted.scans) {
    const hits = new Set(
      store.valuesOf(model, field).flatMap(({ id, value }) => (matches(value) ? [id] : [])),
    )
    found = found.filter((id) => hits.has(id))
  }
  const { ids } = wanted
  if (ids !== null) found = found.filter((id) => ids.has(id))
  for (const { name, values } of wanted.computed)
    found = found.filter((id) => {
      const object = store.get(model, id)
      return object !== null && values.some((value) => computedFilters[name]?.(store, object, value))
    })
  return found
}

function ordered(store: ObjectStore, model: Endpoint, ids: number[], ordering: string | null): number[] {
  if (ordering === null || ordering === 'id') return ids
  const field = ordering.replace(/^-/, '')
  const direction = ordering.startsWith('-') ? -1 : 1
  if (field === 'id') return ids.toReversed()
  const values = new Map(store.valuesOf(model, field).map(({ id, value }) => [id, value]))
  const at = (id: number) => values.get(id) ?? ''
  return [...ids].sort((a, b) => direction * (at(a) < at(b) ? -1 : at(a) > at(b) ? 1 : a - b))
}
