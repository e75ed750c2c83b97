import type { Endpoint } from '../client/endpoints.ts'
import type { ObjectStore } from './object-store.ts'

type Resolved = { kind: 'value'; value: number } | { kind: 'wrong'; message: [string] }

/** Another object, by its id or by attributes that only it has. */
export function resolveReference(store: ObjectStore, model: Endpoint, reference: unknown): Resolved {
  if (typeof reference === 'number' || (typeof reference === 'string' && /^\d+$/.test(reference))) {
    const id = Number(reference)
    return store.get(model, id)
      ? { kind: 'value', value: id }
      : wrong(`Related object not found using the provided numeric ID: ${id}`)
  }
  if (typeof reference !== 'object' || reference === null || Array.isArray(reference))
    return wrong(
      `Related objects must be referenced by numeric ID or by dictionary of attributes. Received an unrecognized value: ${String(reference)}`,
    )
  const filters = Object.entries(reference).map(([field, value]) => ({ field, values: [String(value)] }))
  const ids = filters.length === 0 ? [] : store.idsWith(model, filters)
  const [id] = ids
  if (id === undefined)
    return wrong(`Related object not found using the provided attributes: ${JSON.stringify(reference)}`)
  return ids.length === 1
    ? { kind: 'value', value: id }
    : wrong(`Multiple objects match the provided attributes: ${JSON.stringify(reference)}`)
}

function wrong(message: string): Resolved {
  return { kind: 'wrong', message: [message] }
}
