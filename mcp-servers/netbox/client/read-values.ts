import { z } from 'zod'

/** NetBox up to 4.6 reads a selection as the raw value, 4.7 as `{value, label}`; native choices are objects in both. */
export function plainValue(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(plainValue)
  return typeof value === 'object' && value !== null && 'value' in value && 'label' in value
    ? value.value
    : value
}

export const choiceValue = z.unknown().transform((value) => String(plainValue(value)))

export const customFieldsRead = z
  .record(z.string(), z.unknown())
  .default({})
  .transform((fields) =>
    Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, plainValue(value)])),
  )

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
