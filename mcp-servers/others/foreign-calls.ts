import { join } from 'node:path'
import { monotonicFactory } from 'ulid'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from '../serving/database.ts'

/**
 * `queued` → `sending` → `answered | error | not-sent | unknown`, and from `unknown` what a person says. `sending` is on
 * disk before anything is sent: found at the start, it may have happened, and it is never sent again.
 */
export type ForeignCallState =
  | 'queued'
  | 'sending'
  | 'answered'
  | 'error'
  | 'not-sent'
  | 'unknown'
  | 'happened'
  | 'not-happened'

export interface WishedCall {
  server: string
  tool: string
  fingerprint: string
  args: Record<string, unknown>
  /** The conversation that it belongs to, as the agent names it; null: nobody knows what was read there. */
  conversation: string | null
}

export interface ForeignCall {
  id: string
  /** null: a tool that a person allowed beforehand. */
  stepId: string | null
  server: string
  tool: string
  fingerprint: string
  /** JSON text. */
  arguments: string
  conversation: string | null
  state: ForeignCallState
  words: string
  /** What the server answered, made plain; null: nothing. */
  said: string | null
  createdAtMs: number
}

export const othersMigrations: MigrationsOwner = {
  owner: 'others',
  folder: join(import.meta.dirname, 'migrations'),
}

const columns = `id, step_id as stepId, server, tool, fingerprint, arguments, conversation, state, words, said,
  created_at_ms as createdAtMs`
const keptForMs = 30 * 24 * 60 * 60 * 1000

/** The table `foreign_calls`: every call that went, or may have gone, to another server. */
export function openForeignCalls(database: LabDatabase, clock: Clock) {
  const nextId = monotonicFactory()
  const insert = database.prepare(`insert into foreign_calls
    (id, step_id, server, tool, fingerprint, arguments, conversation, state, words, created_at_ms, updated_at_ms)
    values (@id, @stepId, @server, @tool, @fingerprint, @args, @conversation, @state, '', @nowMs, @nowMs)
    on conflict (step_id) do nothing`)
  const byId = database.prepare<[string], ForeignCall>(`select ${columns} from foreign_calls where id = ?`)
  const byStep = database.prepare<[string], ForeignCall>(
    `select ${columns} from foreign_calls where step_id = ?`,
  )
  const inState = database.prepare<[string], ForeignCall>(
    `select ${columns} from foreign_calls where state = ? order by id`,
  )
  const heard = database.prepare<[string], unknown>(
    "select 1 from foreign_calls where conversation = ? and state in ('answered', 'error') limit 1",
  )
  const move = database.prepare<[string, string, string | null, number, string, string]>(
    'update foreign_calls set state = ?, words = ?, said = coalesce(?, said), updated_at_ms = ? where id = ? and state = ?',
  )
  const forget = database.prepare<[number]>(
    `update foreign_calls set said = null, arguments = '{}'
     where updated_at_ms < ? and said is not null and state not in ('queued', 'sending', 'unknown')`,
  )

  function add(wish: WishedCall, stepId: string | null, state: 'queued' | 'sending'): string {
    const { server, tool, fingerprint, conversation } = wish
    const nowMs = clock.nowMs()
    const id = nextId(nowMs)
    const args = JSON.stringify(wish.args)
    insert.run({ id, stepId, server, tool, fingerprint, args, conversation, state, nowMs })
    return id
  }

  return {
    /** Does nothing when the step has its call already. */
    queue(wish: WishedCall, stepId: string): void {
      add(wish, stepId, 'queued')
    },
    /** A call that is sent right after this is on disk. */
    beginAllowed: (wish: WishedCall): string => add(wish, null, 'sending'),
    get: (id: string) => byId.get(id) ?? null,
    ofStep: (stepId: string) => byStep.get(stepId) ?? null,
    inState: (state: ForeignCallState) => inState.all(state),
    /** Whether another server has said anything in this conversation. */
    hasHeard: (conversation: string) => heard.get(conversation) !== undefined,
    /** False when the call was not in `from` any more. */
    move(
      id: string,
      change: { from: ForeignCallState; to: ForeignCallState; words: string; said?: string | null },
    ): boolean {
      const { from, to, words, said = null } = change
      return move.run(to, words, said, clock.nowMs(), id, from).changes === 1
    },
    /** What was sent and said a month ago; that it was stays. */
    forgetOld(): void {
      forget.run(clock.nowMs() - keptForMs)
    },
  }
}
export type ForeignCalls = ReturnType<typeof openForeignCalls>
