import { markSeparators } from './separator-marks.ts'

/** One field of an ANSI MH10.8.2 / EIGP-114 label: a data identifier such as `1P` and what follows it. */
export interface IdentifiedData {
  identifier: string
  value: string
}

/** The fields of an ISO/IEC 15434 envelope of format 06 ("[)>" RS "06" GS …), or null when there is no envelope. */
export function openEnvelope(text: string): IdentifiedData[] | null {
  const body = /^\[\)>␞?06(.*)$/s.exec(markSeparators(text))?.[1]
  if (body === undefined) return null
  return body
    .replace(/␞?␄?$/, '')
    .split('␝')
    .flatMap((field) => {
      const identified = splitIdentifier(field)
      return identified ? [identified] : []
    })
}

/** Splits "1PABC-1" into `1P` and "ABC-1"; by itself a bare code's first characters prove nothing. */
export function splitIdentifier(text: string): IdentifiedData | null {
  const parts = /^(\d{0,3}[A-Z])(.+)$/.exec(text.trim())
  return parts?.[1] && parts[2] ? { identifier: parts[1], value: parts[2].trim() } : null
}

/**
 * ANSI MH10.8.2 data identifiers that labels of electronics carry. `P` customer part, `1P` and `30P` supplier part, `S`
 * serial, `23S` MAC address, `4L` country, `Q` quantity, `T`/`1T` lot, `9D`/`10D` date, `K` order, `V`/`1V` supplier.
 */
const meanings: Record<string, 'serial' | 'part_number' | 'mac_address' | 'ignored'> = {
  S: 'serial',
  '1P': 'part_number',
  '30P': 'part_number',
  '31P': 'part_number',
  P: 'part_number',
  '23S': 'mac_address',
  '2P': 'ignored',
  '3S': 'ignored',
  '4S': 'ignored',
  '4L': 'ignored',
  Q: 'ignored',
  T: 'ignored',
  '1T': 'ignored',
  '6D': 'ignored',
  '9D': 'ignored',
  '10D': 'ignored',
  '11D': 'ignored',
  '16D': 'ignored',
  K: 'ignored',
  '1K': 'ignored',
  '3K': 'ignored',
  '4K': 'ignored',
  '11K': 'ignored',
  V: 'ignored',
  '1V': 'ignored',
  '10V': 'ignored',
  '12V': 'ignored',
  '13Q': 'ignored',
  '1J': 'ignored',
  '2J': 'ignored',
  '6J': 'ignored',
}

export function identifierMeaning(identifier: string) {
  return meanings[identifier] ?? null
}
