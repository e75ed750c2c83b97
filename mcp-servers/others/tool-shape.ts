import { z } from 'zod'
import { canonicalJson, sha256Hex } from '../approval/digest.ts'

/** What another server says about one of its tools: exactly what a fingerprint is taken of. */
export const toolShapeSchema = z.object({
  name: z.string().min(1).max(128),
  title: z.string().optional(),
  description: z.string().optional(),
  inputSchema: z.record(z.string(), z.unknown()),
  annotations: z
    .looseObject({
      title: z.string().optional(),
      readOnlyHint: z.boolean().optional(),
      destructiveHint: z.boolean().optional(),
      idempotentHint: z.boolean().optional(),
      openWorldHint: z.boolean().optional(),
    })
    .optional(),
})
export type ToolShape = z.infer<typeof toolShapeSchema>

/** SHA-256 hex. Anything that a model or a person is told about the tool changes it. */
export function fingerprintOf(shape: ToolShape): string {
  return sha256Hex(`hwlab/tool/v1\n${canonicalJson(shape)}`)
}

/** Its server says that it destroys: then a person is asked each time, whatever else it says. */
export function isDestructive({ annotations }: ToolShape): boolean {
  return annotations?.destructiveHint === true
}

/** What the server claims, in words. Claims are shown and never lower a gate. */
export function claimsOf({ annotations }: ToolShape): string[] {
  const { readOnlyHint, destructiveHint, openWorldHint } = annotations ?? {}
  return [
    ...(readOnlyHint === true ? ['says that it only reads'] : []),
    ...(destructiveHint === true ? ['says that it can destroy'] : []),
    ...(openWorldHint === true ? ['says that it reaches beyond its own system'] : []),
    ...(readOnlyHint === undefined && destructiveHint === undefined
      ? ['says nothing about what it changes']
      : []),
  ]
}

export interface ShapeDifference {
  label: string
  /** null: it was not there. */
  before: string | null
  after: string | null
}

const differencesMax = 40
const textMax = 400

/** What changed between two shapes, place by place, in the words of the server. */
export function differencesOf(before: ToolShape, after: ToolShape): ShapeDifference[] {
  const was = placesOf(before)
  const is = placesOf(after)
  const places = [...new Set([...was.keys(), ...is.keys()])]
  const changed = places.flatMap((label) => {
    const [old = null, now = null] = [was.get(label), is.get(label)]
    return old === now ? [] : [{ label, before: cut(old), after: cut(now) }]
  })
  const left = changed.length - differencesMax
  const rest = left > 0 ? [{ label: `and ${left} more`, before: null, after: null }] : []
  return [...changed.slice(0, differencesMax), ...rest]
}

function cut(text: string | null): string | null {
  return text !== null && text.length > textMax ? `${text.slice(0, textMax - 1)}…` : text
}

/** Every single value by its place: `arguments.vmid.type`. */
function placesOf({ name, title, description, annotations, inputSchema }: ToolShape): Map<string, string> {
  const places = new Map<string, string>()
  function note(place: string, value: unknown): void {
    if (value === undefined) return
    if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
      for (const [key, inner] of Object.entries(value)) note(place === '' ? key : `${place}.${key}`, inner)
    } else places.set(place, typeof value === 'string' ? value : JSON.stringify(value))
  }
  const { properties, ...rest } = inputSchema
  note('', { name, title, description, claims: annotations, arguments: properties, ...rest })
  return places
}
