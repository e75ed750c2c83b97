import { randomUUID } from 'node:crypto'
import type { LabDatabase } from '../../serving/database.ts'
import type { Endpoint } from '../client/endpoints.ts'
import { etagOf } from '../client/guarded-patch.ts'
import type { Fetch } from '../client/rest.ts'
import { json, page } from './answers.ts'
import { indexAnew } from './index-anew.ts'
import { listObjects, onlyFields } from './list-objects.ts'
import { isEndpoint, models } from './models.ts'
import { ObjectStore } from './object-store.ts'
import { readInput } from './read-input.ts'
import { Reader } from './read-object.ts'
import { ownUser } from './read-special.ts'
import { type Release, release } from './release.ts'
import { createObject, deleteObject, type Outcome, updateObject } from './write-object.ts'

/**
 * Speaks NetBox's REST interface, as far as HWLab uses it, over SQLite, its quirks included: unknown filters and
 * attributes are ignored, a path without its closing slash is a 404 page, unique values collide with 400.
 */
export function openEmbeddedNetbox(deps: {
  database: LabDatabase
  nowMs: () => number
  /** Tests speak like other releases too. */
  release?: Release
}): Fetch {
  const speaks = deps.release ?? release('4.6.8')
  const store = new ObjectStore(deps.database)
  indexAnew(store, deps.nowMs())
  const stamp = openStamp(store, deps.nowMs)
  return async (request) => {
    const url = new URL(request.url)
    const photo = /^\/media\/image-attachments\/(\d+)$/.exec(url.pathname)
    if (photo) return media(store, Number(photo[1]))
    if (url.pathname === '/api/status/') return json(200, statusOf(speaks))
    if (url.pathname === '/api/authentication-check/' && speaks.minor >= 5) return json(200, ownUser)
    const route = /^\/api\/((?:plugins\/)?[a-z]+\/[a-z-]+)\/(?:(\d+)\/)?$/.exec(url.pathname)
    const model = route?.[1] ?? ''
    if (!isEndpoint(model) || (model.startsWith('plugins/') && speaks.inventoryPlugin === null))
      return page(404, 'Page Not Found')
    const context = { store, release: speaks, model, origin: url.origin, stamp }
    const answer = await respond(context, route?.[2] === undefined ? null : Number(route[2]), request)
    answer.headers.set('api-version', `4.${speaks.minor}`)
    return answer
  }
}

interface Context {
  store: ObjectStore
  release: Release
  model: Endpoint
  origin: string
  stamp: () => string
}

function statusOf({ version, inventoryPlugin }: Release): Record<string, unknown> {
  const plugins = inventoryPlugin === null ? {} : { netbox_inventory: inventoryPlugin }
  return { 'netbox-version': version, plugins, hwlab: true }
}

async function respond(context: Context, id: number | null, request: Request): Promise<Response> {
  const { method } = request
  const url = new URL(request.url)
  if (method === 'GET')
    return id === null ? listObjects(context, url) : one(context, id, { status: 200, url })
  if (method === 'OPTIONS') return json(200, { actions: id === null ? { POST: {}, PUT: {} } : { PUT: {} } })
  const isWrite = id === null ? method === 'POST' : method === 'PATCH' || method === 'DELETE'
  if (!isWrite || models[context.model].readOnly)
    return json(405, { detail: `Method "${method}" not allowed.` })
  return write(context, id, request)
}

async function write(context: Context, id: number | null, request: Request): Promise<Response> {
  const { store, model, stamp } = context
  const read = request.method === 'DELETE' ? null : await readInput(context.release, model, request)
  if (read?.kind === 'wrong') return read.response
  const requestId = randomUUID()
  const by = { requestId, message: String(read?.input.changelog_message ?? ''), stamp }
  const answer = store.inTransaction(() => {
    if (id === null) return read ? shown(context, createObject(context, read, by), 201) : notFound(model)
    const object = store.get(model, id)
    if (!object) return notFound(model)
    const stale = refusedAsStale(context, object.lastUpdated, request.headers.get('if-match'))
    if (stale) return stale
    return shown(
      context,
      read ? updateObject(context, object, read.input, by) : deleteObject(context, object, by),
      200,
    )
  })
  answer.headers.set('x-request-id', requestId)
  return answer
}

function shown(context: Context, outcome: Outcome, status: number): Response {
  if (outcome.kind === 'response') return outcome.response
  return outcome.kind === 'deleted'
    ? new Response(null, { status: 204 })
    : one(context, outcome.id, { status, url: null })
}

/** NetBox takes a list of tags, and `*` for any; before 4.6 it takes no notice. */
function refusedAsStale({ release: { minor } }: Context, lastUpdated: string, ifMatch: string | null) {
  if (minor < 6 || ifMatch === null || ifMatch === '*') return null
  const tag = etagOf(lastUpdated)
  return ifMatch.split(',').some((one) => one.trim() === tag)
    ? null
    : json(412, { detail: 'Precondition failed.' }, { etag: tag })
}

function one(context: Context, id: number, { status, url }: { status: number; url: URL | null }): Response {
  const {
    store,
    model,
    release: { minor },
  } = context
  const object = store.get(model, id)
  if (!object) return notFound(model)
  const row = new Reader(context).whole(object)
  const headers: Record<string, string> =
    minor >= 6 && !models[model].readOnly ? { etag: etagOf(object.lastUpdated) } : {}
  return json(status, url ? onlyFields(row, url) : row, headers)
}

function notFound(model: Endpoint): Response {
  return json(404, { detail: `No ${models[model].objectType} matches the given query.` })
}

function media(store: ObjectStore, id: number): Response {
  const image = store.image(id)
  return image
    ? new Response(new Uint8Array(image.bytes), { headers: { 'content-type': image.mediaType } })
    : page(404, 'Page Not Found')
}

/** Microseconds that always go forward, so that every write has another ETag. */
function openStamp(store: ObjectStore, nowMs: () => number): () => string {
  const latest = store.latestChange()
  let lastMicros = latest === null ? 0 : Date.parse(latest) * 1000 + Number(latest.slice(23, 26))
  return () => {
    lastMicros = Math.max(nowMs() * 1000, lastMicros + 1)
    const micros = String(lastMicros % 1000).padStart(3, '0')
    return new Date(Math.floor(lastMicros / 1000)).toISOString().replace('Z', `${micros}Z`)
  }
}
