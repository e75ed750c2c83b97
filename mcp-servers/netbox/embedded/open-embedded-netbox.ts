import { randomUUID } from 'node:crypto'
import type { LabDatabase } from '../../serving/database.ts'
import type { Endpoint } from '../client/endpoints.ts'
import type { Fetch } from '../client/rest.ts'
import { isEndpoint, models } from './models.ts'
import { objectKeys } from './object-keys.ts'
import { ObjectStore, type StoredObject } from './object-store.ts'
import { Reader } from './read-object.ts'
import { selectObjects } from './select-objects.ts'
import { writeBody } from './write-body.ts'

const version = '4.6.8'
const pageRows = 50
const mostPageRows = 1000

/**
 * Speaks NetBox's REST interface, as far as HWLab uses it, over SQLite, its quirks included: unknown filters and
 * attributes are ignored, a path without its closing slash is a 404 page, unique values collide with 400.
 */
export function openEmbeddedNetbox(deps: { database: LabDatabase; nowMs: () => number }): Fetch {
  const store = new ObjectStore(deps.database)
  const stamp = openStamp(store, deps.nowMs)
  return async (request) => {
    const url = new URL(request.url)
    const photo = /^\/media\/image-attachments\/(\d+)$/.exec(url.pathname)
    if (photo) return media(store, Number(photo[1]))
    if (url.pathname === '/api/status/')
      return json(200, { 'netbox-version': version, plugins: {}, hwlab: true })
    const route = /^\/api\/((?:plugins\/)?[a-z]+\/[a-z-]+)\/(?:(\d+)\/)?$/.exec(url.pathname)
    const model = route?.[1] ?? ''
    if (!isEndpoint(model)) return page(404, 'Page Not Found')
    const context = { store, model, origin: url.origin, stamp }
    const id = route?.[2]
    if (id !== undefined) return single(context, Number(id), request)
    if (request.method === 'GET') return list(context, url)
    if (request.method === 'POST') return create(context, request)
    return json(405, { detail: `Method "${request.method}" not allowed.` })
  }
}

interface Context {
  store: ObjectStore
  model: Endpoint
  origin: string
  stamp: () => string
}

function list({ store, model, origin }: Context, url: URL): Response {
  const ids = selectObjects(store, model, url.searchParams)
  const asked = Number(url.searchParams.get('limit') ?? pageRows)
  const limit = Math.min(asked > 0 ? asked : mostPageRows, mostPageRows)
  const offset = Math.max(Number(url.searchParams.get('offset') ?? 0), 0)
  const reader = new Reader(store, origin)
  const brief = url.searchParams.get('brief') === 'true'
  const results = ids.slice(offset, offset + limit).flatMap((id) => {
    const object = store.get(model, id)
    if (!object) return []
    return [brief ? reader.brief(object) : onlyFields(reader.whole(object), url)]
  })
  const linkTo = (at: number) => {
    const link = new URL(url)
    link.searchParams.set('limit', String(limit))
    link.searchParams.set('offset', String(at))
    return link.href
  }
  return json(200, {
    count: ids.length,
    next: offset + limit < ids.length ? linkTo(offset + limit) : null,
    previous: offset > 0 ? linkTo(Math.max(offset - limit, 0)) : null,
    results,
  })
}

function onlyFields(row: Record<string, unknown>, url: URL): Record<string, unknown> {
  const fields = url.searchParams.get('fields')?.split(',')
  return fields ? Object.fromEntries(Object.entries(row).filter(([name]) => fields.includes(name))) : row
}

async function create(context: Context, request: Request): Promise<Response> {
  const read = await readInput(context.model, request)
  if (read.kind === 'wrong') return read.response
  const { store, model, stamp } = context
  return store.inTransaction(() => {
    const written = writeBody(store, model, read.input, null)
    if (written.kind === 'errors') return json(400, written.errors)
    const body = { ...written.body, ...(read.image?.size ?? {}) }
    const collision = firstCollision(store, model, body, null)
    if (collision) return json(400, collision)
    const id = store.insert(model, body, objectKeys(store, model, body), stamp())
    if (read.image) store.saveImage(id, read.image.mediaType, read.image.bytes)
    if (model === 'extras/custom-fields') reindexAll(store, body)
    return one(context, id, 201, null)
  })
}

async function single(context: Context, id: number, request: Request): Promise<Response> {
  const { store, model, stamp } = context
  if (request.method === 'GET') return one(context, id, 200, new URL(request.url))
  if (request.method !== 'PATCH' && request.method !== 'DELETE')
    return json(405, { detail: `Method "${request.method}" not allowed.` })
  const read = request.method === 'PATCH' ? await readInput(model, request) : null
  if (read?.kind === 'wrong') return read.response
  return store.inTransaction(() => {
    const object = store.get(model, id)
    if (!object) return json(404, { detail: `No ${models[model].objectType} matches the given query.` })
    const ifMatch = request.headers.get('if-match')
    if (ifMatch !== null && ifMatch !== etag(object))
      return json(412, { detail: 'Precondition failed.' }, { etag: etag(object) })
    if (!read) return remove(store, object)
    const written = writeBody(store, model, read.input, object.body)
    if (written.kind === 'errors') return json(400, written.errors)
    const collision = firstCollision(store, model, written.body, id)
    if (collision) return json(400, collision)
    store.update({ ...object, body: written.body }, objectKeys(store, model, written.body), stamp())
    return one(context, id, 200, null)
  })
}

function one({ store, model, origin }: Context, id: number, status: number, url: URL | null): Response {
  const object = store.get(model, id)
  if (!object) return json(404, { detail: `No ${models[model].objectType} matches the given query.` })
  const row = new Reader(store, origin).whole(object)
  return json(status, url ? onlyFields(row, url) : row, { etag: etag(object) })
}

/** Objects that others refer to stay; what hangs on a device goes with it. */
function remove(store: ObjectStore, object: StoredObject): Response {
  const id = String(object.id)
  const { objectType, counts } = models[object.model]
  const hanging = (
    [
      ['dcim/interfaces', 'device_id'],
      ['dcim/mac-addresses', 'device_id'],
    ] as const
  ).flatMap(([model, field]) =>
    object.model === 'dcim/devices' ? store.idsWith(model, [{ field, values: [id] }]) : [],
  )
  const attached = (['assigned_object', 'object'] as const).flatMap((prefix) =>
    store.idsWith(prefix === 'object' ? 'extras/image-attachments' : 'extras/journal-entries', [
      { field: `${prefix}_type`, values: [objectType] },
      { field: `${prefix}_id`, values: [id] },
    ]),
  )
  const dependents = Object.values(counts).reduce(
    (sum, rule) =>
      sum + (rule && rule.model !== 'dcim/interfaces' ? store.countWith(rule.model, rule.reference, id) : 0),
    0,
  )
  if (dependents > 0)
    return json(409, { detail: `Unable to delete object. ${dependents} dependent objects were found.` })
  for (const child of [...hanging, ...attached]) store.remove(child)
  store.remove(object.id)
  return new Response(null, { status: 204, headers: { 'x-request-id': randomUUID() } })
}

function firstCollision(
  store: ObjectStore,
  model: Endpoint,
  body: Record<string, unknown>,
  ownId: number | null,
): Record<string, unknown> | null {
  for (const { rule, value } of objectKeys(store, model, body).unique) {
    const holder = store.holderOf(model, rule, value)
    if (holder === null || holder === ownId) continue
    const known = models[model].unique.find(({ fields }) => fields.join('+') === rule)
    return known?.message ?? { __all__: [`Custom field '${rule.slice(3)}' must have a unique value.`] }
  }
  return null
}

/** A new custom field becomes a filter for what is there already. */
function reindexAll(store: ObjectStore, field: Record<string, unknown>): void {
  for (const model of Object.keys(models)) {
    const types = field.object_types
    if (!isEndpoint(model) || !Array.isArray(types) || !types.includes(models[model].objectType)) continue
    for (const id of store.idsWith(model, [])) {
      const object = store.get(model, id)
      if (object) store.update(object, objectKeys(store, model, object.body), object.lastUpdated)
    }
  }
}

interface Upload {
  bytes: Uint8Array
  mediaType: string
  size: { width: number; height: number; size: number }
}
type Input =
  | { kind: 'input'; input: Record<string, unknown>; image: Upload | null }
  | { kind: 'wrong'; response: Response }

async function readInput(model: Endpoint, request: Request): Promise<Input> {
  const type = request.headers.get('content-type') ?? ''
  if (type.startsWith('multipart/form-data')) return readForm(await request.formData())
  let input: unknown
  try {
    input = JSON.parse(await request.text())
  } catch {
    return { kind: 'wrong', response: json(400, { detail: 'JSON parse error' }) }
  }
  if (typeof input !== 'object' || input === null || Array.isArray(input))
    return {
      kind: 'wrong',
      response: json(400, { non_field_errors: ['Invalid data. Expected a dictionary.'] }),
    }
  if (model === 'extras/image-attachments' && 'image' in input)
    return { kind: 'wrong', response: json(400, { image: ['The submitted data was not a file.'] }) }
  if ('changelog_message' in input && String(input.changelog_message).length > 200)
    return {
      kind: 'wrong',
      response: json(500, {
        error: 'value too long for type character varying(200)',
        exception: 'DataError',
        netbox_version: version,
        python_version: '3.12',
      }),
    }
  return { kind: 'input', input: { ...input }, image: null }
}

async function readForm(form: FormData): Promise<Input> {
  const input: Record<string, unknown> = {}
  let image: Upload | null = null
  for (const [name, value] of form.entries()) {
    if (typeof value === 'string') {
      input[name] = value
      continue
    }
    const bytes = new Uint8Array(await value.arrayBuffer())
    const { default: sharp } = await import('sharp')
    const seen = await sharp(bytes)
      .metadata()
      .catch(() => null)
    if (!seen || !['jpeg', 'png', 'webp'].includes(seen.format))
      return {
        kind: 'wrong',
        response: json(400, {
          image: [
            'Upload a valid image. The file you uploaded was either not an image or a corrupted image.',
          ],
        }),
      }
    image = {
      bytes,
      mediaType: `image/${seen.format}`,
      size: { width: seen.width, height: seen.height, size: bytes.length },
    }
    input[name] = 'stored beside'
  }
  return { kind: 'input', input, image }
}

function media(store: ObjectStore, id: number): Response {
  const image = store.image(id)
  return image
    ? new Response(new Uint8Array(image.bytes), { headers: { 'content-type': image.mediaType } })
    : page(404, 'Page Not Found')
}

/** Weak tag from `last_updated`, written with `+00:00`. Source: NetBox api/viewsets. */
function etag(object: StoredObject): string {
  return `W/"${object.lastUpdated.replace('Z', '+00:00')}"`
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

function json(status: number, body: unknown, headers: Record<string, string> = {}): Response {
  return Response.json(body, {
    status,
    headers: { 'api-version': '4.6', 'x-request-id': randomUUID(), ...headers },
  })
}

function page(status: number, title: string): Response {
  return new Response(`<!DOCTYPE html><title>${title}</title><h1>${title}</h1>`, {
    status,
    headers: { 'content-type': 'text/html; charset=utf-8' },
  })
}
