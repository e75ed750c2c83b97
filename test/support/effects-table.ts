import type { LabDatabase } from '../../mcp-servers/serving/database.ts'

/** An executor's intent as a row: `begin` counts every call, and adds one row per step at most. */
export function beginOnDisk(database: LabDatabase): (stepId: string) => void {
  database.exec(
    'create table if not exists effects (step_id text primary key, begins integer not null) strict',
  )
  const insert = database.prepare<[string]>(
    'insert into effects (step_id, begins) values (?, 1) on conflict do update set begins = begins + 1',
  )
  return (stepId) => {
    insert.run(stepId)
  }
}

export function effects(database: LabDatabase): string[] {
  return database
    .prepare<[], { step_id: string }>('select step_id from effects order by step_id')
    .all()
    .map((row) => row.step_id)
}
