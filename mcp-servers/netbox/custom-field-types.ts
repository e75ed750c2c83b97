import { plainValue } from './client/plain-value.ts'

/** NetBox's types of custom fields that HWLab reads and writes. */
export type CustomFieldType =
  | 'text'
  | 'boolean'
  | 'integer'
  | 'decimal'
  | 'date'
  | 'select'
  | 'multiselect'
  | 'object'
  | 'json'

interface Shapes {
  /** What an answer holds becomes the value; null: not set. NetBox 4.4 to 4.7. */
  read(raw: unknown): unknown
  /** The value becomes what a request holds; null clears. */
  write(value: unknown): unknown
}

const asItIs: Shapes = { read: (raw) => raw ?? null, write: (value) => value ?? null }

/** Reading and writing differ for selections (from 4.7 read with their labels) and for objects (read whole, written by id). */
const shapes: Record<CustomFieldType, Shapes> = {
  text: { read: (raw) => (raw === '' ? null : (raw ?? null)), write: (value) => value ?? null },
  boolean: asItIs,
  integer: asItIs,
  decimal: { read: (raw) => (raw === null || raw === undefined ? null : Number(raw)), write: asItIs.write },
  date: asItIs,
  select: { read: (raw) => plainValue(raw) ?? null, write: (value) => plainValue(value) ?? null },
  multiselect: { read: (raw) => plainValue(raw) ?? null, write: (value) => plainValue(value) ?? null },
  object: { read: idOf, write: idOf },
  json: asItIs,
}

export function readCustomField(type: CustomFieldType, raw: unknown): unknown {
  return shapes[type].read(raw)
}

export function writeCustomField(type: CustomFieldType, value: unknown): unknown {
  return shapes[type].write(value)
}

function idOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'id' in value ? value.id : (value ?? null)
}
