import type { Endpoint } from '../client/endpoints.ts'
import { models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'

/** The custom fields that a model's objects have, in the order in which they were made. */
export function customFieldsOf(store: ObjectStore, model: Endpoint): StoredObject[] {
  const { objectType } = models[model]
  return store
    .idsWith('extras/custom-fields', [{ field: 'object_types', values: [objectType] }])
    .flatMap((id) => store.get('extras/custom-fields', id) ?? [])
}

/** A write merges: only the keys sent change, null clears. An unknown key is an error, as in NetBox. */
export function checkCustomFields(
  store: ObjectStore,
  model: Endpoint,
  input: unknown,
  current: unknown,
): { kind: 'value'; value: unknown } | { kind: 'wrong'; message: unknown } {
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return { kind: 'wrong', message: ['Expected a dictionary of custom fields.'] }
  const declared = new Map(customFieldsOf(store, model).map((field) => [String(field.body.name), field]))
  const merged: Record<string, unknown> = { ...(typeof current === 'object' ? current : {}) }
  for (const [name, value] of Object.entries(input)) {
    const field = declared.get(name)
    if (!field)
      return {
        kind: 'wrong',
        message: { [name]: `Custom field '${name}' does not exist for this object type.` },
      }
    if (!fits(store, field, value))
      return { kind: 'wrong', message: { [name]: [`Invalid value for custom field '${name}'.`] } }
    merged[name] = value
  }
  return { kind: 'value', value: merged }
}

function fits(store: ObjectStore, field: StoredObject, value: unknown): boolean {
  if (value === null) return true
  switch (field.body.type) {
    case 'boolean':
      return typeof value === 'boolean'
    case 'integer':
      return Number.isInteger(value)
    case 'decimal':
      return typeof value === 'number'
    case 'json':
      return true
    case 'select':
      return choicesOf(store, field).includes(String(value))
    case 'multiselect':
      return Array.isArray(value) && value.every((one) => choicesOf(store, field).includes(String(one)))
    default:
      return typeof value === 'string'
  }
}

function choicesOf(store: ObjectStore, field: StoredObject): string[] {
  const set = store.get('extras/custom-field-choice-sets', Number(field.body.choice_set))
  const choices = set?.body.extra_choices
  return Array.isArray(choices)
    ? choices.map((choice) => String(Array.isArray(choice) ? choice[0] : choice))
    : []
}
