import type { LabDatabase } from '../../serving/database.ts'

/** `model` is set only when a model's reading arrives. */
export type StageName = 'codes' | 'text' | 'catalogue' | 'model' | 'duplicates'
export type StageStatus = 'waiting' | 'working' | 'done' | 'failed' | 'skipped'

export interface Stage {
  name: StageName
  /** "Reading codes…" while it works, "3 codes" when it is done. */
  words: string
  status: StageStatus
}

const order: StageName[] = ['codes', 'text', 'catalogue', 'model', 'duplicates']

export interface ItemStagesTable {
  put(itemId: string, stage: Stage): void
  of(itemId: string): Stage[]
}

export function itemStagesTable(database: LabDatabase): ItemStagesTable {
  return {
    put(itemId, stage) {
      database
        .prepare(
          `insert into item_stages (item_id, name, position, words, status)
           values (@itemId, @name, @position, @words, @status)
           on conflict (item_id, name) do update set words = @words, status = @status`,
        )
        .run({ itemId, position: order.indexOf(stage.name), ...stage })
    },
    of: (itemId) =>
      database
        .prepare<[string], Stage>(
          'select name, words, status from item_stages where item_id = ? order by position',
        )
        .all(itemId),
  }
}
