import type { FieldName } from '../intake/item.ts'
import { compactKey, foldConfusables, isGarbled } from './confusables.ts'
import { areNeighbours, parseMac } from './mac-address.ts'
import { vendorName } from './vendor-names.ts'

const identifierFields = new Set<FieldName>(['serial', 'part_number', 'fcc_id', 'asset_tag'])

/** Two readings of one and the same thing: equal but for spelling, confusable characters or neighbouring ports. */
export function isSameValue(field: FieldName, one: string, other: string): boolean {
  if (one === other) return true
  if (field === 'mac_address') {
    const [mac, second] = [parseMac(one), parseMac(other)]
    return mac !== null && second !== null && (mac === second || areNeighbours(mac, second))
  }
  if (field === 'manufacturer') return compactKey(vendorName(one)) === compactKey(vendorName(other))
  if (identifierFields.has(field)) return foldConfusables(one) === foldConfusables(other)
  return compactKey(one) === compactKey(other)
}

/** The weaker value is the same thing misread or written longer, so it neither supports nor contradicts. */
export function isVariant(field: FieldName, value: string, weaker: string): boolean {
  const [whole, part] = [compactKey(value), compactKey(weaker)]
  if (whole.length >= 3 && part.length >= 3 && (whole.includes(part) || part.includes(whole))) return true
  return (identifierFields.has(field) || field === 'mac_address') && isGarbled(value, weaker)
}
