import { z } from 'zod'
import type { LabDatabase } from '../../mcp-servers/serving/database.ts'

const recordSchema = z.record(z.string(), z.unknown())
const changeLog = 'core/object-changes'

/** What the world is like: all that a suite may judge. */
export interface WorldState {
  /** Objects of the inventory by endpoint (`dcim/devices`), as they are stored. */
  records: Record<string, Record<string, unknown>[]>
  /** Every write to the inventory so far. */
  inventoryWrites: number
  changes: WorldChange[]
  printJobs: { tag: string; printer: string; state: string }[]
  /** The ledger. */
  modelCalls: {
    model: string
    place: string
    state: string
    costUsd: number | null
    outcome: string | null
  }[]
}

export interface WorldChange {
  id: string
  tool: string
  title: string
  requester: string
  state: string
  decidedBy: string | null
  lines: { label: string; before: string | null; after: string | null }[]
  steps: { kind: string; state: string; payload: unknown }[]
}

const changeRowSchema = z.object({
  ...{ id: z.string(), tool: z.string(), title: z.string(), requester: z.string(), state: z.string() },
  decidedBy: z.string().nullable(),
  lines: z.string(),
})
const linesSchema = z.array(
  z.object({ label: z.string(), before: z.string().nullable(), after: z.string().nullable() }),
)
const stepRowSchema = z.object({
  changeId: z.string(),
  kind: z.string(),
  state: z.string(),
  payload: z.string(),
})

/** Reads it from the tables, past every view. */
export function readWorldState(database: LabDatabase): WorldState {
  const all = (sql: string) => database.prepare(sql).all()
  const objects = z
    .array(z.object({ id: z.number(), model: z.string(), body: z.string() }))
    .parse(all('select id, model, body from embedded_objects order by id'))
  const records: WorldState['records'] = {}
  for (const { id, model, body } of objects) {
    if (model === changeLog) continue
    records[model] = [...(records[model] ?? []), { ...recordSchema.parse(JSON.parse(body)), id }]
  }
  const steps = z
    .array(stepRowSchema)
    .parse(
      all('select change_id changeId, kind, state, payload from change_steps order by change_id, position'),
    )
  const changes = z
    .array(changeRowSchema)
    .parse(
      all(
        'select id, tool, title, requester, state, decided_by decidedBy, lines from change_requests order by id',
      ),
    )
  return {
    records,
    inventoryWrites: objects.filter(({ model }) => model === changeLog).length,
    changes: changes.map(({ lines, ...change }) => ({
      ...change,
      lines: linesSchema.parse(JSON.parse(lines)),
      steps: steps
        .filter(({ changeId }) => changeId === change.id)
        .map(({ kind, state, payload }) => ({ kind, state, payload: JSON.parse(payload) })),
    })),
    printJobs: z
      .array(z.object({ tag: z.string(), printer: z.string(), state: z.string() }))
      .parse(all('select tag, printer_name printer, state from print_jobs order by id')),
    modelCalls: z
      .array(
        z.object({
          ...{ model: z.string(), place: z.string(), state: z.string() },
          ...{ costUsd: z.number().nullable(), outcome: z.string().nullable() },
        }),
      )
      .parse(
        all(
          'select model_key model, place, state, cost_pico_usd / 1e12 costUsd, outcome from model_calls order by at_ms, id',
        ),
      ),
  }
}
