import { displayOf } from './display-of.ts'
import { models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

export interface Change {
  action: 'create' | 'update' | 'delete'
  object: StoredObject
  before: Record<string, unknown> | null
  after: Record<string, unknown> | null
}

/** One entry per change, as NetBox writes it; a change of nothing leaves none. */
export function logChange(
  store: ObjectStore,
  { action, object, before, after }: Change,
  by: { requestId: string; message: string; at: string },
): void {
  if (action === 'update' && JSON.stringify(before) === JSON.stringify(after)) return
  const { objectType } = models[object.model]
  const body = {
    time: by.at,
    user_name: 'hwlab',
    request_id: by.requestId,
    action,
    changed_object_type: objectType,
    changed_object_id: object.id,
    object_repr: displayOf(store, object),
    message: by.message,
    prechange_data: before,
    postchange_data: after,
  }
  const found = (['request_id', 'action', 'changed_object_type', 'changed_object_id'] as const).map(
    (field) => ({ field, value: String(body[field]) }),
  )
  store.insert('core/object-changes', body, { lookups: found, unique: [] }, by.at)
}
