import { endpointOf, models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

export interface CableEnd {
  object_type: string
  object_id: number
}

export const sides = ['a_terminations', 'b_terminations'] as const

export function endsOf(body: Record<string, unknown>, side: (typeof sides)[number]): CableEnd[] {
  const ends = body[side]
  return Array.isArray(ends) ? ends : []
}

/** What a cable's end is, or null when it is not there. */
export function objectAt(store: ObjectStore, end: CableEnd): StoredObject | null {
  const model = endpointOf(end.object_type)
  return model === null ? null : store.get(model, end.object_id)
}

/** The key under which a cable is found by what it ends at. */
export function endKey(end: CableEnd): string {
  return `${end.object_type} ${end.object_id}`
}

/** The cable at a port, and which of its ends. */
export function cableAt(
  store: ObjectStore,
  port: StoredObject,
): { cable: StoredObject; end: 'A' | 'B'; others: CableEnd[] } | null {
  const own = { object_type: models[port.model].objectType, object_id: port.id }
  const [id] = store.idsWith('dcim/cables', [{ field: 'end', values: [endKey(own)] }])
  const cable = id === undefined ? null : store.get('dcim/cables', id)
  if (!cable) return null
  const isAtA = endsOf(cable.body, 'a_terminations').some((end) => endKey(end) === endKey(own))
  return {
    cable,
    end: isAtA ? 'A' : 'B',
    others: endsOf(cable.body, isAtA ? 'b_terminations' : 'a_terminations'),
  }
}
