import { z } from 'zod'
import { type Failure, failed } from '../client/failure.ts'
import type { Rest, Row } from '../client/rest.ts'
import { endpointOf } from '../embedded/models.ts'
import type { CarriedObject, RecordEndpoint } from './carried-record.ts'

export type FoundRecord =
  | { kind: 'have'; row: Row }
  | { kind: 'none' }
  /** Something else stands where it would go. */
  | { kind: 'taken'; why: string }
  | Failure

const rowSchema = z.looseObject({
  id: z.number(),
  display: z.string(),
  asset_tag: z.string().nullish(),
  custom_fields: z.record(z.string(), z.unknown()).default({}),
})
type Found = z.infer<typeof rowSchema>

/**
 * Looks for the record by HWLab's id, by its tag and, for a module or a cable, in its place. The id proves that it is the
 * same one. `ids`: NetBox's ids of what it refers to, as far as they are known.
 */
export async function findRecord(
  rest: Rest,
  object: CarriedObject & { endpoint: RecordEndpoint },
  ids: ReadonlyMap<number, number>,
  signal?: AbortSignal,
): Promise<FoundRecord> {
  const byId = await byHwlabId(rest, object, signal)
  if (byId.kind !== 'none') return byId
  const tag = object.fields.asset_tag
  if (typeof tag === 'string') {
    const hwlabId = object.customFields.hwlab_id
    const byTag = await holderOf(rest, { tag, hwlabId, endpoint: object.endpoint }, signal)
    if (byTag.kind !== 'none') return byTag
  }
  if (object.how === 'find') return { kind: 'none' }
  if (object.endpoint === 'dcim/modules') return inBay(rest, object, ids, signal)
  return object.endpoint === 'dcim/cables'
    ? atEnds(rest, object, ids, signal)
    : byName(rest, object, ids, signal)
}

async function byHwlabId(
  rest: Rest,
  { endpoint, fields, customFields }: CarriedObject & { endpoint: RecordEndpoint },
  signal?: AbortSignal,
): Promise<FoundRecord> {
  const hwlabId = customFields.hwlab_id
  if (typeof hwlabId !== 'string') return { kind: 'none' }
  const rows = await rowsOf(rest, endpoint, { cf_hwlab_id: hwlabId }, signal)
  if (rows.kind === 'failed') return rows
  const own = rows.rows.find((row) => row.custom_fields.hwlab_id === hwlabId)
  if (!own) return { kind: 'none' }
  const tag = fields.asset_tag
  return typeof tag === 'string' && own.asset_tag !== tag
    ? taken(
        `NetBox has it as “${own.display}” with the tag ${own.asset_tag ?? 'missing'} instead of ${tag}. Correct the tag there, then retry.`,
      )
    : { kind: 'have', row: own }
}

/** A tag is unique in each of NetBox's tables by itself, so all that hold tags are asked. */
async function holderOf(
  rest: Rest,
  { tag, hwlabId, endpoint: own }: { tag: string; hwlabId: unknown; endpoint: RecordEndpoint },
  signal?: AbortSignal,
): Promise<FoundRecord> {
  for (const endpoint of ['dcim/devices', 'dcim/modules'] as const) {
    const rows = await rowsOf(rest, endpoint, { asset_tag: tag }, signal)
    if (rows.kind === 'failed') return rows
    const holder = rows.rows.find((row) => row.asset_tag === tag)
    // Where the custom field cannot be searched, the tag finds the record.
    if (holder && endpoint === own && holder.custom_fields.hwlab_id === hwlabId)
      return { kind: 'have', row: holder }
    if (holder)
      return taken(
        `In NetBox ${tag} is on “${holder.display}”, which is another record. Remove the tag there, then retry, or cancel.`,
      )
  }
  return { kind: 'none' }
}

/** NetBox takes a device's name once per site (and tenant; HWLab sets none). */
async function byName(
  rest: Rest,
  { fields }: CarriedObject,
  ids: ReadonlyMap<number, number>,
  signal?: AbortSignal,
): Promise<FoundRecord> {
  const { name } = fields
  const site = idOf(fields.site, ids)
  if (typeof name !== 'string' || site === null) return { kind: 'none' }
  const filters = { name, site_id: site }
  const answer = await rest.list('dcim/devices', filters, { limit: 50, ...(signal ? { signal } : {}) })
  if (answer.kind === 'failed') return answer
  const same = answer.rows.find((row) => {
    const device = namedSchema.safeParse(row).data
    return device?.name.toLowerCase() === name.toLowerCase() && device.site.id === site && !device.tenant
  })
  return same
    ? taken(`NetBox has another device “${name}” in that site. Rename it there, then retry, or cancel.`)
    : { kind: 'none' }
}

const namedSchema = z.looseObject({
  name: z.string(),
  site: z.looseObject({ id: z.number() }),
  tenant: z.unknown(),
})

async function inBay(
  rest: Rest,
  { fields }: CarriedObject,
  ids: ReadonlyMap<number, number>,
  signal?: AbortSignal,
): Promise<FoundRecord> {
  const bay = idOf(fields.module_bay, ids)
  if (bay === null) return { kind: 'none' }
  const rows = await rowsOf(rest, 'dcim/modules', { module_bay_id: bay }, signal)
  if (rows.kind === 'failed') return rows
  const holder = rows.rows.find((row) => bayIdSchema.safeParse(row).data?.module_bay.id === bay)
  return holder
    ? taken(`In NetBox its bay holds “${holder.display}”. Take that out there, then retry, or cancel.`)
    : { kind: 'none' }
}

const bayIdSchema = z.looseObject({ module_bay: z.looseObject({ id: z.number() }) })
const endSchema = z.looseObject({ cable: z.looseObject({ id: z.number(), display: z.string() }).nullish() })

async function atEnds(
  rest: Rest,
  { fields }: CarriedObject,
  ids: ReadonlyMap<number, number>,
  signal?: AbortSignal,
): Promise<FoundRecord> {
  const ends = [fields.a_terminations, fields.b_terminations].flatMap(
    (side) => endsSchema.safeParse(side).data ?? [],
  )
  for (const { object_type, object_id } of ends) {
    const endpoint = endpointOf(object_type)
    const id = ids.get(object_id.own)
    if (endpoint === null || id === undefined) continue
    const path = `${endpoint}/${id}/`
    const answer = await rest.call({ method: 'GET', path, ...(signal ? { signal } : {}) })
    if (answer.kind === 'failed') return answer
    const cable = endSchema.safeParse(answer.body).data?.cable
    if (cable)
      return taken(
        `In NetBox one of its ends has the cable “${cable.display}” already. Remove that there, then retry, or cancel.`,
      )
  }
  return { kind: 'none' }
}

const endsSchema = z.array(z.object({ object_type: z.string(), object_id: z.object({ own: z.number() }) }))

async function rowsOf(
  rest: Rest,
  endpoint: RecordEndpoint,
  filters: { cf_hwlab_id?: string; asset_tag?: string; module_bay_id?: number },
  signal?: AbortSignal,
): Promise<{ kind: 'ok'; rows: Found[] } | Failure> {
  const answer = await rest.list(endpoint, filters, { limit: 50, ...(signal ? { signal } : {}) })
  if (answer.kind === 'failed') return answer
  const rows = z.array(rowSchema).safeParse(answer.rows)
  return rows.success
    ? { kind: 'ok', rows: rows.data }
    : failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
}

function taken(why: string): FoundRecord {
  return { kind: 'taken', why }
}

function idOf(value: unknown, ids: ReadonlyMap<number, number>): number | null {
  const ref = z.object({ own: z.number() }).safeParse(value)
  return ref.success ? (ids.get(ref.data.own) ?? null) : null
}
