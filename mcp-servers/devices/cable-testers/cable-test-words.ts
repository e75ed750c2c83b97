import type { CableTests } from './open-cable-tests.ts'

/** A cable test as one tells it. */
export interface CableTestWords {
  /** ISO 8601 UTC. */
  at: string
  words: string
  /** "RJ45 straight-through". */
  cable: string
  tester: string
  notes: string[]
  itemId: string | null
}

/** Newest first. */
export function cableTestWords({ results, wiring }: CableTests): CableTestWords[] {
  return results().map(({ atMs, words, wiringId, testerName, simulated, notes, itemId }) => {
    const wired = wiring(wiringId)
    return {
      at: new Date(atMs).toISOString(),
      cable: wired ? `${wired.plug} ${wired.name}` : wiringId,
      tester: simulated ? `${testerName}, simulated` : testerName,
      ...{ words, notes, itemId },
    }
  })
}
