import type { LabDatabase } from './lab-database.ts'

export interface Replay {
  decisionId: string
  atMs: number
  modelKey: string
  /** null: it was not asked. */
  promptHash: string | null
  /** unknown: it asked for something that was not recorded, or did not come to an end. */
  verdict: 'would-do' | 'would-not' | 'unknown'
  words: string
}

/** An answer of a model in the cloud that HWLab had chosen. */
export interface CloudTurn {
  decisionId: string
  conversationId: string
  task: string | null
  operatorMessageId: string
  advisorMessageId: string
}

/** Only turns that changed nothing: no call of them was or is a person's to decide. */
const cloudTurns = `route_decisions join runs on runs.id = route_decisions.id
  where decided_by = 'cheapest' and tier >= 2 and runs.state = 'done' and runs.operator_message_id is not null and at_ms >= ?
    and not exists (select 1 from pending_calls where pending_calls.message_id = route_decisions.message_id)`

/** Table `route_replays`. */
export function routeReplaysTable(database: LabDatabase) {
  const count = database.prepare<[number], { turns: number }>(`select count(*) as turns from ${cloudTurns}`)
  const countReplays = database.prepare<[number], { replays: number }>(
    'select count(*) as replays from route_replays where at_ms >= ?',
  )
  const next = database.prepare<[number], CloudTurn>(
    `select route_decisions.id as decisionId, route_decisions.conversation_id as conversationId, task,
       runs.operator_message_id as operatorMessageId, runs.advisor_message_id as advisorMessageId
     from ${cloudTurns} and not exists (select 1 from route_replays where decision_id = route_decisions.id)
     order by at_ms desc limit 1`,
  )
  const put = database.prepare<Replay>(
    `insert into route_replays (decision_id, at_ms, model_key, prompt_hash, verdict, words)
     values (@decisionId, @atMs, @modelKey, @promptHash, @verdict, @words) on conflict (decision_id) do nothing`,
  )
  return {
    cloudTurnsSince: (sinceMs: number): number => count.get(sinceMs)?.turns ?? 0,
    replaysSince: (sinceMs: number): number => countReplays.get(sinceMs)?.replays ?? 0,
    /** The newest that was not replayed yet. */
    next: (sinceMs: number): CloudTurn | null => next.get(sinceMs) ?? null,
    put(replay: Replay): void {
      put.run(replay)
    },
  }
}
export type RouteReplaysTable = ReturnType<typeof routeReplaysTable>
