import { z } from 'zod'
import { changeTargetSchema } from '../changes/record-change.ts'
import { createItemSchema } from '../outbox/item-intent.ts'

/** NetBox's kinds of journal entries. */
export const journalLevels = ['info', 'success', 'warning', 'danger'] as const
export type JournalLevel = (typeof journalLevels)[number]

export const addJournalSchema = z.object({
  target: changeTargetSchema,
  text: z.string().min(1).max(5000),
  level: z.enum(journalLevels).default('info'),
})
export type AddJournal = z.infer<typeof addJournalSchema>

export const addPhotosSchema = z.object({
  target: changeTargetSchema,
  photos: createItemSchema.shape.photos.min(1),
})
export type AddPhotos = z.infer<typeof addPhotosSchema>

/** What an addition of HWLab is known by, so that exactly that can be taken away again. */
export const removeAdditionSchema = z.object({
  target: changeTargetSchema,
  /** In the text of the journal entry. */
  journalMark: z.string().min(1).nullable(),
  photos: createItemSchema.shape.photos,
  /** "the note “Fan replaced.”", for a person. */
  words: z.string().min(1).max(200),
})
export type RemoveAddition = z.infer<typeof removeAdditionSchema>
