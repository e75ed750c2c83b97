import { type Chunk, chunkSchema } from '../protocol/messages.ts'
import type { LabDatabase } from './lab-database.ts'

const bodySchema = chunkSchema.shape.body
export type ChunkBody = Chunk['body']

export interface NumberedBody {
  seq: number
  body: ChunkBody
}

/** Table `chunks`: the stream of a running answer, numbered from 1. */
export function chunksTable(database: LabDatabase) {
  const insert = database.prepare<[string, number, string]>(
    'insert into chunks (run_id, seq, body) values (?, ?, ?)',
  )
  const after = database.prepare<[string, number], { seq: number; body: string }>(
    'select seq, body from chunks where run_id = ? and seq > ? order by seq',
  )
  const remove = database.prepare<[string]>('delete from chunks where run_id = ?')
  const insertAll = database.transaction((runId: string, bodies: NumberedBody[]) => {
    for (const { seq, body } of bodies) insert.run(runId, seq, JSON.stringify(body))
  })
  return {
    append(runId: string, bodies: NumberedBody[]): void {
      withoutSync(database, () => insertAll(runId, bodies))
    },
    after: (runId: string, seq: number): NumberedBody[] =>
      after.all(runId, seq).map((row) => ({ seq: row.seq, body: bodySchema.parse(JSON.parse(row.body)) })),
    remove(runId: string): void {
      remove.run(runId)
    },
  }
}
export type ChunksTable = ReturnType<typeof chunksTable>

/** `PRAGMA synchronous` as a number. */
const full = 2

/**
 * A crash of the program costs nothing that was written like this; a power cut may cost the last words of a stream, and whatever is
 * committed after them takes them along (sqlite.org/pragma.html#pragma_synchronous). On a slow disk each wait would be seen.
 */
function withoutSync(database: LabDatabase, write: () => void): void {
  const before = database.pragma('synchronous', { simple: true })
  if (database.inTransaction || before !== full) {
    write()
    return
  }
  database.pragma('synchronous = NORMAL')
  try {
    write()
  } finally {
    database.pragma('synchronous = FULL')
  }
}
