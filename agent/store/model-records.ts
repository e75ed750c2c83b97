import type { LabDatabase } from './lab-database.ts'

/** What a model proved when it was asked. */
export interface ModelRecord {
  modelKey: string
  version: string
  tools: boolean
  vision: boolean
  words: string
  probedAtMs: number
}

interface Row extends Omit<ModelRecord, 'tools' | 'vision'> {
  tools: number
  vision: number
}

/** Table `model_records`: one row per model and build. */
export function modelRecordsTable(database: LabDatabase) {
  const find = database.prepare<[string, string], Row>(
    `select model_key as modelKey, version, tools, vision, words, probed_at_ms as probedAtMs
     from model_records where model_key = ? and version = ?`,
  )
  const put = database.prepare<Row>(
    `insert into model_records (model_key, version, tools, vision, words, probed_at_ms)
     values (@modelKey, @version, @tools, @vision, @words, @probedAtMs)
     on conflict (model_key, version) do update set tools = @tools, vision = @vision, words = @words, probed_at_ms = @probedAtMs`,
  )
  return {
    get(modelKey: string, version: string): ModelRecord | null {
      const row = find.get(modelKey, version)
      return row ? { ...row, tools: row.tools === 1, vision: row.vision === 1 } : null
    },
    put(record: ModelRecord): void {
      put.run({ ...record, tools: record.tools ? 1 : 0, vision: record.vision ? 1 : 0 })
    },
  }
}
export type ModelRecordsTable = ReturnType<typeof modelRecordsTable>
