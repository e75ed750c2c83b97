import { z } from 'zod'
import { quoted } from './intake/field-words.ts'
import type { ItemCard } from './intake/item-view.ts'

/** An item as a tool answers it: bounded, and text from outside only in these fields. */
export const itemAnswerSchema = z.object({
  item_id: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  state: z.string().describe('In words'),
  fields: z.array(
    z.object({ field: z.string(), value: z.string(), probability: z.number(), standing: z.string() }),
  ),
  next_action: z.string(),
  may_propose: z.boolean().describe('True when propose_record would be accepted now'),
  duplicates: z.array(z.string()),
  change_id: z.string().nullable().describe('The change that waits for a person, if one does'),
  record_url: z.string().nullable(),
})
export type ItemAnswer = z.infer<typeof itemAnswerSchema>

const mostFields = 11
const mostDuplicates = 3

export function itemAnswer(card: ItemCard): ItemAnswer {
  return {
    item_id: card.id,
    tag: card.tag,
    title: card.title,
    state: card.stateWords,
    fields: card.fields
      .filter((field) => field.value !== null)
      .slice(0, mostFields)
      .map(({ field, value, probability, standing }) => ({
        field,
        value: quoted(value ?? '', 80),
        probability: Math.round(probability * 100) / 100,
        standing,
      })),
    next_action: quoted(card.nextAction, 300),
    may_propose: card.state === 'researched' && !card.duplicates.some((duplicate) => duplicate.certain),
    duplicates: card.duplicates.slice(0, mostDuplicates).map((duplicate) => quoted(duplicate.words, 160)),
    change_id: card.change?.state === 'proposed' ? card.change.id : null,
    record_url: card.record?.url ?? null,
  }
}
