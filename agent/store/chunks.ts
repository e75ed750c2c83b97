import { type Chunk, chunkSchema } from '../protocol.ts'
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
      insertAll(runId, bodies)
    },
    after: (runId: string, seq: number): NumberedBody[] =>
      after.all(runId, seq).map((row) => ({ seq: row.seq, body: bodySchema.parse(JSON.parse(row.body)) })),
    remove(runId: string): void {
      remove.run(runId)
    },
  }
}
export type ChunksTable = ReturnType<typeof chunksTable>
