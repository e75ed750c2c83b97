import { z } from 'zod'
import type { LabDatabase } from './lab-database.ts'

/** A model that was thought of. `reason` is null for the one that answered. */
const thoughtOfSchema = z.object({
  key: z.string(),
  name: z.string(),
  reason: z.string().nullable(),
  words: z.string(),
})
export type ThoughtOf = z.infer<typeof thoughtOfSchema>
const modelsSchema = z.array(thoughtOfSchema)

export interface RouteDecision {
  /** The run's. */
  id: string
  conversationId: string
  messageId: string
  atMs: number
  wish: string
  decidedBy: string
  task: string | null
  modelKey: string
  tier: number
  models: ThoughtOf[]
}
type Row = Omit<RouteDecision, 'models'> & { models: string }

const columns = `id, conversation_id as conversationId, message_id as messageId, at_ms as atMs, wish, decided_by as decidedBy,
  task, model_key as modelKey, tier, models`

/** Table `route_decisions`: why each answer came from where it did. */
export function routeDecisionsTable(database: LabDatabase) {
  const byMessage = database.prepare<[string], Row>(
    `select ${columns} from route_decisions where message_id = ?`,
  )
  const put = database.prepare<Row>(
    `insert into route_decisions (id, conversation_id, message_id, at_ms, wish, decided_by, task, model_key, tier, models)
     values (@id, @conversationId, @messageId, @atMs, @wish, @decidedBy, @task, @modelKey, @tier, @models)
     on conflict (id) do update set model_key = @modelKey, tier = @tier, models = @models`,
  )
  return {
    ofMessage(messageId: string): RouteDecision | null {
      const row = byMessage.get(messageId)
      return row ? { ...row, models: modelsSchema.parse(JSON.parse(row.models)) } : null
    },
    /** Again with what became of it when the answer has ended. */
    put(decision: RouteDecision): void {
      put.run({ ...decision, models: JSON.stringify(decision.models) })
    },
  }
}
export type RouteDecisionsTable = ReturnType<typeof routeDecisionsTable>
