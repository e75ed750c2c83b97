import { z } from 'zod'
import type { LabDatabase } from '../serving/database.ts'
import {
  type ChangeRequest,
  type ChangeState,
  cardLineSchema,
  changeStates,
  decisionChannels,
} from './change-request.ts'
import { canonicalJson } from './digest.ts'

/** The rows of `change_requests`, without their steps. */
export type RequestRow = Omit<ChangeRequest, 'steps'>

export interface ChangeRequestRows {
  insert(request: RequestRow, callKey: string | null): void
  get(changeId: string): RequestRow | null
  inStates(states: readonly ChangeState[]): RequestRow[]
  latestForItem(itemId: string): RequestRow | null
  /** Approved since then, ended, and about several things that did not wait for each other; newest first. */
  endedInParts(sinceMs: number, limit: number): RequestRow[]
  /** Requests that nobody has decided, of one requester. */
  proposedBy(requester: string): (RequestRow & { callKey: string | null })[]
  /** One edge. False when the row was not in `from` any more: somebody else was first. */
  move(changeId: string, edge: { from: ChangeState; to: ChangeState; why?: string | null }): boolean
  /** The edge that a person makes; false when the row or its digest is not the one that was shown. */
  decide(edge: {
    changeId: string
    digest: string
    to: 'approved' | 'declined'
    by: string
    channel: string
    nowMs: number
  }): boolean
}

const rowSchema = z.object({
  id: z.string(),
  server: z.string(),
  tool: z.string(),
  tier: z.enum(['write', 'bulk-or-destructive', 'physical']),
  requester: z.string(),
  title: z.string(),
  item_id: z.string().nullable(),
  lines: z.string(),
  warnings: z.string(),
  digest: z.string(),
  call_key: z.string().nullable(),
  state: z.enum(changeStates),
  why: z.string().nullable(),
  created_at_ms: z.number(),
  expires_at_ms: z.number(),
  decided_by: z.string().nullable(),
  channel: z.enum(decisionChannels).nullable(),
  decided_at_ms: z.number().nullable(),
})
const linesSchema = z.array(cardLineSchema)
const warningsSchema = z.array(z.string())

export function openChangeRequestRows(database: LabDatabase): ChangeRequestRows {
  const insert =
    database.prepare(`insert into change_requests (id, server, tool, tier, requester, title, item_id,
    lines, warnings, digest, call_key, state, why, created_at_ms, expires_at_ms)
    values (@id, @server, @tool, @tier, @requester, @title, @itemId,
    @lines, @warnings, @digest, @callKey, @state, null, @createdAtMs, @expiresAtMs)`)
  const get = database.prepare<[string], unknown>('select * from change_requests where id = ?')
  const inStates = database.prepare<[string], unknown>(
    'select * from change_requests where state in (select value from json_each(?)) order by id',
  )
  const latest = database.prepare<[string], unknown>(
    'select * from change_requests where item_id = ? order by id desc limit 1',
  )
  const endedInParts = database.prepare<[number, number], unknown>(`select * from change_requests
    where decided_at_ms >= ? and state in ('done', 'failed', 'unknown', 'stale') and item_id is null
    and (select count(*) from change_steps where change_id = change_requests.id and waits_for is null) > 1
    order by decided_at_ms desc, id desc limit ?`)
  const proposedBy = database.prepare<[string], unknown>(
    "select * from change_requests where requester = ? and state = 'proposed' order by id",
  )
  const move = database.prepare<{ id: string; from: string; to: string; why: string | null }>(
    'update change_requests set state = @to, why = coalesce(@why, why) where id = @id and state = @from',
  )
  const decide = database.prepare<Parameters<ChangeRequestRows['decide']>[0]>(`update change_requests
    set state = @to, decided_by = @by, channel = @channel, decided_at_ms = @nowMs
    where id = @changeId and state = 'proposed' and digest = @digest and expires_at_ms > @nowMs`)
  return {
    insert(request, callKey) {
      const { id, server, tool, tier, requester, title, itemId, digest, state, createdAtMs, expiresAtMs } =
        request
      const lines = canonicalJson(request.lines)
      const warnings = canonicalJson(request.warnings)
      const facts = { id, server, tool, tier, requester, title, itemId, digest, state }
      insert.run({ ...facts, createdAtMs, expiresAtMs, lines, warnings, callKey })
    },
    get: (changeId) => parsed(get.get(changeId)),
    inStates: (states) => inStates.all(JSON.stringify(states)).map(requestOf),
    latestForItem: (itemId) => parsed(latest.get(itemId)),
    endedInParts: (sinceMs, limit) => endedInParts.all(sinceMs, limit).map(requestOf),
    proposedBy: (requester) =>
      proposedBy.all(requester).map((row) => ({ ...requestOf(row), callKey: rowSchema.parse(row).call_key })),
    move: (changeId, { from, to, why }) =>
      move.run({ id: changeId, from, to, why: why ?? null }).changes === 1,
    decide: (edge) => decide.run(edge).changes === 1,
  }
}

function parsed(row: unknown): RequestRow | null {
  return row === undefined ? null : requestOf(row)
}

function requestOf(raw: unknown): RequestRow {
  const row = rowSchema.parse(raw)
  return {
    id: row.id,
    server: row.server,
    tool: row.tool,
    tier: row.tier,
    requester: row.requester,
    title: row.title,
    itemId: row.item_id,
    lines: linesSchema.parse(JSON.parse(row.lines)),
    warnings: warningsSchema.parse(JSON.parse(row.warnings)),
    digest: row.digest,
    state: row.state,
    why: row.why,
    createdAtMs: row.created_at_ms,
    expiresAtMs: row.expires_at_ms,
    decidedBy: row.decided_by,
    channel: row.channel,
    decidedAtMs: row.decided_at_ms,
  }
}
