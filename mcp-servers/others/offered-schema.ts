import { plainLine } from './plain-text.ts'

type JsonSchema = Record<string, unknown>

const descriptionMax = 200
const deepest = 8
const partsMax = 400
const charactersMax = 8000
/** Of arguments, and of words that an argument can be: they are copied letter by letter, so they are passed on or left out. */
const harmlessWord = /^[\p{L}\p{N}_$@.:/ -]{1,64}$/u

const keptAsTheyAre = [
  'type',
  'minimum',
  'maximum',
  'minItems',
  'maxItems',
  'minLength',
  'maxLength',
  'required',
]
const schemaLists = ['anyOf', 'oneOf', 'allOf']

class NotOffered extends Error {}

/**
 * The arguments of another server's tool as a model is told them: what it has to know to call it, and of the server's own
 * prose only short, plain lines. null: they cannot be told like that, so the tool is not offered.
 */
export function offeredSchema(inputSchema: JsonSchema): (JsonSchema & { type: 'object' }) | null {
  try {
    const definitions = isSchema(inputSchema.$defs) ? inputSchema.$defs : {}
    const { type, ...schema } = lean(inputSchema, 0, { definitions, parts: 0 })
    if (type !== undefined && type !== 'object') return null
    const offered = { ...schema, type: 'object' as const }
    return JSON.stringify(offered).length <= charactersMax ? offered : null
  } catch (error) {
    if (error instanceof NotOffered) return null
    throw error
  }
}

interface Reading {
  definitions: JsonSchema
  /** Counted over the whole of it: a schema that refers to itself never ends. */
  parts: number
}

function lean(schema: JsonSchema, depth: number, reading: Reading): JsonSchema {
  reading.parts += 1
  if (depth > deepest || reading.parts > partsMax) throw new NotOffered()
  const name = typeof schema.$ref === 'string' ? schema.$ref.replace('#/$defs/', '') : ''
  const named = reading.definitions[name]
  if (isSchema(named)) return lean(named, depth + 1, reading)
  const told: JsonSchema = {}
  for (const key of keptAsTheyAre) if (isPlain(schema[key])) told[key] = schema[key]
  if (typeof schema.description === 'string') told.description = plainLine(schema.description, descriptionMax)
  if (isWordList(schema.enum)) told.enum = schema.enum
  if (isSchema(schema.properties)) told.properties = leanProperties(schema.properties, depth, reading)
  if (isSchema(schema.items)) told.items = lean(schema.items, depth + 1, reading)
  for (const key of schemaLists) {
    const list = schema[key]
    if (Array.isArray(list))
      told[key] = list.slice(0, 20).flatMap((one) => (isSchema(one) ? [lean(one, depth + 1, reading)] : []))
  }
  return told
}

function leanProperties(properties: JsonSchema, depth: number, reading: Reading): JsonSchema {
  const told: JsonSchema = {}
  for (const [name, inner] of Object.entries(properties)) {
    if (!harmlessWord.test(name) || name === '__proto__') throw new NotOffered()
    told[name] = isSchema(inner) ? lean(inner, depth + 1, reading) : {}
  }
  return told
}

function isPlain(value: unknown): boolean {
  if (typeof value === 'number') return true
  const words = Array.isArray(value) ? value : [value]
  return words.every((word) => typeof word === 'string' && harmlessWord.test(word))
}

function isWordList(value: unknown): value is unknown[] {
  return (
    Array.isArray(value) &&
    value.length <= 50 &&
    value.every((word) => typeof word !== 'string' || harmlessWord.test(word)) &&
    value.every((word) => typeof word !== 'object' || word === null)
  )
}

function isSchema(value: unknown): value is JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
