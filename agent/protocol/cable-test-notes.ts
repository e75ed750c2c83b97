import { z } from 'zod'

/** Cable tests in the inventory: which cable a result is of, and the request to note it in a journal. */

const changeId = z.string()

export const testInInventory = {
  /** A cable between recorded things; null: the result is about the item itself. `tags`: what it connects. */
  cable: z.object({ words: z.string(), tags: z.array(z.string()) }).nullable(),
  /** Where the last request stands; null: there is none that counts. */
  note: z
    .discriminatedUnion('kind', [
      z.object({ kind: z.literal('waiting'), changeId }),
      z.object({ kind: z.literal('writing'), changeId, words: z.string() }),
      z.object({ kind: z.literal('stands'), changeId, why: z.string() }),
      z.object({ kind: z.literal('noted'), changeId, words: z.string() }),
      z.object({ kind: z.literal('failed'), changeId, why: z.string() }),
    ])
    .nullable(),
  /** In the journal of what it belongs to now. */
  isNoted: z.boolean(),
}

const testId = z.string().min(1).max(64)

export const cableNoteRequests = {
  /** The cables of the recorded item that a result belongs to. */
  'cable-test-cables': z.object({ testId }),
  /** Null: the result is about the item itself. */
  'cable-test-cable': z.object({ testId, cableId: z.number().int().positive().nullable() }),
  'cable-test-note': z.object({ testId }),
} as const

export interface CableNoteResponses {
  'cable-test-cables': { cables: { id: number; words: string }[] }
  'cable-test-cable': { testId: string }
  'cable-test-note': { changeId: string }
}
