import type { CableTests } from './open-cable-tests.ts'

/** A cable test as one tells it. */
export interface CableTestWords {
  id: string
  /** ISO 8601 UTC. */
  at: string
  words: string
  /** "RJ45 straight-through". */
  cable: string
  tester: string
  notes: string[]
  /** The tag of its item, or the cable of the inventory that was tested; null: a person has not said. */
  about: string | null
}

/** Newest first; with a tag, only those of that item or of a cable at it. */
export function cableTestWords(
  { results, placed, wiring }: CableTests,
  tagOf: (itemId: string) => string | null,
  tag: string | null,
): CableTestWords[] {
  const wanted = tag?.trim().toUpperCase() ?? null
  return results().flatMap(({ id, atMs, words, wiringId, testerName, simulated, notes, itemId }) => {
    const cable = placed(id)?.cable ?? null
    const itemTag = itemId === null ? null : tagOf(itemId)
    if (wanted !== null && itemTag !== wanted && !cable?.tags.includes(wanted)) return []
    const wired = wiring(wiringId)
    return {
      at: new Date(atMs).toISOString(),
      cable: wired ? `${wired.plug} ${wired.name}` : wiringId,
      tester: simulated ? `${testerName}, simulated` : testerName,
      about: cable?.words ?? itemTag,
      ...{ id, words, notes },
    }
  })
}
