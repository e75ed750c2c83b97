import type { Endpoint } from '../client/endpoints.ts'
import { macText } from '../client/mac-text.ts'
import { checkCustomFields } from './custom-field-values.ts'
import type { FieldRule } from './model.ts'
import { models } from './models.ts'
import type { ObjectStore } from './object-store.ts'

export type FieldErrors = Record<string, unknown>
export type Written =
  | { kind: 'body'; body: Record<string, unknown> }
  | { kind: 'errors'; errors: FieldErrors }
type Checked = { kind: 'value'; value: unknown } | { kind: 'wrong'; message: unknown }

/**
 * What a POST (`current` null) or PATCH stores. Like NetBox: unknown attributes are dropped, blanks stripped, choices
 * taken raw, references by id or by attributes.
 */
export function writeBody(
  store: ObjectStore,
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
    const checked =
      rule.kind === 'custom-fields'
        ? checkCustomFields(store, model, input[field], current?.[field])
        : check(store, rule, input[field])
    if (checked.kind === 'wrong') errors[field] = checked.message
    else body[field] = checked.value
  }
  return Object.keys(errors).length > 0 ? { kind: 'errors', errors } : { kind: 'body', body }
}

function isRequired(rule: FieldRule): boolean {
  return 'required' in rule || rule.kind === 'mac' || rule.kind === 'image'
}

function fallback(rule: FieldRule): unknown {
  switch (rule.kind) {
    case 'text':
      return rule.nullable ? null : (rule.fallback ?? '')
    case 'number':
    case 'boolean':
    case 'choice':
      return rule.fallback
    case 'tags':
    case 'texts':
      return []
    case 'custom-fields':
      return {}
    default:
      return null
  }
}

function check(
  store: ObjectStore,
  rule: Exclude<FieldRule, { kind: 'custom-fields' }>,
  value: unknown,
): Checked {
  switch (rule.kind) {
    case 'text':
      return checkText(rule, value)
    case 'number':
      return checkNumber(rule, value)
    case 'boolean':
      return typeof value === 'boolean' ? good(value) : wrong('Must be a valid boolean.')
    case 'choice':
      if (typeof value === 'object' && value !== null)
        return wrong('Value must be passed directly (e.g. "foo": 123); do not use a dictionary or list.')
      return Object.hasOwn(rule.choices, String(value))
        ? good(value)
        : wrong(`${JSON.stringify(value)} is not a valid choice.`)
    case 'reference':
      if (value === null) return rule.required ? wrong('This field may not be null.') : good(null)
      return resolve(store, rule.model, value)
    case 'tags':
      return checkTags(store, value)
    case 'texts':
      return Array.isArray(value) && value.every((text) => typeof text === 'string')
        ? good(value)
        : wrong('Expected a list of items.')
    case 'mac': {
      const mac = typeof value === 'string' ? macText(value) : null
      return mac === null ? wrong(`${JSON.stringify(value)} is not a valid MAC address.`) : good(mac)
    }
    case 'generic-type':
      return value === null || Object.values(models).some((model) => model.objectType === value)
        ? good(value)
        : wrong(`Invalid object type: ${String(value)}`)
    case 'generic-id':
      return value === null || Number.isInteger(Number(value))
        ? good(value === null ? null : Number(value))
        : wrong('A valid integer is required.')
    case 'json':
    case 'image':
      return good(value)
  }
}

function checkText(rule: FieldRule & { kind: 'text' }, value: unknown): Checked {
  if (value === null) return rule.nullable ? good(null) : wrong('This field may not be null.')
  if (typeof value !== 'string' && typeof value !== 'number') return wrong('Not a valid string.')
  const text = String(value).trim()
  if (text === '' && rule.required) return wrong('This field may not be blank.')
  if (text === '' && rule.nullable) return good(null)
  if (text.length > rule.most) return wrong(`Ensure this field has no more than ${rule.most} characters.`)
  if (text !== '' && rule.pattern && !rule.pattern.test(text)) return wrong('Enter a valid value.')
  return good(text)
}

function checkNumber(rule: FieldRule & { kind: 'number' }, value: unknown): Checked {
  if (value === null || value === '' || Number.isNaN(Number(value)))
    return wrong('A valid number is required.')
  const number = Number(value)
  if (number < rule.least || number > rule.most)
    return wrong(`Ensure this value is between ${rule.least} and ${rule.most}.`)
  return good(number)
}

function checkTags(store: ObjectStore, value: unknown): Checked {
  if (!Array.isArray(value)) return wrong('Expected a list of items.')
  const ids: unknown[] = []
  for (const reference of value) {
    const tag = resolve(store, 'extras/tags', reference)
    if (tag.kind === 'wrong') return tag
    ids.push(tag.value)
  }
  return good([...new Set(ids)])
}

function resolve(store: ObjectStore, model: Endpoint, reference: unknown): Checked {
  if (typeof reference === 'number' || (typeof reference === 'string' && /^\d+$/.test(reference))) {
    const id = Number(reference)
    return store.get(model, id)
      ? good(id)
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
    ? good(id)
    : wrong(`Multiple objects match the provided attributes: ${JSON.stringify(reference)}`)
}

function good(value: unknown): Checked {
  return { kind: 'value', value }
}

function wrong(message: string): Checked {
  return { kind: 'wrong', message: [message] }
}
