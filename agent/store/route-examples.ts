import { z } from 'zod'
import { partSchema } from '../protocol/messages.ts'
import type { LabDatabase } from './lab-database.ts'

export interface TaughtExample {
  id: string
  text: string
  task: string
  taughtAtMs: number
}

const partsSchema = z.array(partSchema)
const columns = 'id, text, task, taught_at_ms as taughtAtMs'

/** Table `route_examples`, newest first; one text asks for one thing. */
export function routeExamplesTable(database: LabDatabase) {
  const all = database.prepare<[], TaughtExample>(
    `select ${columns} from route_examples order by taught_at_ms desc, id`,
  )
  const put = database.prepare<TaughtExample>(
    `insert into route_examples (id, text, task, taught_at_ms) values (@id, @text, @task, @taughtAtMs)
     on conflict (text) do update set task = @task, taught_at_ms = @taughtAtMs`,
  )
  const remove = database.prepare<[string]>('delete from route_examples where id = ?')
  const question = database.prepare<[string], { parts: string }>(
    `select messages.parts from runs join messages on messages.id = runs.operator_message_id where runs.id = ?`,
  )
  return {
    all: () => all.all(),
    put(example: TaughtExample): void {
      put.run(example)
    },
    /** false: it was not there. */
    remove: (id: string): boolean => remove.run(id).changes > 0,
    /** What the person asked in a run; null: nothing in words. */
    question(runId: string): string | null {
      const row = question.get(runId)
      const parts = row ? partsSchema.parse(JSON.parse(row.parts)) : []
      const text = parts.flatMap((part) => (part.kind === 'text' ? [part.text] : [])).join('\n')
      return text.trim() === '' ? null : text.trim()
    },
  }
}
export type RouteExamplesTable = ReturnType<typeof routeExamplesTable>
