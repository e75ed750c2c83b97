import { z } from 'zod'

const formSchema = z.looseObject({
  type: z.unknown().optional(),
  required: z.array(z.string()).optional(),
  properties: z
    .record(
      z.string(),
      z.looseObject({ type: z.unknown().optional(), enum: z.array(z.unknown()).optional() }),
    )
    .optional(),
})

/**
 * The JSON in an answer that was to be nothing but JSON, without the fence and the prose around it; null when the form was
 * ignored (ollama/ollama#17933). Only the first level is looked at: the caller checks the rest with its own schema.
 */
export function keptForm(text: string, form: unknown): string | null {
  const start = text.search(/[[{]/)
  const end = Math.max(text.lastIndexOf('}'), text.lastIndexOf(']'))
  if (start < 0 || end < start) return null
  const json = text.slice(start, end + 1)
  let value: unknown
  try {
    value = JSON.parse(json)
  } catch {
    return null
  }
  return fits(value, form) ? json : null
}

function fits(value: unknown, form: unknown): boolean {
  const schema = formSchema.safeParse(form)
  if (!schema.success || schema.data.type !== 'object') return true
  const object = z.record(z.string(), z.unknown()).safeParse(value)
  if (!object.success) return false
  const { required = [], properties = {} } = schema.data
  return (
    required.every((key) => Object.hasOwn(object.data, key)) &&
    Object.entries(object.data).every(([key, given]) => {
      const options = properties[key]?.enum
      return !options || options.includes(given)
    })
  )
}
