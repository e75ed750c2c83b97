import type { CableQuestion } from './verdict.ts'
import { shieldContact, type Wiremap, type Wiring } from './wiremap.ts'

type Pair = readonly [string, string]

/** Contacts are those of the near plug; a pair is named by its two contacts. */
export type Finding =
  | { kind: 'all-open'; count: number }
  | { kind: 'open'; contact: string }
  | { kind: 'short'; contacts: readonly string[] }
  | { kind: 'wired-as'; name: string }
  | { kind: 'reversed'; pair: Pair }
  | { kind: 'crossed'; pair: Pair; other: Pair }
  | { kind: 'crossed-to'; pair: Pair; other: Pair }
  | { kind: 'miswired'; contact: string; far: readonly string[] }
  | { kind: 'split'; contacts: readonly string[] }
  | { kind: 'must-be-open'; contact: string; why: string }
  | { kind: 'shield-open' }

/**
 * Every fault among the judged contacts, opens first; the order and the names follow ANSI/TIA-1152 wire map. A shorted
 * contact is not open as well, and a whole cable that is wired like another one is one finding, not eight.
 */
export function findFaults(question: CableQuestion, judged: readonly string[]): Finding[] {
  const { map, expected, others, shieldExpected, ability } = question
  const shorts = map.shorts.filter((group) => !isJoinedByDesign(group, expected))
  const shorted = new Set(shorts.flat())
  const whole = judged.filter((contact) => !shorted.has(contact))
  const open = whole.filter((contact) => map.far[contact]?.length === 0)
  const wired = whole.filter((contact) => (map.far[contact]?.length ?? 0) > 0)
  const isWrong = wired.some((contact) => !isRight(map.far[contact] ?? [], expected.lines[contact]))
  const alike =
    isWrong && open.length + shorted.size === 0 ? others.find((wiring) => isWiredAs(map, wiring)) : undefined
  return [
    ...open.map((contact): Finding => ({ kind: 'open', contact })),
    ...shorts.map((contacts): Finding => ({ kind: 'short', contacts })),
    ...(alike ? [{ kind: 'wired-as', name: alike.name } satisfies Finding] : wrongWays(map, expected, wired)),
    ...(ability.splitPairs ? (map.splits ?? []) : []).map(
      (contacts): Finding => ({ kind: 'split', contacts }),
    ),
    ...Object.entries(expected.mustBeOpen)
      .filter(([contact]) => (map.far[contact]?.length ?? 0) > 0)
      .map(([contact, why]): Finding => ({ kind: 'must-be-open', contact, why })),
    ...(shieldExpected && ability.shield && map.far[shieldContact]?.length === 0
      ? [{ kind: 'shield-open' } satisfies Finding]
      : []),
  ]
}

function isJoinedByDesign(group: readonly string[], { lines }: Wiring): boolean {
  const nets = group.map((contact) => [...(lines[contact] ?? [`alone ${contact}`])].sort().join())
  return new Set(nets).size === 1
}

export function isRight(far: readonly string[], allowed: readonly string[] | undefined): boolean {
  return far.length > 0 && far.every((contact) => allowed?.includes(contact))
}

function isWiredAs(map: Wiremap, { lines }: Wiring): boolean {
  return Object.entries(lines).every(([contact, allowed]) => isRight(map.far[contact] ?? [], allowed))
}

function wrongWays(map: Wiremap, expected: Wiring, wired: readonly string[]): Finding[] {
  const wrong = wired.filter((contact) => !isRight(map.far[contact] ?? [], expected.lines[contact]))
  const told = new Set<string>()
  const ofPairs = expected.pairs.flatMap((pair): Finding[] => {
    if (!pair.every((contact) => wrong.includes(contact) && !told.has(contact))) return []
    const finding = pairFinding(map, expected, pair)
    if (finding === null) return []
    for (const contact of pair) told.add(contact)
    if (finding.kind === 'crossed') for (const contact of finding.other) told.add(contact)
    return [finding]
  })
  const singly = wrong.filter((contact) => !told.has(contact))
  return [
    ...ofPairs,
    ...singly.map((contact): Finding => ({ kind: 'miswired', contact, far: map.far[contact] ?? [] })),
  ]
}

function pairFinding(map: Wiremap, expected: Wiring, pair: Pair): Finding | null {
  if (arrivesAt(map, pair, farEnds(expected, pair))) return { kind: 'reversed', pair }
  const other = expected.pairs.find(
    (candidate) => candidate !== pair && arrivesAt(map, pair, farEnds(expected, candidate)),
  )
  if (!other) return null
  const isBothWays = arrivesAt(map, other, farEnds(expected, pair))
  return { kind: isBothWays ? 'crossed' : 'crossed-to', pair, other }
}

function farEnds({ lines }: Wiring, pair: Pair): readonly string[] {
  return pair.flatMap((contact) => lines[contact] ?? [])
}

/** Whether the two wires end on these contacts, one on each, in whatever order. */
function arrivesAt(map: Wiremap, pair: Pair, ends: readonly string[]): boolean {
  const reached = pair.flatMap((contact) => map.far[contact] ?? [])
  return reached.length === ends.length && [...reached].sort().join() === [...ends].sort().join()
}
