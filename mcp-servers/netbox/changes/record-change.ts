import { z } from 'zod'
import { fieldEditSchema } from './merge-fields.ts'
import { changeableKinds, customFieldIn, ruleOf, tagIn } from './record-shapes.ts'

/** The record that is changed, as it was found. */
export const changeTargetSchema = z.object({
  kind: z.enum(changeableKinds),
  id: z.number().int().positive(),
  /** What is written to the same tag goes one after another; for a cable its label. */
  assetTag: z.string().min(1).max(100),
  /** null: HWLab did not make the record. Else the record must still carry it. */
  hwlabId: z.string().max(50).nullable(),
  /** "Acme Box 1". */
  name: z.string().max(200),
})
export type ChangeTarget = z.infer<typeof changeTargetSchema>

/** The intent of `change_record`: what each field said when a person decided, and what it is to say. */
export const recordChangeSchema = z
  .object({
    target: changeTargetSchema,
    fields: z.record(z.string().min(1).max(120), fieldEditSchema),
    /** A paragraph for the record's journal; null: the change is in NetBox's change log only. */
    journal: z.string().min(1).max(10_000).nullable(),
  })
  .refine(
    ({ target, fields }) =>
      Object.keys(fields).every(
        (field) =>
          ruleOf(target.kind, field) !== null || customFieldIn(field) !== null || tagIn(field) !== null,
      ),
    'a field that this kind of record does not have',
  )
export type RecordChange = z.infer<typeof recordChangeSchema>
