import type { StandardSchemaWithJSON } from '@modelcontextprotocol/server'
import type { z } from 'zod'

type JsonSchema = Record<string, unknown>
type Use = 'arguments' | 'answer' | 'known-answer'

/**
 * The same schema, described in fewer words: a tool list is read, and paid for, in every turn. What comes in and goes
 * out is checked by zod as before. `answer`: clients only read it, so it names its fields and no more; `known-answer`:
 * change_status names its fields. How long a text may be is left out: a longer one is refused anyway.
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
  return use === 'answer' ? namesOnly(schema) : leanArguments(schema)
}

function leanArguments(schema: JsonSchema): JsonSchema {
  const { $schema, additionalProperties, properties, items, maxLength, ...rest } = schema
  return {
    ...rest,
    ...(isSchema(properties)
      ? { properties: mapValues(properties, (inner) => (isSchema(inner) ? leanArguments(inner) : inner)) }
      : {}),
    ...(isSchema(items) ? { items: leanArguments(items) } : {}),
  }
}

/** What is inside an answer, by name: clients read it, and zod has checked it. */
function namesOnly({ type, properties }: JsonSchema): JsonSchema {
  if (!isSchema(properties)) return {}
  const names = mapValues(properties, (inner) => (isSchema(inner) ? namesOnly(inner) : {}))
  return { type, properties: names }
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function mapValues(from: JsonSchema, change: (value: unknown) => unknown): JsonSchema {
  return Object.fromEntries(Object.entries(from).map(([name, value]) => [name, change(value)]))
}
