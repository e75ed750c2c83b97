import { z } from 'zod'
import type { LabDatabase } from '../serving/database.ts'
import { type ChangeStep, type StepState, stepStates } from './change-request.ts'
import { canonicalJson } from './digest.ts'

/** The rows of `change_steps`. */
export interface ChangeStepRows {
  insert(step: ChangeStep): void
  get(stepId: string): ChangeStep | null
  /** In the order of positions. */
  ofChange(changeId: string): ChangeStep[]
  /** One edge. False when the step was not in `from` any more. */
  move(stepId: string, edge: { from: StepState; to: StepState; outcome: string | null }): boolean
}

const rowSchema = z.object({
  id: z.string(),
  change_id: z.string(),
  position: z.number(),
  kind: z.string(),
  title: z.string(),
  payload: z.string(),
  waits_for: z.number().nullable(),
  optional: z.number(),
  state: z.enum(stepStates),
  outcome: z.string().nullable(),
})
const payloadSchema = z.json()

export function openChangeStepRows(database: LabDatabase): ChangeStepRows {
  const insert = database.prepare(`insert into change_steps
    (id, change_id, position, kind, title, payload, waits_for, optional, state, outcome)
    values (@id, @changeId, @position, @kind, @title, @payload, @waitsFor, @optional, @state, @outcome)`)
  const get = database.prepare<[string], unknown>('select * from change_steps where id = ?')
  const ofChange = database.prepare<[string], unknown>(
    'select * from change_steps where change_id = ? order by position',
  )
  const move = database.prepare<{ id: string; from: string; to: string; outcome: string | null }>(
    'update change_steps set state = @to, outcome = @outcome where id = @id and state = @from',
  )
  return {
    insert: (step) =>
      insert.run({ ...step, payload: canonicalJson(step.payload), optional: step.optional ? 1 : 0 }),
    get(stepId) {
      const row = get.get(stepId)
      return row === undefined ? null : stepOf(row)
    },
    ofChange: (changeId) => ofChange.all(changeId).map(stepOf),
    move: (stepId, edge) => move.run({ id: stepId, ...edge }).changes === 1,
  }
}

function stepOf(raw: unknown): ChangeStep {
  const row = rowSchema.parse(raw)
  return {
    id: row.id,
    changeId: row.change_id,
    position: row.position,
    kind: row.kind,
    title: row.title,
    payload: payloadSchema.parse(JSON.parse(row.payload)),
    waitsFor: row.waits_for,
    optional: row.optional === 1,
    state: row.state,
    outcome: row.outcome,
  }
}
