import type { Fact } from '../store/facts.ts'

/** What HWLab remembers, for a file of one's own. Times are ISO 8601 UTC. */
export function exportFacts(facts: Fact[]) {
  return {
    facts: facts.map(({ text, isPrivate, proposedBy, setBy, setAtMs }) => ({
      ...{ text, stays_on_this_network: isPrivate, proposed_by: proposedBy, set_by: setBy },
      set_at: new Date(setAtMs).toISOString(),
    })),
  }
}
