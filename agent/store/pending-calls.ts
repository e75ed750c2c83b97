import type { LabDatabase } from './lab-database.ts'

export interface PendingCall {
  callId: string
  changeId: string
  conversationId: string
  messageId: string
  partIndex: number
  modelKey: string
  server: string
  tool: string
  /** JSON text of the arguments, repeated word for word in round 2. */
  arguments: string
  requestState: string | null
  state: 'waiting' | 'settled' | 'told'
  createdAtMs: number
}

const columns = `call_id as callId, change_id as changeId, conversation_id as conversationId, message_id as messageId,
  part_index as partIndex, model_key as modelKey, server, tool, arguments, request_state as requestState, state,
  created_at_ms as createdAtMs`

/** Table `pending_calls`: joins a tool call to the change request that decides its outcome. */
export function pendingCallsTable(database: LabDatabase) {
  const byChange = database.prepare<[string], PendingCall>(
    `select ${columns} from pending_calls where change_id = ? and state = 'waiting' order by created_at_ms, call_id`,
  )
  const byState = database.prepare<[string], PendingCall>(
    `select ${columns} from pending_calls where state = ? order by created_at_ms, call_id`,
  )
  const openIn = database.prepare<{ conversationId: string }, { one: 1 }>(
    `select 1 as one from pending_calls where conversation_id = @conversationId and state <> 'told'
     union all select 1 from fact_proposals where conversation_id = @conversationId and state = 'proposed' limit 1`,
  )
  const stateOf = database.prepare<[string], { state: PendingCall['state'] }>(
    'select state from pending_calls where call_id = ?',
  )
  const insert = database.prepare<PendingCall>(
    `insert into pending_calls (call_id, change_id, conversation_id, message_id, part_index, model_key, server, tool,
       arguments, request_state, state, created_at_ms)
     values (@callId, @changeId, @conversationId, @messageId, @partIndex, @modelKey, @server, @tool,
       @arguments, @requestState, @state, @createdAtMs)`,
  )
  const move = database.prepare<[string, string, string]>(
    'update pending_calls set state = ? where call_id = ? and state = ?',
  )
  const follow = database.prepare<[string, string]>(
    "update pending_calls set change_id = ?, request_state = null where call_id = ? and state = 'waiting'",
  )
  return {
    byChange: (changeId: string): PendingCall[] => byChange.all(changeId),
    inState: (state: PendingCall['state']): PendingCall[] => byState.all(state),
    /** A person has to decide, about a sentence to remember as well, or has decided and is not told yet. */
    areOpenIn: (conversationId: string): boolean => openIn.get({ conversationId }) !== undefined,
    state: (callId: string): PendingCall['state'] | null => stateOf.get(callId)?.state ?? null,
    insert(row: PendingCall): void {
      insert.run(row)
    },
    /** True when this call moved it; false when it was not in `from` any more. */
    move: (callId: string, from: PendingCall['state'], to: PendingCall['state']): boolean =>
      move.run(to, callId, from).changes === 1,
    /** The change request was replaced by a newer one for the same item: wait for that one. */
    follow(callId: string, changeId: string): void {
      follow.run(changeId, callId)
    },
  }
}
