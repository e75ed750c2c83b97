import type { CableTest } from './tests-table.ts'
import { shieldContact, type Wiremap, type Wiring } from './wiremap.ts'

/** A result as it is kept elsewhere: everything that was measured, and what was not. */
export interface TestReport {
  result: CableTest['result']
  /** "Pin 4 open — FAIL". */
  verdict: string
  /** One line each; `isCode`: letter by letter as a device said it. */
  facts: { label: string; words: string; isCode?: true }[]
}

/** Of the bytes; the rest stays in HWLab. */
const mostBytes = 512

export function testReport(test: CableTest, wiring: Wiring | null): TestReport {
  const { frame, shieldExpected, testerName, profileId, operator, atMs, result, words, notes } = test
  const cable = wiring ? `${wiring.plug} ${wiring.name}` : test.wiringId
  const at = new Date(atMs).toISOString()
  const optional: [string, string | null][] = [
    ['Simulated', test.simulated ? 'A simulated tester: no real cable was measured.' : null],
    ['Wires', frame.kind === 'wiremap' ? wireWords(frame.map) : 'The tester did not tell the wires.'],
    ['What this tester cannot see', notes.length === 0 ? null : notes.join(' ')],
  ]
  const codes: [string, string | null][] = [
    ['Tester', testerName],
    ['Profile', profileId],
    ['Raw bytes', test.rawHex === '' ? null : rawWords(test.rawHex)],
    ['Result', test.id],
  ]
  return {
    result,
    verdict: words,
    facts: [
      { label: 'Tested as', words: shieldExpected ? `${cable}, shielded` : cable },
      ...optional.flatMap(([label, words]) => (words === null ? [] : [{ label, words }])),
      { label: 'Tested', words: `${at.slice(0, 10)} ${at.slice(11, 16)} UTC, by ${operator}` },
      ...codes.flatMap(([label, words]) =>
        words === null ? [] : [{ label, words, isCode: true } satisfies TestReport['facts'][number]],
      ),
    ],
  }
}

/** "1 to 1, 2 to 2, 3 to nothing (open)", then what is joined. */
function wireWords({ far, shorts, splits }: Wiremap): string {
  const wires = Object.entries(far).map(([near, reached]) =>
    reached.length === 0 ? `${name(near)} open` : `${name(near)} to ${reached.map(name).join(' and ')}`,
  )
  const joined = shorts.map((group) => `joined: ${group.map(name).join(', ')}`)
  const split = (splits ?? []).map((group) => `split: ${group.join(', ')}`)
  return [wires.join(', '), ...joined, ...split].join('; ')
}

function name(contact: string): string {
  return contact === shieldContact ? 'shield' : contact
}

function rawWords(rawHex: string): string {
  const bytes = rawHex.match(/../g) ?? []
  const shown = bytes.slice(0, mostBytes).join(' ')
  const left = bytes.length - mostBytes
  return left > 0 ? `${shown} … and ${left} more bytes in HWLab` : shown
}
