import type { Message } from '../protocol/messages.ts'
import type { LabDatabase } from './lab-database.ts'

export type RunState = 'running' | 'done' | 'waiting' | 'stopped' | 'failed' | 'interrupted'

export interface RunRow {
  id: string
  conversationId: string
  requestId: string | null
  operatorMessageId: string | null
  advisorMessageId: string
  modelKey: string
  state: RunState
  startedAtMs: number
}

export interface RunEnd {
  state: Exclude<RunState, 'running'>
  modelKey: string
  /** null: it was cut off before that was known. */
  answeredBy: Message['answeredBy']
}

const columns = `id, conversation_id as conversationId, request_id as requestId, operator_message_id as operatorMessageId,
  advisor_message_id as advisorMessageId, model_key as modelKey, state, started_at_ms as startedAtMs`

/** Table `runs`: at most one `running` per conversation (a unique index holds it). */
export function runsTable(database: LabDatabase) {
  const byRequest = database.prepare<[string, string], RunRow>(
    `select ${columns} from runs where conversation_id = ? and request_id = ?`,
  )
  const running = database.prepare<[string], RunRow>(
    `select ${columns} from runs where conversation_id = ? and state = 'running'`,
  )
  const byId = database.prepare<[string], RunRow>(`select ${columns} from runs where id = ?`)
  const allRunning = database.prepare<[], RunRow>(`select ${columns} from runs where state = 'running'`)
  const insert = database.prepare<[string, string, string | null, string | null, string, string, number]>(
    `insert into runs (id, conversation_id, request_id, operator_message_id, advisor_message_id, model_key, state, started_at_ms)
     values (?, ?, ?, ?, ?, ?, 'running', ?)`,
  )
  const end = database.prepare<[string, string, string | null, string | null, number, string]>(
    `update runs set state = ?, model_key = ?, finish = ?, prompt_hash = ?, ended_at_ms = ?
     where id = ? and state = 'running'`,
  )
  return {
    byRequest: (conversationId: string, requestId: string): RunRow | null =>
      byRequest.get(conversationId, requestId) ?? null,
    get: (id: string): RunRow | null => byId.get(id) ?? null,
    running: (conversationId: string): RunRow | null => running.get(conversationId) ?? null,
    allRunning: (): RunRow[] => allRunning.all(),
    insert(row: Omit<RunRow, 'state'>): void {
      insert.run(
        row.id,
        row.conversationId,
        row.requestId,
        row.operatorMessageId,
        row.advisorMessageId,
        row.modelKey,
        row.startedAtMs,
      )
    },
    end(id: string, { state, modelKey, answeredBy }: RunEnd, nowMs: number): void {
      end.run(state, modelKey, answeredBy?.finish ?? null, answeredBy?.prompt?.hash ?? null, nowMs, id)
    },
  }
}
