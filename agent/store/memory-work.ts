import type { LabDatabase } from './lab-database.ts'

export type MemoryWork = 'tidy' | 'compact'

/** Table `memory_work`: when it was done last, and what came of it. */
export function memoryWorkTable(database: LabDatabase) {
  const get = database.prepare<[MemoryWork], { atMs: number; words: string }>(
    'select at_ms as atMs, words from memory_work where name = ?',
  )
  const put = database.prepare<[MemoryWork, number, string]>(
    `insert into memory_work (name, at_ms, words) values (?, ?, ?)
     on conflict (name) do update set at_ms = excluded.at_ms, words = excluded.words`,
  )
  return {
    last: (name: MemoryWork): { atMs: number; words: string } | null => get.get(name) ?? null,
    put(name: MemoryWork, atMs: number, words: string): void {
      put.run(name, atMs, words)
    },
  }
}
export type MemoryWorkTable = ReturnType<typeof memoryWorkTable>
