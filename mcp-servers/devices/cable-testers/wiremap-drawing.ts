import { isRight } from './find-faults.ts'
import type { CableTest } from './tests-table.ts'
import { shieldContact, type Wiremap, type Wiring } from './wiremap.ts'

/** One near contact of a drawing. */
export interface DrawnContact {
  near: string
  signal: string | null
  /** null: not tested. */
  reaches: readonly string[] | null
  expected: readonly string[]
  state: 'right' | 'wrong' | 'open' | 'left-open' | 'not-tested'
  /** Near contacts that it is joined with and should not be. */
  joined: readonly string[]
}

export interface WiremapDrawing {
  plug: string
  contacts: DrawnContact[]
}

/** null: the tester told no wires. */
export function wiremapDrawing(
  { frame, shieldExpected }: Pick<CableTest, 'frame' | 'shieldExpected'>,
  wiring: Wiring,
): WiremapDrawing | null {
  if (frame.kind !== 'wiremap') return null
  const { map } = frame
  const hasShield = shieldExpected || map.far[shieldContact] !== undefined
  const extra = [...Object.keys(wiring.mustBeOpen), ...(hasShield ? [shieldContact] : [])]
  const contacts = [
    ...Object.keys(wiring.lines),
    ...extra.filter((contact) => map.far[contact] !== undefined),
  ]
  return { plug: wiring.plug, contacts: [...new Set(contacts)].map((near) => drawn(near, map, wiring)) }
}

/** The far contacts that a good cable reaches from here; the shield reaches the shield. */
export function expectedOf(near: string, { lines }: Wiring): readonly string[] {
  return lines[near] ?? (near === shieldContact ? [shieldContact] : [])
}

function drawn(near: string, map: Wiremap, wiring: Wiring): DrawnContact {
  const expected = expectedOf(near, wiring)
  const reaches = map.far[near] ?? null
  const joined = map.shorts
    .filter((group) => group.includes(near))
    .flat()
    .filter((other) => other !== near && netOf(other, wiring) !== netOf(near, wiring))
  const signal = wiring.signals[near] ?? null
  return { near, signal, reaches, expected, joined, state: stateOf(reaches, expected, joined) }
}

function stateOf(
  reaches: readonly string[] | null,
  expected: readonly string[],
  joined: readonly string[],
): DrawnContact['state'] {
  if (joined.length > 0) return 'wrong'
  if (reaches === null) return 'not-tested'
  if (expected.length === 0) return reaches.length === 0 ? 'left-open' : 'wrong'
  if (reaches.length === 0) return 'open'
  return isRight(reaches, expected) ? 'right' : 'wrong'
}

function netOf(contact: string, { lines }: Wiring): string {
  return [...(lines[contact] ?? [`alone ${contact}`])].sort().join()
}
