import type { InterfaceKind } from './naming-rules.ts'
import { namingRules, type Platform } from './platform.ts'

interface ReadName {
  kind: InterfaceKind
  name: string
}

/**
 * As the platform itself writes it: `Gi1/0/1` on IOS is `GigabitEthernet1/0/1`. A name that the platform does not
 * know stays as it is, without the spaces around it.
 */
export function canonicalName(platform: Platform, text: string): string {
  return readName(platform, text)?.name ?? text.trim()
}

/** Whether two spellings mean one interface; what the platform does not know is compared without letter case. */
export function sameInterface(platform: Platform, a: string, b: string): boolean {
  const [one, other] = [readName(platform, a), readName(platform, b)]
  if (one && other) return one.name === other.name
  return !one && !other && a.trim().toLowerCase() === b.trim().toLowerCase()
}

/** For creating it in NetBox. The type is the usual one for the name; `other` where the name does not say. */
export function newInterface(
  platform: Platform,
  text: string,
): { name: string; type: string; mgmt_only: boolean } {
  const read = readName(platform, text)
  if (!read) return { name: text.trim(), type: 'other', mgmt_only: false }
  const { kind, name } = read
  const type = /\.\d+$/.test(name) ? 'virtual' : kind.type
  return { name, type, mgmt_only: kind.isManagement }
}

function readName(platform: Platform, text: string): ReadName | null {
  const rules = namingRules[platform]
  if (!rules) return null
  const meant = rules.renamed.reduce((name, [from, to]) => name.replace(from, to), text.trim())
  const folded = rules.isCaseSensitive ? linuxCase(meant) : meant.toLowerCase()
  for (const kind of rules.kinds) {
    for (const spelling of [kind.word, ...kind.spellings]) {
      const start = rules.isCaseSensitive ? spelling : spelling.toLowerCase()
      const number = folded.slice(start.length).replace(/\s+/g, '')
      if (!folded.startsWith(start) || !kind.number.test(number)) continue
      const shown = rules.numberLetters === 'upper' ? number.toUpperCase() : number
      return { kind, name: `${kind.word}${shown === '' ? '' : rules.joint}${shown}` }
    }
  }
  return null
}

/** Lower case, as a phone's keyboard may not be; only the PCI domain of a predictable name has a capital letter. */
function linuxCase(text: string): string {
  const lower = text.toLowerCase()
  return /^..P\s*\d/.test(text) && text !== text.toUpperCase()
    ? `${lower.slice(0, 2)}P${lower.slice(3)}`
    : lower
}
