import { z } from 'zod'
import { readCustomField } from '../custom-field-types.ts'
import { customFields } from '../custom-fields.ts'
import { plainValue } from './plain-value.ts'

export const choiceValue = z.unknown().transform((value) => String(plainValue(value)))

/** HWLab's own fields by their type, others by their shape. */
export const customFieldsRead = z
  .record(z.string(), z.unknown())
  .default({})
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, raw]) => [name, readField(name, raw)])),
  )

function readField(name: string, raw: unknown): unknown {
  const own = customFields.find((field) => field.name === name)
  return own ? readCustomField(own.type, raw) : plainValue(raw)
}

export const tagsRead = z.array(z.object({ name: z.string(), slug: z.string() })).default([])

interface ReadByHwlab {
  comments: string
  tags: z.infer<typeof tagsRead>
  custom_fields: Record<string, unknown>
}

/** What of a row only HWLab's own comparison needs, in the words of a `RecordSeen`. */
export function keptValues({ comments, tags, custom_fields }: ReadByHwlab) {
  const own = Object.entries(custom_fields).filter(
    ([name, value]) => /^hwlab_(?!id$)/.test(name) && value !== null,
  )
  return {
    comments,
    tags: tags.map(({ slug }) => slug).sort(),
    customFields: Object.fromEntries(own),
  }
}
