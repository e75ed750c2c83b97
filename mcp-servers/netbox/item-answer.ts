import { z } from 'zod'
import { quoted } from './intake/field-words.ts'
import type { ItemCard } from './intake/item-view.ts'

/** An item as a tool answers it: bounded, and text from outside only in these fields. */
export const itemAnswerSchema = z.object({
  item_id: z.string(),
  tag: z.string().nullable(),
  title: z.string(),
  state: z.string(),
  fields: z.array(
    z.object({ field: z.string(), value: z.string(), probability: z.number(), standing: z.string() }),
  ),
  next_action: z.string(),
  may_propose: z.boolean(),
  duplicates: z.array(z.string()),
  change_id: z.string().nullable(),
  record_url: z.string().nullable(),
})
export type ItemAnswer = z.infer<typeof itemAnswerSchema>

/** What a suggestion did to an item; get_item shows the rest. */
export const suggestionAnswerSchema = itemAnswerSchema.pick({
  item_id: true,
  title: true,
  state: true,
  next_action: true,
  may_propose: true,
})

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

export function suggestionAnswer(card: ItemCard): z.infer<typeof suggestionAnswerSchema> {
  const { item_id, title, state, next_action, may_propose } = itemAnswer(card)
  return { item_id, title, state, next_action, may_propose }
}
