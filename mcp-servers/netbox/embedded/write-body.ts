import type { Endpoint } from '../client/endpoints.ts'
import { type Checked, checkValue } from './check-value.ts'
import { checkCustomFields } from './custom-field-values.ts'
import type { FieldRule } from './model.ts'
import { models } from './models.ts'
import type { ObjectStore } from './object-store.ts'
import type { Release } from './release.ts'

export type FieldErrors = Record<string, unknown>
export type Written =
  | { kind: 'body'; body: Record<string, unknown> }
  | { kind: 'errors'; errors: FieldErrors }
  /** A tag among `add_tags` or `remove_tags` that is not there: NetBox does not catch that. */
  | { kind: 'exception'; name: string; error: string }

/**
 * What a POST (`current` null) or PATCH stores. Like NetBox: unknown attributes are dropped, blanks stripped, choices
 * taken raw, references by id or by attributes.
 */
export function writeBody(
  at: { store: ObjectStore; release: Release },
  model: Endpoint,
  input: Record<string, unknown>,
  current: Record<string, unknown> | null,
): Written {
  const body: Record<string, unknown> = { ...current }
  const errors: FieldErrors = {}
  for (const [field, rule] of Object.entries(models[model].fields)) {
    if (!Object.hasOwn(input, field)) {
      if (current === null) {
        if (isRequired(rule)) errors[field] = ['This field is required.']
        else body[field] = fallback(rule)
      }
      continue
    }
    const checked = check(at, { model, rule }, input[field], current?.[field])
    if (checked.kind === 'wrong') Object.assign(errors, errorOf(field, checked.message))
    else body[field] = checked.value
  }
  if (Object.keys(errors).length > 0) return { kind: 'errors', errors }
  return at.release.minor >= 6 && models[model].fields.tags
    ? withTagChanges(at.store, { model, input, current }, body)
    : { kind: 'body', body }
}

function check(
  { store, release }: { store: ObjectStore; release: Release },
  { model, rule }: { model: Endpoint; rule: FieldRule },
  input: unknown,
  current: unknown,
): Checked {
  return rule.kind === 'custom-fields'
    ? checkCustomFields({ store, release }, model, input, current)
    : checkValue(store, rule, input)
}

/** A wrong value of a custom field is an error of the whole object. */
function errorOf(field: string, message: unknown): FieldErrors {
  return typeof message === 'object' && message !== null && '__all__' in message
    ? { __all__: message.__all__ }
    : { [field]: message }
}

function withTagChanges(
  store: ObjectStore,
  { model, input, current }: { model: Endpoint; input: FieldErrors; current: FieldErrors | null },
  body: Record<string, unknown>,
): Written {
  if (!('add_tags' in input) && !('remove_tags' in input)) return { kind: 'body', body }
  const sent = (name: string) => (Array.isArray(input[name]) ? input[name] : [])
  if (sent('tags').length > 0)
    return {
      kind: 'errors',
      errors: { tags: ['Cannot specify "tags" together with "add_tags" or "remove_tags".'] },
    }
  if (current === null && sent('remove_tags').length > 0)
    return {
      kind: 'errors',
      errors: { remove_tags: ['Cannot use "remove_tags" when creating a new object.'] },
    }
  const rule = { kind: 'tags' } as const
  const added = checkValue(store, rule, sent('add_tags'))
  const removed = checkValue(store, rule, sent('remove_tags'))
  if (added.kind === 'wrong' || removed.kind === 'wrong')
    return { kind: 'exception', name: 'ValidationError', error: `${model}: no such tag` }
  const ids = (value: unknown) => (Array.isArray(value) ? value.map(Number) : [])
  const both = ids(added.value).filter((id) => ids(removed.value).includes(id))
  if (both.length > 0)
    return {
      kind: 'errors',
      errors: { remove_tags: ['Tags may not be present in both "add_tags" and "remove_tags".'] },
    }
  const tags = [...new Set([...ids(body.tags), ...ids(added.value)])]
  return {
    kind: 'body',
    body: { ...body, tags: tags.filter((id) => !ids(removed.value).includes(id)) },
  }
}

function isRequired(rule: FieldRule): boolean {
  return 'required' in rule || rule.kind === 'mac' || rule.kind === 'image' || rule.kind === 'cidr'
}

function fallback(rule: FieldRule): unknown {
  switch (rule.kind) {
    case 'text':
      return rule.nullable ? null : (rule.fallback ?? '')
    case 'choice':
      return rule.numeric ? Number(rule.fallback) : rule.fallback
    case 'number':
    case 'boolean':
      return rule.fallback
    case 'tags':
    case 'texts':
    case 'numbers':
    case 'cable-end':
      return []
    case 'custom-fields':
      return {}
    default:
      return null
  }
}
