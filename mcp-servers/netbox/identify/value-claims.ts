import type { CaptionMeaning } from './captions.ts'
import type { Claim } from './claim.ts'
import { fccGrantee, parseFccId } from './fcc-id.ts'
import { parseMac, parseReadMac } from './mac-address.ts'
import { macClaims } from './mac-claims.ts'
import { isCaptionedSerial, isPartShaped } from './serial-shape.ts'
import { vendorName } from './vendor-names.ts'

/** What a captioned value claims; nothing when the value does not look like what its caption announces. */
export function claimsOfValue(
  meaning: CaptionMeaning,
  value: string,
  how: 'decoded' | 'read' | 'typed',
): Claim[] {
  switch (meaning) {
    case 'serial':
    case 'service-tag':
      return serialClaims(meaning, value, how)
    case 'part_number': {
      const part = firstWord(value, isPartShaped)
      return part ? [{ field: 'part_number', value: part, syntax: 'labelled' }] : []
    }
    case 'model': {
      const model = value
        .replace(/\s+/g, ' ')
        .replace(/[,;|].*$/, '')
        .trim()
        .slice(0, 60)
      return /[a-z0-9]{2}/i.test(model) ? [{ field: 'model', value: model, syntax: 'labelled' }] : []
    }
    case 'mac_address': {
      const mac = how === 'decoded' ? parseMac(value) : readMac(value)
      return mac ? macClaims(mac, true) : []
    }
    case 'fcc_id':
      return fccClaims(value)
    case 'manufacturer': {
      const name = vendorName(value)
      return name.length >= 2 ? [{ field: 'manufacturer', value: name.slice(0, 60), syntax: 'labelled' }] : []
    }
    case 'other-mac':
    case 'express-code':
    case 'ignored':
      return []
  }
}

function serialClaims(
  meaning: 'serial' | 'service-tag',
  value: string,
  how: 'decoded' | 'read' | 'typed',
): Claim[] {
  const fits = (word: string) =>
    meaning === 'service-tag' ? /^[A-Z0-9]{7}$/i.test(word) : isCaptionedSerial(word)
  const serial = firstWord(value, fits)
  if (!serial) return []
  const claim: Claim = {
    field: 'serial',
    value: how === 'read' ? serial.toUpperCase() : serial,
    syntax: 'labelled',
  }
  return meaning === 'service-tag'
    ? [claim, { field: 'manufacturer', value: 'Dell', syntax: 'labelled', follows: 'derived' }]
    : [claim]
}

/** The first word that fits, without the brackets, asterisks and data identifiers that labels put around a value. */
function firstWord(value: string, fits: (word: string) => boolean): string | null {
  const words = value
    .replace(/\(\d{0,2}[A-Z]\)/g, ' ')
    .split(/\s+/)
    .map((word) => word.replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9+]+$/g, ''))
    .filter(Boolean)
  const first = words[0] ?? ''
  if (fits(first)) return first
  const joined = words.slice(0, 2).join('')
  return first.length < 5 && words.length > 1 && fits(joined) ? joined : null
}

function readMac(value: string): string | null {
  const whole = parseReadMac(value)
  if (whole) return whole
  const words = value.split(/\s+/)
  return parseReadMac(words[0] ?? '') ?? parseReadMac(words.slice(0, 6).join(':'))
}

function fccClaims(value: string): Claim[] {
  const words = value.split(/\s+/)
  const id = parseFccId(words[0] ?? '') ?? parseFccId(words.slice(0, 2).join(''))
  if (!id) return []
  const maker = fccGrantee(id)
  const claim: Claim = { field: 'fcc_id', value: id, syntax: 'labelled' }
  return maker
    ? [claim, { field: 'manufacturer', value: maker, syntax: 'labelled', follows: 'derived' }]
    : [claim]
}
