import type { Endpoint } from '../client/endpoints.ts'
import { exception, json, overall } from './answers.ts'
import { objectAt } from './cable-ends.ts'
import { logChange } from './change-log.ts'
import { dependentWords, removalOf } from './delete-object.ts'
import { isEndpoint, models } from './models.ts'
import { objectKeys } from './object-keys.ts'
import type { ObjectStore, StoredObject } from './object-store.ts'
import type { Upload } from './read-input.ts'
import type { Release } from './release.ts'
import { objectRules } from './rules/object-rules.ts'
import { writeBody } from './write-body.ts'

export type Outcome =
  | { kind: 'written'; id: number }
  | { kind: 'deleted' }
  | { kind: 'response'; response: Response }

interface At {
  store: ObjectStore
  release: Release
  model: Endpoint
}
interface By {
  requestId: string
  message: string
  stamp: () => string
}
type Body = Record<string, unknown>
type Judged = { kind: 'body'; body: Body } | { kind: 'response'; response: Response }

export function createObject(
  at: At,
  { input, image }: { input: Body; image: Upload | null },
  by: By,
): Outcome {
  const { store, model } = at
  const judged = judge(at, input, null, image?.size ?? {})
  if (judged.kind === 'response') return judged
  const id = store.insert(model, judged.body, objectKeys(store, model, judged.body), by.stamp())
  if (image) store.saveImage(id, image.mediaType, image.bytes)
  if (model === 'extras/custom-fields') indexWithField(store, judged.body)
  touch(at, judged.body, by)
  const object = store.get(model, id)
  if (object) log(at, { action: 'create', object, before: null, after: judged.body }, by)
  return { kind: 'written', id }
}

export function updateObject(at: At, object: StoredObject, input: Body, by: By): Outcome {
  const { store, model } = at
  const judged = judge(at, input, object, {})
  if (judged.kind === 'response') return judged
  store.update({ ...object, body: judged.body }, objectKeys(store, model, judged.body), by.stamp())
  if (model === 'extras/custom-fields') indexWithField(store, judged.body)
  touch(at, object.body, by)
  touch(at, judged.body, by)
  log(at, { action: 'update', object, before: object.body, after: judged.body }, by)
  return { kind: 'written', id: object.id }
}

/** Objects that others need stay; what hangs on an object goes with it. */
export function deleteObject(at: At, object: StoredObject, by: By): Outcome {
  const { store } = at
  const { gone, changed, dependents } = removalOf(store, object)
  if (dependents.length > 0)
    return { kind: 'response', response: json(409, { detail: dependentWords(store, dependents) }) }
  for (const one of gone) log(at, { action: 'delete', object: one, before: one.body, after: null }, by)
  touch(at, object.body, by)
  for (const one of gone) store.remove(one.id)
  for (const one of changed) store.update(one, objectKeys(store, one.model, one.body), by.stamp())
  return { kind: 'deleted' }
}

function judge(at: At, input: Body, object: StoredObject | null, beside: Body): Judged {
  const { store, release, model } = at
  const written = writeBody(at, model, input, object?.body ?? null)
  if (written.kind === 'errors') return refused(written.errors)
  if (written.kind === 'exception')
    return { kind: 'response', response: exception(release, written.name, written.error) }
  const body = { ...written.body, ...beside }
  const rule = objectRules[model]
  const id = object?.id ?? null
  const verdict = rule?.({ store, release, id, before: object?.body ?? null, body, input })
  if (verdict?.kind === 'errors') return refused(verdict.errors)
  if (verdict?.kind === 'exception')
    return { kind: 'response', response: exception(release, verdict.name, verdict.error) }
  const kept = verdict?.body ?? body
  const collision = firstCollision(at, kept, id)
  return collision === null ? { kind: 'body', body: kept } : { kind: 'response', response: collision }
}

function refused(errors: Body): Judged {
  return { kind: 'response', response: json(400, errors) }
}

function firstCollision({ store, release, model }: At, body: Body, ownId: number | null): Response | null {
  for (const { rule, value } of objectKeys(store, model, body).unique) {
    const holder = store.holderOf(model, rule, value)
    if (holder === null || holder === ownId) continue
    const known = models[model].unique.find(({ fields }) => fields.join('+') === rule)
    if (!known) return json(400, overall(`Custom field '${rule.slice(3)}' must have a unique value.`))
    if (known.message !== 'integrity-error') return json(400, known.message)
    if (release.minor < 5) return json(400, { [rule]: [`Asset with this ${rule} already exists.`] })
    const error = `duplicate key value violates unique constraint "${model.split('/').at(-1)}_${rule}_id_key"`
    return exception(release, 'IntegrityError', error)
  }
  return null
}

/** Attaching or removing a cable changes the ports at its ends. */
function touch({ store, model }: At, body: Body, by: By): void {
  if (model !== 'dcim/cables') return
  for (const side of [body.a_terminations, body.b_terminations])
    for (const end of Array.isArray(side) ? side : []) {
      const port = objectAt(store, end)
      if (port) store.update(port, objectKeys(store, port.model, port.body), by.stamp())
    }
}

function log(at: At, change: Parameters<typeof logChange>[1], by: By): void {
  logChange(at.store, change, { requestId: by.requestId, message: by.message, at: by.stamp() })
}

/** A new custom field becomes a filter for what is there already. */
function indexWithField(store: ObjectStore, field: Body): void {
  for (const model of Object.keys(models)) {
    const types = field.object_types
    if (!isEndpoint(model) || !Array.isArray(types) || !types.includes(models[model].objectType)) continue
    for (const object of store.allOf(model))
      store.update(object, objectKeys(store, model, object.body), object.lastUpdated)
  }
}
