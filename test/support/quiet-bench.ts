import { systemClock } from '../../mcp-servers/serving/clock.ts'

/** A registry’s surroundings in which no event comes: it looks only when it is asked to. */
export const quietBench = {
  watch: async () => ({ kind: 'events' as const, stop: async () => {} }),
  clock: systemClock,
  onFault(cause: unknown) {
    throw cause
  },
}
