import type { Endpoint } from '../client/endpoints.ts'
import { models } from './models.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import type { Release } from './release.ts'

/** The custom fields that a model's objects have, in the order in which they were made. */
export function customFieldsOf(store: ObjectStore, model: Endpoint): StoredObject[] {
  const { objectType } = models[model]
  return store
    .idsWith('extras/custom-fields', [{ field: 'object_types', values: [objectType] }])
    .flatMap((id) => store.get('extras/custom-fields', id) ?? [])
}

/** A write merges: only the keys sent change, null clears. An unknown key is an error, and before 4.5 nothing. */
export function checkCustomFields(
  { store, release }: { store: ObjectStore; release: Release },
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
    if (!field && release.minor < 5) continue
    if (!field)
      return {
        kind: 'wrong',
        message: { [name]: `Custom field '${name}' does not exist for this object type.` },
      }
    const problem = problemWith(store, field, value)
    if (problem !== null)
      return {
        kind: 'wrong',
        message: { __all__: [`Invalid value for custom field '${name}': ${problem}`] },
      }
    merged[name] = value
  }
  return { kind: 'value', value: merged }
}

function problemWith(store: ObjectStore, field: StoredObject, value: unknown): string | null {
  if (value === null) return null
  const unless = (isRight: boolean, words: string) => (isRight ? null : words)
  const choices = () => choicesOf(store, field).map(([choice]) => choice)
  switch (field.body.type) {
    case 'boolean':
      return unless(typeof value === 'boolean', 'Value must be true or false.')
    case 'integer':
      return unless(Number.isInteger(value), 'Value must be an integer.')
    case 'decimal':
      return unless(typeof value === 'number', 'Value must be a decimal.')
    case 'json':
      return null
    case 'date':
      return unless(
        /^\d{4}-\d\d-\d\d$/.test(String(value)),
        'Date values must be in ISO 8601 format (YYYY-MM-DD).',
      )
    case 'select':
      return unless(choices().includes(String(value)), `Invalid choice (${String(value)}) for choice set.`)
    case 'multiselect':
      return unless(
        Array.isArray(value) && value.every((one) => choices().includes(String(one))),
        'Invalid choice(s) for choice set.',
      )
    default:
      return unless(typeof value === 'string', 'Value must be a string.')
  }
}

/** Value and label of every choice. */
function choicesOf(store: ObjectStore, field: StoredObject): [string, string][] {
  const set = store.get('extras/custom-field-choice-sets', Number(field.body.choice_set))
  const choices = set?.body.extra_choices
  if (!Array.isArray(choices)) return []
  return choices.map((choice: unknown): [string, string] =>
    Array.isArray(choice) ? [String(choice[0]), String(choice[1])] : [String(choice), String(choice)],
  )
}

/** Up to 4.6 a selection is read as it was written, from 4.7 with its label. */
export function customFieldShown(
  { store, release }: { store: ObjectStore; release: Release },
  field: StoredObject,
  value: unknown,
): unknown {
  if (release.minor < 7 || value === null) return value
  const labels = new Map(choicesOf(store, field))
  const labelled = (one: unknown) => ({ value: one, label: labels.get(String(one)) ?? String(one) })
  if (field.body.type === 'select') return labelled(value)
  return field.body.type === 'multiselect' && Array.isArray(value) ? value.map(labelled) : value
}
