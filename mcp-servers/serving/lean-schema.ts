import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import type { z } from 'zod'

type JsonSchema = Record<string, unknown>
type Use = 'arguments' | 'answer' | 'known-answer'

/**
 * The same schema, described in fewer words: a tool list is read, and paid for, in every turn. What comes in and goes
 * out is checked by zod as before. `answer`: clients only read it, so it names its fields, but neither repeats that every
 * one is there nor says what a word or the entries of a list can be; `known-answer`: change_status names its fields. How long a text may be is left out: a longer one is refused anyway.
 */
export function leanSchema<Schema extends z.ZodObject>(
  schema: Schema,
  use: Use,
): StandardSchemaWithJSON<z.input<Schema>, z.output<Schema>> {
  const standard = schema['~standard']
  return {
    '~standard': {
      ...standard,
      jsonSchema: {
        input: (options) => lean(standard.jsonSchema.input(options), use),
        output: (options) => lean(standard.jsonSchema.output(options), use),
      },
    },
  }
}

/** Without `$schema` it is draft 2020-12. Source: MCP specification 2025-11-25, JSON Schema usage. */
function lean(schema: JsonSchema, use: Use): JsonSchema {
  if (use === 'known-answer') return { type: 'object' }
  const {
    $schema,
    additionalProperties,
    required,
    properties,
    items,
    maxLength,
    enum: words,
    ...rest
  } = schema
  return {
    ...rest,
    ...(use === 'arguments' && words !== undefined ? { enum: words } : {}),
    ...(isSchema(properties)
      ? { properties: mapValues(properties, (inner) => (isSchema(inner) ? lean(inner, use) : inner)) }
      : {}),
    ...(use === 'arguments' && isSchema(items) ? { items: lean(items, use) } : {}),
    ...(use === 'arguments' && required !== undefined ? { required } : {}),
  }
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapValues(from: JsonSchema, change: (value: unknown) => unknown): JsonSchema {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]))
}
