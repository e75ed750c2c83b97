import type { LabDatabase } from './lab-database.ts'

/** Table `model_findings`: what a model showed when it was tried, one row each, so that a probe goes on where it stopped. */
export function modelFindingsTable(database: LabDatabase) {
  const list = database.prepare<[string, string], { finding: string; value: number | null }>(
    'select finding, value from model_findings where model_key = ? and version = ?',
  )
  const put = database.prepare<[string, string, string, number | null, number]>(
    `insert into model_findings (model_key, version, finding, value, found_at_ms) values (?, ?, ?, ?, ?)
     on conflict (model_key, version, finding) do update set value = excluded.value, found_at_ms = excluded.found_at_ms`,
  )
  const remove = database.prepare<[string, string, string]>(
    'delete from model_findings where model_key = ? and version = ? and finding = ?',
  )
  return {
    get: (modelKey: string, version: string): Map<string, number | null> =>
      new Map(list.all(modelKey, version).map(({ finding, value }) => [finding, value])),
    put: database.transaction(
      (
        modelKey: string,
        version: string,
        findings: { name: string; value: number | null }[],
        nowMs: number,
      ) => {
        for (const { name, value } of findings) put.run(modelKey, version, name, value, nowMs)
      },
    ),
    forget: database.transaction((modelKey: string, version: string, names: readonly string[]) => {
      for (const name of names) remove.run(modelKey, version, name)
    }),
  }
}
export type ModelFindingsTable = ReturnType<typeof modelFindingsTable>
