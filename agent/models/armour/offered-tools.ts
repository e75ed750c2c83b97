import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { z } from 'zod'
import type { FoundCall } from './found-calls.ts'
import { readLooseObject } from './loose-value.ts'

/** What the caller says of a tool in its `providerOptions`, for the armour only; no provider reads it. */
const noteSchema = z.object({ hwlab: z.object({ readOnly: z.boolean(), title: z.string() }) })
const schemaSchema = z.object({
  properties: z.record(z.string(), z.looseObject({ type: z.unknown().optional() })).optional(),
})

export interface OfferedTool {
  name: string
  title: string
  /** It changes nothing: a call that was written as text may be made good. */
  readOnly: boolean
  /** JSON type of each argument, where it is one plain type. */
  types: Record<string, string>
}

export function offeredTools(tools: LanguageModelV4CallOptions['tools']): OfferedTool[] {
  return (tools ?? []).flatMap((tool) => {
    if (tool.type !== 'function') return []
    const note = noteSchema.safeParse(tool.providerOptions)
    const schema = schemaSchema.safeParse(tool.inputSchema)
    const properties = Object.entries((schema.success && schema.data.properties) || {})
    return {
      name: tool.name,
      title: note.success ? note.data.hwlab.title : tool.name,
      readOnly: note.success && note.data.hwlab.readOnly,
      types: Object.fromEntries(
        properties.flatMap(([key, { type }]): [string, string][] =>
          typeof type === 'string' ? [[key, type]] : [],
        ),
      ),
    }
  })
}

/**
 * The tool that is meant by a name as models write it: with a namespace (`functions.x`, `google:mcp:x`, jundot/omlx#1830), with
 * template words behind it (vllm-project/vllm#32587), or in other letters.
 */
export function toolNamed(written: string, tools: OfferedTool[]): OfferedTool | null {
  const exact = tools.find(({ name }) => name === written)
  if (exact) return exact
  const bare = written.replace(/<[|｜].*$/s, '').trim()
  const tail = bare.split(/[.:/]/).at(-1) ?? ''
  const folded = (name: string) => name.toLowerCase().replaceAll('-', '_')
  const meant = tools.filter(({ name }) => [folded(bare), folded(tail)].includes(folded(name)))
  return meant.length === 1 ? (meant[0] ?? null) : null
}

/** The arguments in the types that the tool asks for: XML knows only texts, and serials of digits are texts. */
export function fittedArguments(call: FoundCall, tool: OfferedTool): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(call.args).map(([key, value]) => [key, fitted(value, tool.types[key])]),
  )
}

function fitted(value: unknown, type: string | undefined): unknown {
  if (type === 'string' && typeof value === 'number') return String(value)
  if (typeof value !== 'string') return value
  const text = value.trim()
  if ((type === 'number' || type === 'integer') && /^-?\d+(\.\d+)?$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/i.test(text)) return text.toLowerCase() === 'true'
  return value
}

/** The arguments of a call in the server's own field, as JSON text; null when they cannot be read for certain. */
export function mendedArguments(written: string, tool: OfferedTool): string | null {
  const text = written.trim()
  if (text === '') return '{}'
  const plain = parsed(text)
  if (isRecord(plain)) return text
  // Written twice as text (vllm-project/vllm#54964).
  const inner = typeof plain === 'string' ? parsed(plain) : undefined
  if (isRecord(inner)) return JSON.stringify(inner)
  // An empty object first, then the real one (openai/openai-agents-js#712).
  const start = text.startsWith('{}{') ? 2 : 0
  const read = readLooseObject(text, start)
  if (!read || text.slice(read.end).trim() !== '') return null
  return JSON.stringify(fittedArguments({ name: tool.name, args: read.value }, tool))
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function isRecord(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
