import type { FieldName } from './item.ts'

/** What people call the fields. */
export const fieldLabels: Record<FieldName, string> = {
  manufacturer: 'Manufacturer',
  model: 'Model',
  part_number: 'Part number',
  serial: 'Serial number',
  mac_address: 'MAC address',
  fcc_id: 'FCC ID',
  role: 'Role',
  name: 'Name',
  asset_tag: 'Tag on the thing',
  description: 'Description',
  location: 'Location',
}

/** "serial number", for the middle of a sentence. */
export function fieldInSentence(field: FieldName): string {
  const label = fieldLabels[field]
  return /^[A-Z]{2}/.test(label) ? label : label.charAt(0).toLowerCase() + label.slice(1)
}

/** "A, B and C". */
export function inWords(values: string[]): string {
  const last = values.at(-1)
  if (last === undefined) return ''
  return values.length === 1 ? last : `${values.slice(0, -1).join(', ')} and ${last}`
}

/** Text from outside, as one bounded line: control and direction characters become visible. */
export function quoted(value: string, limit = 60): string {
  const visible = value.replace(/[\p{Cc}\p{Cf}\u2028\u2029]/gu, '·').replace(/\s+/g, ' ')
  return visible.length > limit ? `${visible.slice(0, limit - 1)}…` : visible
}
