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

/** A small model that was asked what the message asks for, because nothing that is known was like it. */
const askedTaskSchema = z.object({
  key: z.string(),
  name: z.string(),
  /** null: it did not say, for `trouble`. */
  task: z.string().nullable(),
  trouble: z.enum(['late', 'unclear', 'failed']).nullable(),
  /** SHA-256 hex of the prompt file. */
  promptHash: z.string(),
  elapsedMs: z.number(),
})
export type AskedTask = z.infer<typeof askedTaskSchema>

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
  asked: AskedTask | null
}
/** Of the answers for which HWLab chose the model. */
export interface Misroutes {
  chosen: number
  tooWeak: number
  wrongTask: number
}
/** The seven days that ended so many weeks ago. */
export interface WeekOfRoutes extends Misroutes {
  weeksAgo: number
  /** Answered without the cloud. */
  here: number
  replayed: number
  /** A model on this network would have done. */
  tooStrong: number
}
type Row = Omit<RouteDecision, 'models' | 'asked'> & { models: string; asked: string | null }

const columns = `id, conversation_id as conversationId, message_id as messageId, at_ms as atMs, wish, decided_by as decidedBy,
  task, model_key as modelKey, tier, models, asked`

/** Table `route_decisions`: why each answer came from where it did. */
export function routeDecisionsTable(database: LabDatabase) {
  const byMessage = database.prepare<[string], Row>(
    `select ${columns} from route_decisions where message_id = ?`,
  )
  const put = database.prepare<Row>(
    `insert into route_decisions (id, conversation_id, message_id, at_ms, wish, decided_by, task, model_key, tier, models, asked)
     values (@id, @conversationId, @messageId, @atMs, @wish, @decidedBy, @task, @modelKey, @tier, @models, @asked)
     on conflict (id) do update set task = @task, model_key = @modelKey, tier = @tier, models = @models, asked = @asked`,
  )
  const mark = database.prepare<[string, string]>('update route_decisions set misroute = ? where id = ?')
  const markWeak = database.prepare<[string, number]>(
    `update route_decisions set misroute = 'too-weak' where id in
       (select id from route_decisions where conversation_id = ? and decided_by <> 'command' order by at_ms desc limit 2)
     and decided_by = 'cheapest' and tier between 1 and ? - 1 and misroute is null`,
  )
  const lastAnswered = database.prepare<[string], { id: string; tier: number }>(
    `select id, tier from (
       select * from route_decisions where conversation_id = ? and decided_by not in ('command', 'pinned') order by at_ms desc limit 2) as lately
     where decided_by = 'cheapest' and tier > 0 and misroute is not 'wrong-task' and exists (select 1 from runs where runs.id = lately.id and runs.state = 'done')`,
  )
  const count = database.prepare<[], Misroutes>(
    `select count(*) as chosen, count(*) filter (where misroute = 'too-weak') as tooWeak,
       count(*) filter (where misroute = 'wrong-task') as wrongTask
     from route_decisions where decided_by = 'cheapest'`,
  )
  const noteSalvaged = database.prepare<[number, string]>(
    'update route_decisions set salvaged_calls = ? where id = ?',
  )
  const salvaged = database.prepare<[], { calls: number | null }>(
    'select sum(salvaged_calls) as calls from route_decisions',
  )
  const byWeek = database.prepare<{ nowMs: number; weekMs: number; weeks: number }, WeekOfRoutes>(
    `select cast((@nowMs - at_ms) / @weekMs as integer) as weeksAgo, count(*) as chosen,
       count(*) filter (where tier <= 1) as here,
       count(*) filter (where misroute = 'too-weak') as tooWeak,
       count(*) filter (where misroute = 'wrong-task') as wrongTask,
       count(verdict) filter (where verdict <> 'unknown') as replayed,
       count(*) filter (where verdict = 'would-do') as tooStrong
     from (select route_decisions.*, route_replays.verdict
           from route_decisions left join route_replays on route_replays.decision_id = route_decisions.id)
     where decided_by = 'cheapest' and at_ms > @nowMs - @weeks * @weekMs
     group by weeksAgo order by weeksAgo`,
  )
  return {
    /** The newest first; weeks without a decision are left out. */
    byWeek: (nowMs: number): WeekOfRoutes[] => byWeek.all({ nowMs, weekMs: 7 * 24 * 3_600_000, weeks: 4 }),
    noteSalvaged(id: string, calls: number): void {
      noteSalvaged.run(calls, id)
    },
    salvagedCalls: (): number => salvaged.get()?.calls ?? 0,
    markWrongTask(id: string): void {
      mark.run('wrong-task', id)
    },
    markTooWeak(id: string): void {
      mark.run('too-weak', id)
    },
    /** Of the last two turns: those that came to their end, and for which HWLab chose a model. */
    lastAnswered: (conversationId: string) => lastAnswered.all(conversationId),
    /** A person asked for a stronger model: the last two answers of weaker ones were not good enough. */
    markWeakerThan(conversationId: string, wishedTier: number): void {
      markWeak.run(conversationId, wishedTier)
    },
    misroutes: (): Misroutes => count.get() ?? { chosen: 0, tooWeak: 0, wrongTask: 0 },
    ofMessage(messageId: string): RouteDecision | null {
      const row = byMessage.get(messageId)
      if (!row) return null
      const asked = row.asked === null ? null : askedTaskSchema.parse(JSON.parse(row.asked))
      return { ...row, models: modelsSchema.parse(JSON.parse(row.models)), asked }
    },
    /** Again with what became of it when the answer has ended. */
    put(decision: RouteDecision): void {
      const asked = decision.asked === null ? null : JSON.stringify(decision.asked)
      put.run({ ...decision, models: JSON.stringify(decision.models), asked })
    },
  }
}
export type RouteDecisionsTable = ReturnType<typeof routeDecisionsTable>
