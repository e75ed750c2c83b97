import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import { guardedPatch, seenAs } from '../client/guarded-patch.ts'
import { choiceValue } from '../client/read-values.ts'
import type { Rest } from '../client/rest.ts'
import { customFields } from '../custom-fields.ts'
import { ensure } from './ensure.ts'

const fieldRowSchema = z.object({
  id: z.number(),
  type: choiceValue,
  object_types: z.array(z.string()),
  unique: z.boolean(),
})

/** The field exists, is of our kind, and that type of object has it. An existing one is never weakened or re-typed. */
export async function ensureCustomField(
  rest: Rest,
  { name, objectType }: { name: string; objectType: string },
  signal: AbortSignal,
): Promise<{ kind: 'have'; id: number } | Failure> {
  const field = customFields.find((candidate) => candidate.name === name)
  if (!field) throw new Error(`${name} is not in custom-fields.ts`)
  const found = await ensure(
    rest,
    {
      endpoint: 'extras/custom-fields',
      words: `the custom field “${name}”`,
      find: [{ name }],
      isIt: (row) => row.name === name,
      create: {
        name,
        label: field.label,
        type: field.type,
        description: field.description,
        object_types: [objectType],
        unique: field.unique,
        filter_logic: field.filterLogic,
        group_name: 'HWLab',
      },
      permission: 'extras.add_customfield',
    },
    signal,
  )
  if (found.kind === 'failed') return found
  const row = fieldRowSchema.safeParse(found.row)
  if (!row.success || row.data.type !== field.type || (field.unique && !row.data.unique))
    return failed(
      'invalid',
      `NetBox has a custom field “${name}” that is not HWLab’s. It must be of type ${field.type}${field.unique ? ' and unique' : ''}: correct or rename it, then retry.`,
    )
  if (row.data.object_types.includes(objectType)) return { kind: 'have', id: row.data.id }
  return widen(rest, { id: row.data.id, name, objectType }, signal)
}

const mostRounds = 4

/** Somebody else, perhaps ourselves, may be adding another type of object at the same moment: neither takes the other's away. */
async function widen(
  rest: Rest,
  { id, name, objectType }: { id: number; name: string; objectType: string },
  signal: AbortSignal,
): Promise<{ kind: 'have'; id: number } | Failure> {
  const path = `extras/custom-fields/${id}/`
  for (let round = 0; round < mostRounds; round += 1) {
    const now = await rest.call({ method: 'GET', path, signal })
    if (now.kind === 'failed') return now
    const field = fieldRowSchema.safeParse(now.body)
    if (!field.success) break
    const { object_types: types } = field.data
    if (types.includes(objectType)) return { kind: 'have', id }
    const json = { object_types: [...types, objectType] }
    const widened = await guardedPatch(rest, { path, seen: seenAs(now), json, signal })
    if (widened.kind === 'failed' && widened.cause === 'denied')
      return failed(
        'denied',
        `NetBox does not allow HWLab’s token to put the custom field “${name}” on ${objectType} as well. The token must be write-enabled and its user needs the permission extras.change_customfield; or tick that object type in NetBox yourself. Then retry.`,
      )
    if (widened.kind === 'failed' && widened.cause !== 'stale') return widened
  }
  return failed('stale', `Somebody else keeps changing the custom field “${name}” in NetBox.`)
}
