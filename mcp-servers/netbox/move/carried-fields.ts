import { z } from 'zod'
import type { Row } from '../client/rest.ts'
import { customFields as ownFields } from '../custom-fields.ts'
import type { FieldRule } from '../embedded/model.ts'
import { models } from '../embedded/models.ts'
import { type CarriedEndpoint, type CarriedValue, isRef, recordEndpoints } from './carried-record.ts'

const endsSchema = z.array(z.object({ object_type: z.string(), object_id: z.number() }))

/** What of a row is written elsewhere: everything that says something and refers to nothing unknown. */
export function fieldsOf(
  endpoint: CarriedEndpoint,
  row: Row,
  all: ReadonlyMap<number, unknown>,
): Record<string, CarriedValue> {
  const fields: Record<string, CarriedValue> = {}
  for (const [field, rule] of Object.entries(models[endpoint].fields)) {
    const value = fieldValue(rule, row[field], all)
    // An interface's primary address can only be set once both are there.
    if (value !== null && field !== 'primary_mac_address') fields[field] = value
  }
  return fields
}

function fieldValue(rule: FieldRule, value: unknown, all: ReadonlyMap<number, unknown>): CarriedValue | null {
  if (value === null || value === undefined || value === '') return null
  switch (rule.kind) {
    case 'reference': {
      const own = idIn(value)
      return own !== null && all.has(own) ? { own } : null
    }
    case 'generic-id':
      return typeof value === 'number' && all.has(value) ? { own: value } : null
    case 'tags': {
      const tags = z.array(z.object({ id: z.number() })).parse(value)
      return tags.length === 0 ? null : tags.map(({ id }) => ({ own: id }))
    }
    case 'cable-end':
      return endsSchema
        .parse(value)
        .map(({ object_type, object_id }) => ({ object_type, object_id: { own: object_id } }))
    case 'choice': {
      const chosen = typeof value === 'object' && 'value' in value ? value.value : value
      return typeof chosen === 'string' || typeof chosen === 'number' ? chosen : null
    }
    case 'texts':
      return z.array(z.string()).parse(value)
    case 'json':
      return { json: value }
    case 'custom-fields':
    case 'image':
    case 'numbers':
      return null
    default:
      return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean'
        ? value
        : null
  }
}

/** HWLab's own ones that say something. A record without an id of HWLab gets one, so that it is known again. */
export function customFieldsOf(endpoint: CarriedEndpoint, row: Row): Record<string, unknown> {
  if (!recordEndpoints.some((one) => one === endpoint)) return {}
  const read = z.record(z.string(), z.unknown()).catch({}).parse(row.custom_fields)
  const known = Object.entries(read).filter(
    ([name, value]) => value !== null && value !== '' && ownFields.some((field) => field.name === name),
  )
  return {
    hwlab_id: `own-${row.id}-${Date.parse(String(row.created)).toString(36)}`,
    ...Object.fromEntries(known),
  }
}

/** Ids in the own inventory. */
export function refsIn(value: CarriedValue): number[] {
  if (isRef(value)) return [value.own]
  if (!Array.isArray(value)) return []
  return value.flatMap((one) => {
    if (isRef(one)) return [one.own]
    return typeof one === 'object' && 'object_id' in one ? [one.object_id.own] : []
  })
}

export function idIn(reference: unknown): number | null {
  const found = z.object({ id: z.number() }).safeParse(reference)
  return found.success ? found.data.id : null
}
