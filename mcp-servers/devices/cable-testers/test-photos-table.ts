import type { LabDatabase } from '../../serving/database.ts'
import type { ReadLamps } from './lamp-photos.ts'

interface Row {
  test_id: string
  position: number
  attachment_id: string
  model_name: string
  prompt_hash: string
  is_sure: number
  near: string
  lit: string
}

/** The photos that a person made a result of. They go with their result. */
export function openTestPhotosTable(database: LabDatabase) {
  const insert = database.prepare<Row>(`insert into cable_test_photos values (@test_id, @position,
    @attachment_id, @model_name, @prompt_hash, @is_sure, @near, @lit)`)
  const ofTest = database.prepare<[string], Row>(
    'select * from cable_test_photos where test_id = ? order by position',
  )
  return {
    insert(testId: string, photos: readonly ReadLamps[]): void {
      for (const [position, { attachmentId, modelName, promptHash, isSure, step }] of photos.entries())
        insert.run({
          ...{ test_id: testId, position, attachment_id: attachmentId },
          ...{ model_name: modelName, prompt_hash: promptHash, is_sure: isSure ? 1 : 0 },
          ...{ near: step.near, lit: JSON.stringify(step.lit) },
        })
    },
    ofTest: (testId: string): ReadLamps[] =>
      ofTest.all(testId).map((row) => ({
        attachmentId: row.attachment_id,
        modelName: row.model_name,
        promptHash: row.prompt_hash,
        isSure: row.is_sure === 1,
        step: { near: row.near, lit: JSON.parse(row.lit) },
      })),
  }
}
