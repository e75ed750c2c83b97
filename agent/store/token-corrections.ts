import type { LabDatabase } from './lab-database.ts'

export interface TokenCorrection {
  modelKey: string
  /** Tokens that the server reported for each token that was estimated. */
  factor: number
  samples: number
  updatedAtMs: number
}

/** Table `token_corrections`: one row per server and model. */
export function tokenCorrectionsTable(database: LabDatabase) {
  const put = database.prepare<TokenCorrection>(
    `insert into token_corrections (model_key, factor, samples, updated_at_ms)
     values (@modelKey, @factor, @samples, @updatedAtMs)
     on conflict (model_key) do update set factor = @factor, samples = @samples, updated_at_ms = @updatedAtMs`,
  )
  const get = database.prepare<[string], TokenCorrection>(
    `select model_key as modelKey, factor, samples, updated_at_ms as updatedAtMs
     from token_corrections where model_key = ?`,
  )
  return {
    get: (modelKey: string): TokenCorrection | null => get.get(modelKey) ?? null,
    put(correction: TokenCorrection): void {
      put.run(correction)
    },
  }
}
export type TokenCorrectionsTable = ReturnType<typeof tokenCorrectionsTable>
