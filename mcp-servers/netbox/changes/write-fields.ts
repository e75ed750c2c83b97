import type { Failure } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import { customFields } from '../custom-fields.ts'
import { ensure } from '../outbox/ensure.ts'
import { ensureCustomField } from '../outbox/ensure-custom-field.ts'
import { roleWanted, slugOf, tagWanted } from '../outbox/references.ts'
import type { FieldValue, FieldValues } from './merge-fields.ts'
import type { LiveRow } from './read-record.ts'
import { type ChangeableKind, customFieldIn, recordShapes, ruleOf, tagIn } from './record-shapes.ts'

type Body = Record<string, unknown>

/**
 * The body of the PATCH that gives these fields these values, and no other. NetBox merges custom fields and replaces
 * tags: those that are there go along, and the guard of the PATCH keeps them from being stale.
 */
export async function patchBody(
  rest: Rest,
  change: { kind: ChangeableKind; row: LiveRow; values: FieldValues; signal: AbortSignal },
): Promise<{ kind: 'body'; body: Body } | Failure> {
  const { kind, row, values, signal } = change
  const body: Body = {}
  const custom: Body = {}
  const tags = new Map(row.tags.map(({ id, slug }) => [slug, id]))
  for (const [field, value] of Object.entries(values)) {
    const tag = tagIn(field)
    const name = customFieldIn(field)
    if (tag !== null) {
      const set = await setTag(rest, { tags, slug: tag, isThere: value === true }, signal)
      if (set.kind === 'failed') return set
    } else if (name !== null) {
      const ready = await customFieldReady(rest, { kind, name }, signal)
      if (ready.kind === 'failed') return ready
      custom[name] = value
    } else {
      const written = await nativeValue(rest, { kind, field, value }, signal)
      if (written.kind === 'failed') return written
      body[field] = written.value
    }
  }
  if (Object.keys(custom).length > 0) body.custom_fields = custom
  if (Object.keys(values).some((field) => tagIn(field) !== null)) body.tags = [...tags.values()]
  return { kind: 'body', body }
}

async function setTag(
  rest: Rest,
  wish: { tags: Map<string, number>; slug: string; isThere: boolean },
  signal: AbortSignal,
): Promise<{ kind: 'set' } | Failure> {
  const { tags, slug, isThere } = wish
  if (!isThere) tags.delete(slug)
  else if (!tags.has(slug)) {
    const found = await ensure(rest, tagWanted(slug), signal)
    if (found.kind === 'failed') return found
    tags.set(slug, found.row.id)
  }
  return { kind: 'set' }
}

/** Those of HWLab are made where they are missing; anybody else's must be there. */
async function customFieldReady(
  rest: Rest,
  { kind, name }: { kind: ChangeableKind; name: string },
  signal: AbortSignal,
): Promise<{ kind: 'have' } | Failure> {
  if (!customFields.some((field) => field.name === name)) return { kind: 'have' }
  const ready = await ensureCustomField(rest, { name, objectType: recordShapes[kind].objectType }, signal)
  return ready.kind === 'failed' ? ready : { kind: 'have' }
}

async function nativeValue(
  rest: Rest,
  wish: { kind: ChangeableKind; field: string; value: FieldValue },
  signal: AbortSignal,
): Promise<{ kind: 'value'; value: unknown } | Failure> {
  const rule = ruleOf(wish.kind, wish.field)
  if (rule?.kind === 'role' && typeof wish.value === 'string') {
    const role = await ensure(rest, roleWanted({ name: wish.value, slug: slugOf(wish.value) }), signal)
    return role.kind === 'failed' ? role : { kind: 'value', value: role.row.id }
  }
  const isBlank = wish.value === null && rule?.kind === 'text' && !rule.nullable
  return { kind: 'value', value: isBlank ? '' : wish.value }
}
