import type { Memory } from '../memory/open-memory.ts'
import { type MemoryResponses, memoryRequests } from '../protocol/memory.ts'
import { checked, type Handler } from './socket-handler.ts'

export type MemoryDesk = Pick<Memory, 'setRule' | 'tidyNow'>

/** What a signed-in page may ask about what is kept. */
export function memoryHandlers(memory: MemoryDesk): Record<keyof MemoryResponses, Handler> {
  return {
    'retention-set': checked(
      'retention-set',
      (body) => memoryRequests['retention-set'].safeParse(body),
      async (body, { operator }) => memory.setRule(body, operator),
    ),
    'memory-tidy': checked(
      'memory-tidy',
      (body) => memoryRequests['memory-tidy'].safeParse(body),
      async () => memory.tidyNow(),
    ),
  }
}
