import type { Failure } from '../client/failure.ts'
import { customFieldsWritten } from '../client/write-values.ts'
import { customFields } from '../custom-fields.ts'
import { ensure } from '../outbox/ensure.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import { slugOf, type TypeWanted, tagWanted } from '../outbox/references.ts'
import { placePath } from '../parts/place-path.ts'
import type { FieldValue, FieldValues } from './merge-fields.ts'
import type { LiveRow } from './read-record.ts'
import {
  type ChangeableKind,
  customFieldIn,
  modelSchema,
  recordShapes,
  ruleOf,
  tagIn,
} from './record-shapes.ts'

/** Missing ones are made as bare as this; NetBox's own is taken as it is. */
function typeWanted({ manufacturer, model }: { manufacturer: string; model: string }): TypeWanted {
  const slug = slugOf(`${manufacturer}-${model}`)
  return {
    manufacturer: { name: manufacturer, slug: slugOf(manufacturer) },
    deviceType: { model, slug, partNumber: null, uHeight: 0 },
  }
}

type Bench = Pick<Workbench, 'rest' | 'references' | 'signal'>
type Body = Record<string, unknown>

/**
 * The body of the PATCH that gives these fields these values, and no other. NetBox merges custom fields and replaces
 * tags: those that are there go along, and the guard of the PATCH keeps them from being stale.
 */
export async function patchBody(
  bench: Bench,
  change: { kind: ChangeableKind; row: LiveRow; values: FieldValues },
): Promise<{ kind: 'body'; body: Body } | Failure> {
  const { kind, row, values } = change
  const body: Body = {}
  const custom: Body = {}
  const tags = new Map(row.tags.map(({ id, slug }) => [slug, id]))
  for (const [field, value] of Object.entries(values)) {
    const tag = tagIn(field)
    const name = customFieldIn(field)
    if (tag !== null) {
      const set = await setTag(bench, { tags, slug: tag, isThere: value === true })
      if (set.kind === 'failed') return set
    } else if (name !== null) {
      const ready = await customFieldReady(bench, { kind, name })
      if (ready.kind === 'failed') return ready
      custom[name] = value
    } else {
      const written = await nativeValue(bench, { kind, row, field, value })
      if (written.kind === 'failed') return written
      body[field] = written.value
    }
  }
  if (Object.keys(custom).length > 0) body.custom_fields = customFieldsWritten(custom)
  if (Object.keys(values).some((field) => tagIn(field) !== null)) body.tags = [...tags.values()]
  return { kind: 'body', body }
}

async function setTag(
  { rest, signal }: Bench,
  wish: { tags: Map<string, number>; slug: string; isThere: boolean },
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
  { references, signal }: Bench,
  { kind, name }: { kind: ChangeableKind; name: string },
): Promise<{ kind: 'have' } | Failure> {
  if (!customFields.some((field) => field.name === name)) return { kind: 'have' }
  const ready = await references.customField(name, recordShapes[kind].objectType, signal)
  return ready.kind === 'failed' ? ready : { kind: 'have' }
}

async function nativeValue(
  { references, signal }: Bench,
  wish: { kind: ChangeableKind; row: LiveRow; field: string; value: FieldValue },
): Promise<{ kind: 'value'; value: unknown } | Failure> {
  const rule = ruleOf(wish.kind, wish.field)
  if (rule?.kind === 'role' && typeof wish.value === 'string') {
    const role = await references.role({ name: wish.value, slug: slugOf(wish.value) }, signal)
    return role.kind === 'failed' ? role : { kind: 'value', value: role.id }
  }
  if (rule?.kind === 'place' && typeof wish.value === 'string') {
    const place = await references.location(wish.row.site?.id ?? 0, placePath(wish.value), signal)
    return place.kind === 'failed' ? place : { kind: 'value', value: place.id }
  }
  const type = rule?.kind === 'model' ? modelSchema.safeParse(wish.value) : null
  if (type?.success) {
    const found = await references.deviceType(typeWanted(type.data), signal)
    return found.kind === 'failed' ? found : { kind: 'value', value: found.id }
  }
  const isBlank = wish.value === null && rule?.kind === 'text' && !rule.nullable
  return { kind: 'value', value: isBlank ? '' : wish.value }
}
