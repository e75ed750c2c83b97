import { z } from 'zod'
import type { Failure } from '../client/failure.ts'
import { choiceValue } from '../client/read-values.ts'
import type { Rest } from '../client/rest.ts'
import { customFields } from '../custom-fields.ts'
import { findWanted } from '../outbox/ensure.ts'
import { roleWanted, siteWanted, tagWanted } from '../outbox/references.ts'
import type { SetupThing } from './setup-things.ts'

export type ThingState =
  | { kind: 'there' }
  | { kind: 'missing' }
  /** `harmless`: HWLab works with it all the same. */
  | { kind: 'differs'; how: string; fix: string; harmless: boolean }
  | Failure

const fieldSchema = z.object({
  type: choiceValue,
  object_types: z.array(z.string()),
  unique: z.boolean(),
  filter_logic: choiceValue,
})

/** Whether NetBox has it, by reading alone. */
export async function lookForThing(rest: Rest, thing: SetupThing, signal?: AbortSignal): Promise<ThingState> {
  switch (thing.kind) {
    case 'custom-field':
      return lookForField(rest, thing, signal)
    case 'tag':
      return found(await findWanted(rest, tagWanted(thing.name), signal))
    case 'site':
      return found(await findWanted(rest, siteWanted(thing.site), signal))
    case 'role':
      return found(await findWanted(rest, roleWanted(thing.role), signal))
  }
}

function found(answer: { kind: 'have' } | { kind: 'none' } | Failure): ThingState {
  if (answer.kind === 'failed') return answer
  return { kind: answer.kind === 'have' ? 'there' : 'missing' }
}

async function lookForField(
  rest: Rest,
  { name, objectType }: SetupThing & { kind: 'custom-field' },
  signal?: AbortSignal,
): Promise<ThingState> {
  const wanted = customFields.find((field) => field.name === name)
  const options = { limit: 50, keptForMs: 2_000, ...(signal ? { signal } : {}) }
  const answer = await rest.list('extras/custom-fields', { name }, options)
  if (answer.kind === 'failed') return answer
  const row = answer.rows.find((candidate) => candidate.name === name)
  if (!row || !wanted) return { kind: 'missing' }
  const field = fieldSchema.safeParse(row)
  if (!field.success || field.data.type !== wanted.type)
    return differs(
      `is of another type than ${wanted.type}`,
      'It is not HWLab’s: rename it in NetBox, then look again.',
      false,
    )
  const { data } = field
  if (wanted.unique && !data.unique)
    return differs(
      'takes one value twice',
      'Edit it in NetBox under Customization > Custom Fields and tick “Must be unique”.',
      false,
    )
  if (!data.object_types.includes(objectType)) return { kind: 'missing' }
  if (data.filter_logic === 'disabled')
    return differs('cannot be searched', 'Edit it in NetBox and set “Filter logic” to Exact.', false)
  if (data.filter_logic !== wanted.filterLogic)
    return differs(
      `is searched by “${data.filter_logic}” instead of “${wanted.filterLogic}”`,
      'HWLab works all the same. To have it as planned, change “Filter logic” of the field in NetBox.',
      true,
    )
  return { kind: 'there' }
}

function differs(how: string, fix: string, harmless: boolean): ThingState {
  return { kind: 'differs', how, fix, harmless }
}
