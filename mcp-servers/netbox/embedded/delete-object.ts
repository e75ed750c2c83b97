import type { Endpoint } from '../client/endpoints.ts'
import { endKey, endsOf, sides } from './cable-ends.ts'
import { displayOf } from './display-of.ts'
import { isEndpoint, models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

/** What deleting an object does to others. */
export interface Removal {
  /** Deleted, the object itself last. */
  gone: StoredObject[]
  /** Kept with other attributes. */
  changed: StoredObject[]
  /** These need it: nothing is deleted. */
  dependents: StoredObject[]
}

interface Pointer {
  model: Endpoint
  field: string
  whenGone: 'goes-too' | 'is-cleared' | 'protects'
}

const endpointsKept = Object.keys(models).filter(isEndpoint)
const pointersTo = Map.groupBy(
  endpointsKept.flatMap((model) =>
    Object.entries(models[model].fields).flatMap(([field, rule]): [Endpoint, Pointer][] =>
      rule.kind === 'reference'
        ? [[rule.model, { model, field, whenGone: rule.whenGone ?? 'protects' }]]
        : [],
    ),
  ),
  ([to]) => to,
)
/** Objects that hang on any other by its type and id. */
const hangers = [
  { model: 'extras/image-attachments', prefix: 'object' },
  { model: 'extras/journal-entries', prefix: 'assigned_object' },
  { model: 'dcim/mac-addresses', prefix: 'assigned_object' },
  { model: 'ipam/ip-addresses', prefix: 'assigned_object' },
] as const

export function removalOf(store: ObjectStore, object: StoredObject): Removal {
  const removal: Removal = { gone: [], changed: [], dependents: [] }
  const seen = new Set<number>()
  const visit = (target: StoredObject): void => {
    if (seen.has(target.id)) return
    seen.add(target.id)
    for (const [, pointer] of pointersTo.get(target.model) ?? []) follow(pointer, target)
    for (const child of hangingOn(store, target)) visit(child)
    loosen(target)
    removal.gone.push(target)
  }
  const follow = ({ model, field, whenGone }: Pointer, target: StoredObject): void => {
    const ids = store.idsWith(model, [{ field: `${field}_id`, values: [String(target.id)] }])
    for (const other of ids.flatMap((id) => store.get(model, id) ?? [])) {
      if (whenGone === 'goes-too') visit(other)
      else if (whenGone === 'is-cleared') change(other, (body) => ({ ...body, ...cleared(other, field) }))
      else removal.dependents.push(other)
    }
  }
  const change = (
    other: StoredObject,
    edit: (body: Record<string, unknown>) => Record<string, unknown>,
  ): void => {
    const known = removal.changed.find((one) => one.id === other.id)
    if (known) known.body = edit(known.body)
    else removal.changed.push({ ...other, body: edit(other.body) })
  }
  /** A cable whose end is gone stays, with one end. */
  const loosen = (target: StoredObject): void => {
    const own = endKey({ object_type: models[target.model].objectType, object_id: target.id })
    for (const id of store.idsWith('dcim/cables', [{ field: 'end', values: [own] }])) {
      const cable = store.get('dcim/cables', id)
      if (!cable || target.model === 'dcim/cables') continue
      for (const side of sides)
        change(cable, (body) => ({
          ...body,
          [side]: endsOf(body, side).filter((end) => endKey(end) !== own),
        }))
    }
  }
  visit(object)
  const goneIds = new Set(removal.gone.map(({ id }) => id))
  return {
    gone: removal.gone,
    changed: removal.changed.filter(({ id }) => !goneIds.has(id)),
    dependents: removal.dependents.filter(
      ({ id }, at, all) => !goneIds.has(id) && all.findIndex((other) => other.id === id) === at,
    ),
  }
}

/** An asset whose machine is gone is stored again. */
function cleared(other: StoredObject, field: string): Record<string, unknown> {
  return other.model === 'plugins/inventory/assets' ? { [field]: null, status: 'stored' } : { [field]: null }
}

function hangingOn(store: ObjectStore, target: StoredObject): StoredObject[] {
  const { objectType } = models[target.model]
  return hangers.flatMap(({ model, prefix }) =>
    store
      .idsWith(model, [
        { field: `${prefix}_type`, values: [objectType] },
        { field: `${prefix}_id`, values: [String(target.id)] },
      ])
      .flatMap((id) => store.get(model, id) ?? []),
  )
}

export function dependentWords(store: ObjectStore, dependents: StoredObject[]): string {
  const names = dependents.map((one) => `${displayOf(store, one)} (${one.id})`).join(', ')
  return `Unable to delete object. ${dependents.length} dependent objects were found: ${names}`
}
