import { macText } from '../client/mac-text.ts'
import { addressText, blockText, parseAddress, parseBlock } from '../ip-plan/ip-block.ts'
import type { ChoiceRule, FieldRule } from './model.ts'
import { endpointOf, models } from './models.ts'
import type { ObjectStore } from './object-store.ts'
import { resolveReference } from './resolve-reference.ts'

export type Checked = { kind: 'value'; value: unknown } | { kind: 'wrong'; message: unknown }

/** Whether a value may be written to an attribute, and what is kept of it. */
export function checkValue(
  store: ObjectStore,
  rule: Exclude<FieldRule, { kind: 'custom-fields' }>,
  value: unknown,
): Checked {
  switch (rule.kind) {
    case 'text':
      return checkText(rule, value)
    case 'number':
      return checkNumber(rule, value)
    case 'numbers':
      return Array.isArray(value) && value.every((one) => Number.isInteger(one))
        ? good(value)
        : wrong('Expected a list of items.')
    case 'boolean':
      return typeof value === 'boolean' ? good(value) : wrong('Must be a valid boolean.')
    case 'choice':
      return checkChoice(rule, value)
    case 'reference':
      if (value === null) return rule.required ? wrong('This field may not be null.') : good(null)
      return resolveReference(store, rule.model, value)
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
    case 'cidr':
      return rule.of === 'host' ? checkAddress(value) : checkNetwork(value)
    case 'cable-end':
      return checkEnd(value)
    case 'generic-type':
      return value === null || Object.values(models).some((model) => model.objectType === value)
        ? good(value)
        : wrong(`Invalid content type: ${String(value)}`)
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
  if (value === null && rule.fallback === null) return good(null)
  if (value === null || value === '' || Number.isNaN(Number(value)))
    return wrong('A valid number is required.')
  const number = Number(value)
  const decimals = rule.decimals ?? 0
  if (decimals === 0 && !Number.isInteger(number)) return wrong('A valid integer is required.')
  if (Math.round(number * 10 ** decimals) / 10 ** decimals !== number)
    return wrong(`Ensure that there are no more than ${decimals} decimal places.`)
  if (number < rule.least) return wrong(`Ensure this value is greater than or equal to ${rule.least}.`)
  if (number > rule.most) return wrong(`Ensure this value is less than or equal to ${rule.most}.`)
  return good(number)
}

function checkChoice(rule: ChoiceRule, value: unknown): Checked {
  if ((value === null || value === '') && rule.fallback === '') return good('')
  if (typeof value === 'object' && value !== null)
    return wrong('Value must be passed directly (e.g. "foo": 123); do not use a dictionary or list.')
  if (!Object.hasOwn(rule.choices, String(value)))
    return wrong(`${rule.bare ? JSON.stringify(value) : String(value)} is not a valid choice.`)
  return good(rule.numeric ? Number(value) : value)
}

function checkTags(store: ObjectStore, value: unknown): Checked {
  if (!Array.isArray(value)) return wrong('Expected a list of items.')
  const ids: unknown[] = []
  for (const reference of value) {
    const tag = resolveReference(store, 'extras/tags', reference)
    if (tag.kind === 'wrong') return tag
    ids.push(tag.value)
  }
  return good([...new Set(ids)])
}

function checkAddress(value: unknown): Checked {
  const address = parseAddress(String(value))
  return address === null
    ? wrong(`Invalid IP address format: ${String(value)}`)
    : good(`${addressText(address.family, address.value)}/${address.length}`)
}

function checkNetwork(value: unknown): Checked {
  const address = parseAddress(String(value))
  if (address === null) return wrong(`Invalid IP prefix format: ${String(value)}`)
  const text = `${addressText(address.family, address.value)}/${address.length}`
  const block = parseBlock(text)
  const network = block === null ? '' : blockText(block)
  return network === text ? good(text) : wrong(`${text} is not a valid prefix. Did you mean ${network}?`)
}

function checkEnd(value: unknown): Checked {
  if (!Array.isArray(value)) return wrong('Expected a list of items.')
  const ends = value.map((end: unknown) =>
    typeof end === 'object' && end !== null && 'object_type' in end && 'object_id' in end
      ? { object_type: String(end.object_type), object_id: Number(end.object_id) }
      : null,
  )
  const unknown = ends.find((end) => end !== null && endpointOf(end.object_type) === null)
  if (unknown) return wrong(`Invalid content type: ${unknown.object_type}`)
  return ends.some((end) => end === null) ? wrong('Each end needs object_type and object_id.') : good(ends)
}

function good(value: unknown): Checked {
  return { kind: 'value', value }
}

function wrong(message: string): Checked {
  return { kind: 'wrong', message: [message] }
}
