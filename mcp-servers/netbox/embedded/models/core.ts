import type { Endpoint } from '../../client/endpoints.ts'
import type { Model } from '../model.ts'

/** The change log, written by the inventory itself. */
export const coreModels = {
  'core/object-changes': {
    objectType: 'core.objectchange',
    fields: {
      time: { kind: 'text', most: 40 },
      user_name: { kind: 'text', most: 150 },
      request_id: { kind: 'text', most: 36 },
      action: {
        kind: 'choice',
        choices: { create: 'Created', update: 'Updated', delete: 'Deleted' },
        fallback: 'update',
      },
      changed_object_type: { kind: 'generic-type' },
      changed_object_id: { kind: 'generic-id' },
      object_repr: { kind: 'text', most: 200 },
      message: { kind: 'text', most: 200 },
      prechange_data: { kind: 'json' },
      postchange_data: { kind: 'json' },
    },
    unique: [],
    brief: [],
    displayFrom: 'object_repr',
    searched: ['object_repr'],
    counts: {},
    readOnly: true,
  },
} satisfies Partial<Record<Endpoint, Model>>
