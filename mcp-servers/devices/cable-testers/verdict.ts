import { type Finding, findFaults } from './find-faults.ts'
import { findingWords } from './finding-words.ts'
import { shieldContact, type Wiremap, type Wiring } from './wiremap.ts'

export interface TesterAbility {
  shorts: boolean
  shield: boolean
  splitPairs: boolean
  length: boolean
}

export interface CableVerdict {
  /** `none`: not enough was measured to say either. */
  result: 'pass' | 'fail' | 'none'
  /** "All 8 conductors — PASS", "Pin 4 open — FAIL". */
  words: string
  findings: Finding[]
  /** What kind of lesser cable it is, and what this tester cannot see. */
  notes: string[]
}

export interface CableQuestion {
  map: Wiremap
  expected: Wiring
  /** Other wirings of the same plug: a cable that is wholly wired like one of them is named so. */
  others: readonly Wiring[]
  /** F/UTP, S/FTP and the like: an open shield is a fault. */
  shieldExpected: boolean
  ability: TesterAbility
}

/** The judgement of a wiremap in the terms of ANSI/TIA-1152: only what the tester can measure is ever called good. */
export function judgeCable(question: CableQuestion): CableVerdict {
  const { map, expected } = question
  const blind = blindSpots(question)
  const required = Object.keys(expected.lines)
  const tested = required.filter((contact) => map.far[contact] !== undefined)
  if (tested.length === 0)
    return { result: 'none', words: 'Nothing was measured', findings: [], notes: blind }

  const isDead = tested.every((contact) => map.far[contact]?.length === 0) && map.shorts.length === 0
  if (isDead) {
    const findings: Finding[] = [{ kind: 'all-open', count: conductorsAmong(tested, expected) }]
    return fail(findings, expected, blind)
  }

  const lesser = expected.optional.filter((group) =>
    group.near.every((contact) => map.far[contact]?.length === 0),
  )
  const leftOut = new Set(lesser.flatMap((group) => group.near))
  const notes = [...lesser.map((group) => group.without), ...blind]
  const judged = tested.filter((contact) => !leftOut.has(contact))
  const findings = findFaults(question, judged)
  if (findings.length > 0) return fail(findings, expected, notes)

  const untested = required.filter((contact) => !tested.includes(contact))
  if (untested.length > 0) {
    const words = `No fault found, but not everything was measured: ${untested.join(', ')} — NO VERDICT`
    return { result: 'none', words, findings, notes }
  }
  const words = `All ${conductorsAmong(judged, expected)} conductors — PASS`
  return { result: 'pass', words, findings, notes }
}

function fail(findings: Finding[], expected: Wiring, notes: string[]): CableVerdict {
  const words = findings.map((finding) => findingWords(finding, expected)).join(', ')
  return { result: 'fail', words: `${words} — FAIL`, findings, notes }
}

/** Contacts that are joined by design, as the four VBUS contacts of a USB-C plug, are one conductor. */
function conductorsAmong(contacts: readonly string[], { lines }: Wiring): number {
  return new Set(contacts.map((contact) => [...(lines[contact] ?? [])].sort().join())).size
}

function blindSpots({ map, expected, ability, shieldExpected }: CableQuestion): string[] {
  const isTwisted = expected.plug === 'RJ45'
  const shieldSeen = ability.shield && map.far[shieldContact] !== undefined
  return [
    ability.shorts ? [] : 'Shorts were not tested.',
    isTwisted && !(ability.splitPairs && map.splits) ? 'Split pairs were not tested.' : [],
    shieldExpected && !shieldSeen ? 'The shield was not tested.' : [],
  ].flat()
}
