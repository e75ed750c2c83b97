import { z } from 'zod'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'

/** What a trial came to, from the ledger and the transcript. */
export interface Measured {
  calls: number
  /** The last call of the model broke off or reached nobody. */
  isGone: boolean
  /** A cap kept the model from being asked, or from going on. */
  isBudgetOut: boolean
  /** For each question, how long the model took for it. */
  turnMs: number[]
  outputTokens: number
  costUsd: number
  toolCalls: number
  /** There is no such tool, its arguments did not fit, or nobody could read it. */
  misused: number
  /** Found in the text of an answer. */
  salvaged: number
}

const callSchema = z.object({
  ...{ id: z.string(), queryId: z.string(), outcome: z.string().nullable() },
  ...{ latencyMs: z.number().nullable(), outputTokens: z.number().nullable(), costUsd: z.number() },
})
const partsSchema = z.array(
  z.looseObject({
    kind: z.string(),
    state: z.string().optional(),
    outcome: z.string().nullish(),
    text: z.string().optional(),
    origin: z.string().optional(),
  }),
)

/** `before`: calls that were there already. null: nothing was measured. */
export function measure(database: LabDatabase | null, before: ReadonlySet<string>): Measured {
  const calls = database
    ? z
        .array(callSchema)
        .parse(
          database
            .prepare(
              `select id, query_id queryId, outcome, latency_ms latencyMs, output_tokens outputTokens,
                 coalesce(cost_pico_usd, reserved_pico_usd) / 1e12 costUsd from model_calls order by id`,
            )
            .all(),
        )
        .filter(({ id }) => !before.has(id))
    : []
  const turns = new Map<string, number>()
  for (const { queryId, latencyMs } of calls) turns.set(queryId, (turns.get(queryId) ?? 0) + (latencyMs ?? 0))
  const last = calls.at(-1)?.outcome ?? 'ok'
  return {
    ...{ calls: calls.length, turnMs: [...turns.values()] },
    isGone: /^(unreachable|cut|interrupted|http-5\d\d)$/.test(last),
    outputTokens: calls.reduce((sum, { outputTokens }) => sum + (outputTokens ?? 0), 0),
    costUsd: calls.reduce((sum, { costUsd }) => sum + costUsd, 0),
    isBudgetOut: answersOf(database).some((text) => noMoney.test(text)),
    ...toolUse(database),
  }
}

/** As `agent/spend/caps.ts` words it. */
export const noMoney = /cap .*does not allow it|cap is \$0, so cloud models are off/

function answersOf(database: LabDatabase | null): string[] {
  if (!database) return []
  const rows = database
    .prepare("select parts || coalesce(answered_by, '') as text from messages where role = 'advisor'")
    .all()
  return z
    .array(z.object({ text: z.string() }))
    .parse(rows)
    .map(({ text }) => text)
}

function toolUse(database: LabDatabase | null): Pick<Measured, 'toolCalls' | 'misused' | 'salvaged'> {
  const rows = database
    ? z.array(z.object({ parts: z.string() })).parse(database.prepare('select parts from messages').all())
    : []
  const parts = rows.flatMap((row) => partsSchema.parse(JSON.parse(row.parts)))
  const calls = parts.filter(({ kind }) => kind === 'tool-call')
  const unfit = calls.filter(({ state, outcome }) => state === 'failed' && misuse.test(outcome ?? ''))
  const unreadable = parts.filter(({ kind, text }) => kind === 'notice' && unread.test(text ?? ''))
  return {
    toolCalls: calls.length + unreadable.length,
    misused: unfit.length + unreadable.length,
    salvaged: calls.filter(({ origin }) => origin === 'salvaged').length,
  }
}

/** As `agent/conversation/turn-calls.ts` words it. */
const misuse = /^(The arguments do not fit\.|There is no tool named |The arguments must be an object\.)/
/** As `agent/models/model-failure.ts` words it. */
const unread = /tool call that cannot be read|into its text instead of calling it/
