import type { Finding } from './find-faults.ts'
import type { Wiring } from './wiremap.ts'

/** A finding in the field's words: "Pin 4 open", "Pairs 1-2 and 4-5 crossed", "D+ (A6) open". */
export function findingWords(finding: Finding, wiring: Wiring): string {
  switch (finding.kind) {
    case 'all-open':
      return `All ${finding.count} conductors open (is the remote unit attached?)`
    case 'open':
      return `${contactWords(finding.contact, wiring)} open`
    case 'short':
      return isNumbered(wiring)
        ? `Pins ${finding.contacts.join('-')} short`
        : `${finding.contacts.map((contact) => contactWords(contact, wiring)).join(' and ')} short`
    case 'wired-as':
      return `Wired as ${finding.name}, expected ${wiring.name}`
    case 'reversed':
      return `Pair ${finding.pair.join('-')} reversed`
    case 'crossed':
      return `Pairs ${finding.pair.join('-')} and ${finding.other.join('-')} crossed`
    case 'crossed-to':
      return `Pair ${finding.pair.join('-')} crossed to ${finding.other.join('-')}`
    case 'miswired':
      return `${contactWords(finding.contact, wiring)} miswired to ${finding.far.join(' and ')}`
    case 'split':
      return `Split pair on ${finding.contacts.join(', ')}`
    case 'must-be-open':
      return `${contactWords(finding.contact, wiring)} connected: ${finding.why}`
    case 'shield-open':
      return 'Shield open'
  }
}

function isNumbered(wiring: Wiring): boolean {
  return Object.keys(wiring.signals).length === 0
}

function contactWords(contact: string, wiring: Wiring): string {
  const signal = wiring.signals[contact]
  return signal === undefined ? `Pin ${contact}` : `${signal} (${contact})`
}
