import type { LabDatabase } from './lab-database.ts'

export interface PriceRow {
  modelKey: string
  seenAtMs: number
  inputUsdPerMillion: number
  outputUsdPerMillion: number
  imageUsd: number
  requestUsd: number
}

const columns = `model_key as modelKey, seen_at_ms as seenAtMs, input_usd_per_million as inputUsdPerMillion,
  output_usd_per_million as outputUsdPerMillion, image_usd as imageUsd,
  request_usd as requestUsd`

/** Tables `model_prices` (every price that was seen) and `unpriced_models` (allowed without one). */
export function modelPricesTable(database: LabDatabase) {
  const lastTwo = database.prepare<[string], PriceRow>(
    `select ${columns} from model_prices where model_key = ? order by position desc limit 2`,
  )
  const insert = database.prepare<PriceRow>(
    `insert into model_prices (model_key, seen_at_ms, input_usd_per_million, output_usd_per_million, image_usd, request_usd)
     values (@modelKey, @seenAtMs, @inputUsdPerMillion, @outputUsdPerMillion, @imageUsd, @requestUsd)`,
  )
  const isAllowed = database.prepare<[string], { modelKey: string }>(
    'select model_key as modelKey from unpriced_models where model_key = ?',
  )
  const allow = database.prepare<[string, number]>(
    'insert into unpriced_models (model_key, allowed_at_ms) values (?, ?) on conflict do nothing',
  )
  const forbid = database.prepare<[string]>('delete from unpriced_models where model_key = ?')
  return {
    /** The newest price and the one before it. */
    lastTwo: (modelKey: string): PriceRow[] => lastTwo.all(modelKey),
    insert(row: PriceRow): void {
      insert.run(row)
    },
    isAllowedUnpriced: (modelKey: string): boolean => isAllowed.get(modelKey) !== undefined,
    allowUnpriced(modelKey: string, allowed: boolean, nowMs: number): void {
      if (allowed) allow.run(modelKey, nowMs)
      else forbid.run(modelKey)
    },
  }
}
export type ModelPricesTable = ReturnType<typeof modelPricesTable>
