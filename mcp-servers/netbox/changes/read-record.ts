import { z } from 'zod'
import { assetRowSchema, assetSeen } from '../client/asset-row.ts'
import { deviceRowSchema, deviceSeen } from '../client/device-row.ts'
import { type Failure, failed } from '../client/failure.ts'
import { type SeenAs, seenAs } from '../client/guarded-patch.ts'
import { moduleRowSchema, moduleSeen } from '../client/module-row.ts'
import { plainValue } from '../client/plain-value.ts'
import { customFieldsRead } from '../client/read-values.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { Rest } from '../client/rest.ts'
import { type FieldValue, type FieldValues, fieldValueSchema } from './merge-fields.ts'
import type { ChangeTarget } from './record-change.ts'
import {
  type ChangeableKind,
  customFieldIn,
  type modelSchema,
  recordShapes,
  ruleOf,
  tagIn,
} from './record-shapes.ts'

const rowSchema = z.looseObject({
  id: z.number(),
  location: z.looseObject({ id: z.number() }).nullish(),
  site: z.looseObject({ id: z.number() }).nullish(),
  device_type: z
    .looseObject({ model: z.string(), manufacturer: z.looseObject({ name: z.string() }) })
    .nullish(),
  custom_fields: customFieldsRead,
  tags: z.array(z.object({ id: z.number(), slug: z.string() })).default([]),
})
const placeSchema = z.object({
  name: z.string(),
  parent: z.looseObject({ id: z.number() }).nullable().default(null),
})
/** `place`: the names of its location, from the outside in; the row itself shows only the innermost one. */
export type LiveRow = z.infer<typeof rowSchema> & { place: string[] }

export interface LiveRecord {
  kind: 'read'
  row: LiveRow
  seen: SeenAs
  /** As everybody else sees it; null for a cable. */
  record: RecordSeen | null
}

/** The record at its own address, now. `gone`: it was deleted. */
export async function readRecord(
  rest: Rest,
  target: Pick<ChangeTarget, 'kind' | 'id'>,
  signal?: AbortSignal,
): Promise<LiveRecord | Failure> {
  const path = pathOf(target)
  const answer = await rest.call({ method: 'GET', path, ...(signal ? { signal } : {}) })
  if (answer.kind === 'failed') return answer
  const row = rowSchema.safeParse(answer.body)
  const record = seenRecord(target.kind, answer.body)
  if (!row.success || row.data.id !== target.id || record === undefined)
    return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
  const place = await placeNames(rest, row.data.location?.id ?? null, signal)
  if (place.kind === 'failed') return place
  return { kind: 'read', row: { ...row.data, place: place.names }, seen: seenAs(answer), record }
}

const mostLevels = 12

async function placeNames(
  rest: Rest,
  innermost: number | null,
  signal?: AbortSignal,
): Promise<{ kind: 'names'; names: string[] } | Failure> {
  const names: string[] = []
  for (let id = innermost; id !== null && names.length < mostLevels; ) {
    const path = `dcim/locations/${id}/`
    const answer = await rest.call({ method: 'GET', path, ...(signal ? { signal } : {}) })
    if (answer.kind === 'failed') return answer
    const place = placeSchema.safeParse(answer.body)
    if (!place.success) return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
    names.unshift(place.data.name)
    id = place.data.parent?.id ?? null
  }
  return { kind: 'names', names }
}

/** The record is not (any more) the one that HWLab made: its id is another one, or none. */
export function isAnother({ hwlabId }: Pick<ChangeTarget, 'hwlabId'>, { row }: LiveRecord): boolean {
  return hwlabId !== null && row.custom_fields.hwlab_id !== hwlabId
}

export function pathOf({ kind, id }: Pick<ChangeTarget, 'kind' | 'id'>): string {
  return `${recordShapes[kind].endpoint}/${id}/`
}

/** Values of these fields as HWLab compares them: NetBox's read shapes of 4.4 to 4.7 made one. */
export function fieldValues(kind: ChangeableKind, row: LiveRow, fields: Iterable<string>): FieldValues {
  return Object.fromEntries([...fields].map((field) => [field, fieldValue(kind, row, field)]))
}

function fieldValue(kind: ChangeableKind, row: LiveRow, field: string): FieldValue {
  const tag = tagIn(field)
  if (tag !== null) return row.tags.some(({ slug }) => slug === tag)
  const custom = customFieldIn(field)
  if (custom !== null) return comparable(row.custom_fields[custom])
  const rule = ruleOf(kind, field)
  const value = row[field]
  if (rule?.kind === 'place') return placeText(row.place)
  if (rule?.kind === 'model') return modelOf(row)
  if (rule?.kind === 'role')
    return typeof value === 'object' && value !== null && 'name' in value ? String(value.name) : null
  return comparable(plainValue(value))
}

export function modelOf({ device_type }: LiveRow): z.infer<typeof modelSchema> | null {
  return device_type ? { manufacturer: device_type.manufacturer.name, model: device_type.model } : null
}

/** "Workshop / Shelf 2". */
export function placeText(names: readonly string[]): FieldValue {
  return names.length === 0 ? null : names.join(' / ')
}

/** Empty texts and missing values are null; line ends and blanks at the ends do not count. */
export function comparable(value: unknown): FieldValue {
  if (typeof value === 'string') {
    const text = value.replaceAll('\r\n', '\n').trim()
    return text === '' ? null : text
  }
  const read = fieldValueSchema.safeParse(value ?? null)
  return read.success ? read.data : null
}

/** undefined: not understood. */
function seenRecord(kind: ChangeableKind, body: unknown): RecordSeen | null | undefined {
  switch (kind) {
    case 'device': {
      const row = deviceRowSchema.safeParse(body)
      return row.success ? deviceSeen(row.data) : undefined
    }
    case 'module': {
      const row = moduleRowSchema.safeParse(body)
      return row.success ? moduleSeen(row.data) : undefined
    }
    case 'asset': {
      const row = assetRowSchema.safeParse(body)
      return row.success ? assetSeen(row.data) : undefined
    }
    case 'cable':
      return null
  }
}
