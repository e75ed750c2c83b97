import type { ModelEntry } from '../models/model-entry.ts'

/** Where nobody says: what servers on a person's own machine load by default or little more, and what any cloud model has. */
const assumedTokens = { local: 8192, cloud: 32_768, commands: 1_000_000 } as const
const narrowestTokens = 1024

/** How much each model can read: what its server says, or less when a call proved less. */
export interface Windows {
  of(entry: ModelEntry): number
  /**
   * The server read only `readTokens` of a longer prompt: it has no room for more. false: it was narrowed before and still
   * reports less than it was sent, so its counts mean something else (only what was not in its cache), and are not used.
   */
  narrow(entry: ModelEntry, readTokens: number): boolean
}

export function openWindows(): Windows {
  /** Forgotten with the process, or when the server says something else: a person may have widened it. */
  const proved = new Map<string, { said: number | null; windowTokens: number }>()
  const said = (entry: ModelEntry) => entry.capabilities?.windowTokens ?? null
  const assumed = (entry: ModelEntry) => said(entry) ?? assumedTokens[entry.where]

  return {
    of(entry) {
      const found = proved.get(entry.key)
      if (found && found.said === said(entry)) return found.windowTokens
      return assumed(entry)
    },
    narrow(entry, readTokens) {
      const found = proved.get(entry.key)
      const isFirst = found?.said !== said(entry)
      const windowTokens = isFirst ? Math.max(narrowestTokens, readTokens) : assumed(entry)
      proved.set(entry.key, { said: said(entry), windowTokens })
      return isFirst
    },
  }
}
