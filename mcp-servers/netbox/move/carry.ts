import { z } from 'zod'
import { cableRowSchema, cableSeen } from '../client/cable-row.ts'
import { deviceRowSchema, deviceSeen } from '../client/device-row.ts'
import type { Endpoint } from '../client/endpoints.ts'
import { type Failure, failed } from '../client/failure.ts'
import { moduleRowSchema, moduleSeen } from '../client/module-row.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { Rest, Row } from '../client/rest.ts'
import { models } from '../embedded/models.ts'
import { ensure, findWanted, type Wanted } from '../outbox/ensure.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import {
  type CarriedObject,
  type CarriedValue,
  isRef,
  type RecordEndpoint,
  recordEndpoints,
  sharedEndpoints,
} from './carried-record.ts'
import { findRecord } from './find-record.ts'
import { lostFields } from './lost-fields.ts'
import { isKeyed, objectWords, wantedOf } from './natural-keys.ts'

/** What is rarely changed by people is asked for once for many records. */
const keptForMs = 60_000

export type Carried =
  /** `isNew`: it was not there before. */
  { kind: 'have'; id: number; isNew: boolean } | { kind: 'needs-human'; why: string } | Failure

/** NetBox's ids by those of the own inventory. */
export type Ids = Map<number, number>

/** One object, found or added. */
export async function carryObject(
  bench: Pick<Workbench, 'rest' | 'references' | 'signal'>,
  object: CarriedObject,
  at: { ids: Ids; operationId: string },
): Promise<Carried> {
  const { rest, signal } = bench
  if (isRecord(object)) return carryRecord(bench, object, at)
  const { endpoint } = object
  if (!isKeyed(endpoint)) throw new Error(`${endpoint} is neither a record nor a part`)
  const wanted = wantedOf(endpoint, bodyOf(object, at.ids))
  const known = await findKept(rest, object, wanted)
  if (known?.kind === 'failed') return known
  if (known?.kind === 'have') return { ...known, isNew: false }
  const had = await findWanted(rest, wanted, signal)
  if (had.kind === 'failed') return had
  if (had.kind === 'have') return { kind: 'have', id: had.row.id, isNew: false }
  if (object.how === 'find') return missing(object)
  const added = await ensure(rest, wanted, signal)
  return added.kind === 'failed' ? added : { kind: 'have', id: added.row.id, isNew: true }
}

/** null: of this kind nothing is remembered. */
async function findKept(
  rest: Rest,
  { endpoint }: CarriedObject,
  { endpoint: list, find, isIt }: Wanted<Endpoint>,
): Promise<{ kind: 'have'; id: number } | { kind: 'none' } | Failure | null> {
  if (!sharedEndpoints.some((one) => one === endpoint)) return null
  for (const filters of find) {
    const known = await rest.list(list, filters, { limit: 50, keptForMs })
    if (known.kind === 'failed') return known
    const row = known.rows.find((one) => isIt(one))
    if (row) return { kind: 'have', id: row.id }
  }
  return { kind: 'none' }
}

/** Whether NetBox has it, by reading alone. `ids` holds what it refers to; where that is missing, it is missing too. */
export async function lookForObject(
  rest: Rest,
  object: CarriedObject,
  ids: Ids,
): Promise<{ kind: 'have'; id: number } | { kind: 'none' } | { kind: 'taken'; why: string } | Failure> {
  if (isRecord(object)) {
    const found = await findRecord(rest, object, ids)
    return found.kind === 'have' ? { kind: 'have', id: found.row.id } : found
  }
  const { endpoint } = object
  if (!isKeyed(endpoint) || refsOf(object).some((own) => !ids.has(own))) return { kind: 'none' }
  const wanted = wantedOf(endpoint, bodyOf(object, ids))
  const known = await findKept(rest, object, wanted)
  if (known !== null) return known
  const found = await findWanted(rest, wanted)
  return found.kind === 'have' ? { kind: 'have', id: found.row.id } : found
}

function refsOf({ fields }: CarriedObject): number[] {
  return Object.values(fields).flatMap((value) => (isRef(value) ? [value.own] : []))
}

function missing(object: CarriedObject): Failure {
  return failed('dependency', `In NetBox ${objectWords(object)} is not there yet.`)
}

export function isRecord(object: CarriedObject): object is CarriedObject & { endpoint: RecordEndpoint } {
  return recordEndpoints.some((endpoint) => endpoint === object.endpoint)
}

async function carryRecord(
  { rest, references, signal }: Pick<Workbench, 'rest' | 'references' | 'signal'>,
  object: CarriedObject & { endpoint: RecordEndpoint },
  { ids, operationId }: { ids: Ids; operationId: string },
): Promise<Carried> {
  const before = await findRecord(rest, object, ids, signal)
  if (before.kind === 'failed') return before
  if (before.kind === 'have') return { kind: 'have', id: before.row.id, isNew: false }
  if (before.kind === 'taken') return { kind: 'needs-human', why: before.why }
  if (object.how === 'find') return missing(object)
  for (const name of Object.keys(object.customFields)) {
    const field = await references.customField(name, models[object.endpoint].objectType, signal)
    if (field.kind === 'failed') return field
  }
  const body = {
    ...bodyOf(object, ids),
    custom_fields: object.customFields,
    changelog_message: `hwlab:${operationId}`,
  }
  const posted = await rest.call({
    method: 'POST',
    path: `${object.endpoint}/`,
    body: { json: body },
    signal,
  })
  if (posted.kind === 'failed' && posted.cause !== 'exists' && posted.cause !== 'race') return posted
  const after = await findRecord(rest, object, ids, signal)
  if (after.kind === 'failed') return after
  if (after.kind === 'taken') return { kind: 'needs-human', why: after.why }
  if (after.kind === 'none')
    return posted.kind === 'failed'
      ? { kind: 'needs-human', why: `${posted.why} Correct that in NetBox, then retry.` }
      : failed('doubt', 'NetBox said that it added the record, but does not show it.')
  const lost = lostFields(body, after.row)
  return lost.length === 0
    ? { kind: 'have', id: after.row.id, isNew: true }
    : {
        kind: 'needs-human',
        why: `NetBox did not keep this of ${objectWords(object)} as it was: ${lost.join(', ')}. Correct it in NetBox, then retry.`,
      }
}

/** As it is written to NetBox, with NetBox's ids. What is not known there (yet) is left out. */
function bodyOf({ fields }: CarriedObject, ids: Ids): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(fields).flatMap(([field, value]) => {
      const written = writtenValue(value, ids)
      return written === undefined ? [] : [[field, written]]
    }),
  )
}

function writtenValue(value: CarriedValue, ids: Ids): unknown {
  if (isRef(value)) return ids.get(value.own)
  if (Array.isArray(value))
    return value.map((one) => {
      if (isRef(one)) return ids.get(one.own)
      return typeof one === 'object' && 'object_id' in one
        ? { object_type: one.object_type, object_id: ids.get(one.object_id.own) }
        : one
    })
  return typeof value === 'object' && 'json' in value ? value.json : value
}

const stampSchema = z.looseObject({ id: z.number() })

/** The record as NetBox shows it now. */
export async function readCarried(
  rest: Rest,
  { endpoint }: { endpoint: RecordEndpoint },
  id: number,
  signal: AbortSignal,
): Promise<{ kind: 'read'; row: Row; record: RecordSeen } | Failure> {
  const answer = await rest.call({ method: 'GET', path: `${endpoint}/${id}/`, signal })
  if (answer.kind === 'failed') return answer
  const row = stampSchema.safeParse(answer.body)
  const record = seenRecord(endpoint, answer.body)
  return row.success && record
    ? { kind: 'read', row: row.data, record }
    : failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
}

function seenRecord(endpoint: RecordEndpoint, body: unknown): RecordSeen | null {
  switch (endpoint) {
    case 'dcim/devices': {
      const row = deviceRowSchema.safeParse(body)
      return row.success ? deviceSeen(row.data) : null
    }
    case 'dcim/modules': {
      const row = moduleRowSchema.safeParse(body)
      return row.success ? moduleSeen(row.data) : null
    }
    case 'dcim/cables': {
      const row = cableRowSchema.safeParse(body)
      return row.success ? cableSeen(row.data) : null
    }
  }
}
