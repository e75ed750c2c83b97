import { ulid } from 'ulid'
import type { LabDatabase } from '../../serving/database.ts'

/** A model's own words about an item, kept as they came: for the audit and for the evals, never for the score. */
export interface ModelReply {
  itemId: string
  model: string
  /** Hash of the prompt that was asked, so that a reply can be traced to its prompt version. */
  promptHash: string
  client: string
  raw: string
}

export function insertModelReply(database: LabDatabase, reply: ModelReply, nowMs: number): void {
  database
    .prepare(
      `insert into model_replies (id, item_id, model, prompt_hash, client, raw, received_at_ms)
       values (@id, @itemId, @model, @promptHash, @client, @raw, @nowMs)`,
    )
    .run({ ...reply, id: ulid(nowMs), nowMs })
}
