import type { LabDatabase } from '../store/lab-database.ts'
import { retentionRulesTable } from '../store/retention-rules.ts'

export interface RetentionRule {
  name: string
  label: string
  /** What happens when it is older. */
  words: string
  defaultDays: number
  /** Deletes what ended before `@untilMs`, `@rows` rows at most. null: it is summarised. */
  sql: string | null
}

const untilGone = (table: string, key: string, condition: string): string =>
  `delete from ${table} where ${key} in (select ${key} from ${table} where ${condition} limit @rows)`

/** What ages, in the tables of the agent. Whatever has no row here is kept for good. */
export const retentionRules: RetentionRule[] = [
  {
    name: 'conversations',
    label: 'Conversations nobody goes on with',
    words: 'Become a summary. Pinned ones, and those with a decision that waits, stay as they are.',
    defaultDays: 7,
    sql: null,
  },
  {
    name: 'results',
    label: 'Long answers of tools',
    words: 'Go; what a conversation shows of them stays.',
    defaultDays: 7,
    sql: untilGone('tool_results', 'rowid', 'created_at_ms < @untilMs'),
  },
  {
    name: 'runs',
    label: 'When an answer began and ended',
    words: 'Goes; the answer stays in its conversation.',
    defaultDays: 30,
    sql: untilGone('runs', 'id', "state <> 'running' and ended_at_ms < @untilMs"),
  },
  {
    name: 'calls',
    label: 'Which answer waited for a decision',
    words: 'Goes once it is decided; the decision itself stays.',
    defaultDays: 30,
    sql: untilGone('pending_calls', 'call_id', "state = 'told' and created_at_ms < @untilMs"),
  },
  {
    name: 'routes',
    label: 'Why an answer came from its model',
    words: 'Goes, and is counted no more.',
    defaultDays: 90,
    sql: untilGone('route_decisions', 'id', 'at_ms < @untilMs'),
  },
]

/** Never deleted by age, whoever owns it. */
export const keptWords =
  'Kept for good: items, photos and evidence, records and what was written to NetBox, decisions, the audit log, print jobs, what models cost, and what you taught.'

export interface Retention {
  /** null: kept for good. */
  days(rule: RetentionRule): number | null
  set(rule: RetentionRule, days: number | null): void
  /** Deletes rows that ended before; how many. */
  deleteSlice(rule: RetentionRule, untilMs: number, rows: number): number
}

export function openRetention(database: LabDatabase): Retention {
  const table = retentionRulesTable(database)
  const statements = new Map(
    retentionRules.flatMap(({ name, sql }) => (sql === null ? [] : [[name, database.prepare(sql)] as const])),
  )
  return {
    days(rule) {
      const set = table.days(rule.name)
      return set === undefined ? rule.defaultDays : set
    },
    set: (rule, days) => table.put(rule.name, days),
    deleteSlice: (rule, untilMs, rows) => statements.get(rule.name)?.run({ untilMs, rows }).changes ?? 0,
  }
}
