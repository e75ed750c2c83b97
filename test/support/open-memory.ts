import { join } from 'node:path'
import { ulid } from 'ulid'
import { type Memory, type MemoryDeps, openMemory } from '../../agent/memory/open-memory.ts'
import type { Message, Part } from '../../agent/protocol/messages.ts'
import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { openTranscript, type Transcript } from '../../agent/store/transcript.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'
import { FakeClock } from './fake-clock.ts'

export const dayMs = 24 * 60 * 60_000

export interface MemoryWorld {
  clock: FakeClock
  database: LabDatabase
  transcript: Transcript
  memory: Memory
  audited: unknown[]
  errors: unknown[]
  /** A conversation in which this was said, last touched now. */
  talked(title: string, messages: { role: Message['role']; parts: Part[] }[]): string
  /** Tidies up and waits for its end. */
  tidy(): Promise<void>
  close(): Promise<void>
}

/** The memory over real tables, with a clock that stands still. */
export function openMemoryWorld(
  options: Partial<MemoryDeps> = {},
  folder: string | null = null,
): MemoryWorld {
  const clock = new FakeClock()
  const database = openDatabase(folder === null ? ':memory:' : join(folder, 'hwlab.db'), [agentMigrations])
  const transcript = openTranscript(database)
  const audited: unknown[] = []
  const errors: unknown[] = []
  const waiting = new Set<() => void>()
  const memory = openMemory({
    database,
    transcript,
    clock,
    localModel: () => null,
    hasOpenRequest: () => false,
    withoutPrivate: (text) => text,
    isIdle: () => true,
    audit: (entry) => audited.push(entry),
    onChange() {
      for (const check of waiting) check()
    },
    onModelError: (error) => errors.push(error),
    onError: (error) => errors.push(error),
    ...options,
  })
  const rested = () =>
    new Promise<void>((resolve) => {
      const check = () => {
        if (memory.view().tidyWords === 'HWLab is tidying up.') return
        waiting.delete(check)
        resolve()
      }
      waiting.add(check)
      check()
    })
  return {
    ...{ clock, database, transcript, memory, audited, errors },
    talked(title, messages) {
      const { id } = transcript.conversations.create(title, clock.nowMs())
      transcript.together(() => {
        for (const { role, parts } of messages) {
          const createdAt = new Date(clock.nowMs()).toISOString()
          transcript.messages.insert(id, { id: ulid(), role, createdAt, parts, answeredBy: null })
        }
      })
      return id
    },
    async tidy() {
      await rested()
      memory.tidyNow()
      await rested()
    },
    async close() {
      await memory.close()
      database.close()
    },
  }
}

export const said = (role: Message['role'], text: string): { role: Message['role']; parts: Part[] } => ({
  role,
  parts: [{ kind: 'text', text }],
})
