import { isDeepStrictEqual } from 'node:util'

/** The sentences whose condition does not hold. */
export function faults(...checks: [holds: boolean, sentence: string][]): string[] {
  return checks.flatMap(([holds, sentence]) => (holds ? [] : [sentence]))
}

/** What differs between the wanted and the found, as one sentence; none when they are equal. */
export function differs(what: string, found: unknown, wanted: unknown): string[] {
  if (isDeepStrictEqual(found, wanted)) return []
  return [`${what}: ${short(found)}, wanted ${short(wanted)}`]
}

const short = (value: unknown) => (JSON.stringify(value) ?? 'nothing').slice(0, 300)
