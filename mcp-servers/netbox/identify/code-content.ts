import { findCaptions, valueAfter } from './captions.ts'
import type { Claim } from './claim.ts'
import { type IdentifiedData, identifierMeaning, openEnvelope, splitIdentifier } from './data-identifiers.ts'
import { parseGs1 } from './gs1.ts'
import { parseMac } from './mac-address.ts'
import { macClaims } from './mac-claims.ts'
import { isRetailSymbology } from './retail-code.ts'
import { markSeparators } from './separator-marks.ts'
import { isCaptionedSerial, isPartShaped, isSerialShaped, isTag } from './serial-shape.ts'
import { claimsOfValue } from './value-claims.ts'
import { vendorOfHost } from './vendor-names.ts'

/**
 * What a decoded text is by itself. `identified`: may begin with a data identifier, which only its surroundings can
 * settle ("S4EWNX0M…" may be a serial with or without its S). `loose`: says nothing about itself.
 */
export type CodeContent =
  | { kind: 'claims'; claims: Claim[] }
  | { kind: 'identified'; data: IdentifiedData }
  | { kind: 'loose' }
  | { kind: 'retail' }
  | { kind: 'private' }

export function codeContent(text: string, symbology: string): CodeContent {
  if (/^(?:WIFI|OTPAUTH|MECARD|MATMSG|SMSTO|TEL|MAILTO|BEGIN):/i.test(text)) return { kind: 'private' }
  const enveloped = openEnvelope(text)
  if (enveloped) return { kind: 'claims', claims: enveloped.flatMap((data) => identifiedClaims(data)) }
  if (isRetailSymbology(symbology)) return { kind: 'retail' }
  const known = webClaims(text) ?? gs1Claims(text) ?? captionedClaims(text) ?? bareClaims(text)
  if (known) return { kind: 'claims', claims: known }
  const data = splitIdentifier(text)
  return data && identifierMeaning(data.identifier) ? { kind: 'identified', data } : { kind: 'loose' }
}

/** Claims of a field whose identifier is beyond doubt. */
export function identifiedClaims({ identifier, value }: IdentifiedData): Claim[] {
  const meaning = identifierMeaning(identifier)
  if (meaning === 'serial')
    return isCaptionedSerial(value) || /^\d{5,}$/.test(value) ? [labelled('serial', value)] : []
  if (meaning === 'part_number') return value.length <= 50 ? [labelled('part_number', value)] : []
  const mac = meaning === 'mac_address' ? parseMac(value) : null
  return mac ? macClaims(mac, true) : []
}

function labelled(field: Claim['field'], value: string): Claim {
  return { field, value, syntax: 'labelled' }
}

const parameterMeanings: Record<string, 'serial' | 'mac_address' | 'part_number' | 'model'> = {
  sn: 'serial',
  serial: 'serial',
  serialno: 'serial',
  serialnumber: 'serial',
  servicetag: 'serial',
  mac: 'mac_address',
  macaddress: 'mac_address',
  pn: 'part_number',
  partnumber: 'part_number',
  sku: 'part_number',
  model: 'model',
  pid: 'model',
}

/** A web address with a serial in a parameter or behind a telling path part, or one of HWLab's own labels. */
function webClaims(text: string): Claim[] | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null
  const url = new URL(text)
  const parts = url.pathname.split('/').filter(Boolean)
  const tag = parts.at(-1) ?? ''
  if (parts.at(-2) === 'a' && isTag(tag)) return [{ field: 'asset_tag', value: tag, syntax: 'checked' }]
  const named: [string, string][] = [
    ...url.searchParams,
    ...parts.flatMap((part, place): [string, string][] => [[part, parts[place + 1] ?? '']]),
  ]
  const vendor = vendorOfHost(url.hostname.toLowerCase())
  return [
    ...named.flatMap(([name, value]) => parameterClaims(name, value)),
    ...(vendor ? [{ ...labelled('manufacturer', vendor), follows: 'derived' as const }] : []),
  ]
}

function parameterClaims(name: string, value: string): Claim[] {
  const meaning = parameterMeanings[name.toLowerCase().replace(/[^a-z]/g, '')]
  return meaning && value ? claimsOfValue(meaning, value, 'decoded') : []
}

function gs1Claims(text: string): Claim[] | null {
  const elements = parseGs1(text)
  const serial = elements?.get('21')
  if (serial) return [labelled('serial', serial)]
  return elements ? [] : null
}

/** "SN:ABC;MAC:…", "S/N ABC", one per line, or a JSON object with such keys. */
function captionedClaims(text: string): Claim[] | null {
  const segments = jsonSegments(text) ?? markSeparators(text).split(/[;,\n\r\t|&␝]+/)
  const claims = segments.flatMap((segment) => {
    const span = findCaptions(segment.trim())[0]
    if (!span || span.start > 0) return []
    return claimsOfValue(span.meaning, valueAfter(segment.trim(), span, undefined), 'decoded')
  })
  return claims.length > 0 ? claims : null
}

function jsonSegments(text: string): string[] | null {
  if (!text.startsWith('{')) return null
  const pairs = [...text.matchAll(/"([^"\\]{1,40})"\s*:\s*"?([^",}\\]{1,100})/g)]
  return pairs.map((pair) => `${(pair[1] ?? '').replace(/[_-]/g, ' ')}: ${pair[2] ?? ''}`)
}

/** MAC addresses, UniFi's "<MAC>-<six characters>" adoption code, and HWLab's own tags. */
function bareClaims(text: string): Claim[] | null {
  if (isTag(text)) return [{ field: 'asset_tag', value: text, syntax: 'checked' }]
  const adoption = /^([0-9A-F]{12})-[A-Za-z0-9]{6}$/.exec(text)?.[1]
  const mac = parseMac(adoption ?? text)
  const claims = mac ? macClaims(mac, /[:.-]/.test(text)) : []
  return claims.length > 0 ? claims : null
}

/** What a loose code may be when nothing else says so: never enough for a gate. */
export function weakClaim(text: string): Claim | null {
  if (isSerialShaped(text)) {
    const mixed = /[A-Z]/i.test(text) && /\d/.test(text) && text.length >= 8
    return { field: 'serial', value: text, syntax: mixed ? 'shaped' : 'plain' }
  }
  return isPartShaped(text) ? { field: 'part_number', value: text, syntax: 'plain' } : null
}
