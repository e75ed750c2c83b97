import { z } from 'zod'
import { type DeviceRow, deviceFields, deviceRowSchema } from '../client/device-row.ts'
import { type Failure, failed } from '../client/failure.ts'
import { guardedPatch, seenAs } from '../client/guarded-patch.ts'
import { type ModuleRow, moduleFields, moduleRowSchema } from '../client/module-row.ts'
import type { Rest } from '../client/rest.ts'
import type { Part } from './move-intent.ts'

/** Every record that stands for a part. Between two requests of a move both may hold its tag. */
export interface PartRecords {
  kind: 'read'
  /** Where it is loose; keeps its photos and journal while it sits in a machine. */
  device: DeviceRow | null
  module: ModuleRow | null
}

type Keyed = Pick<Part, 'tag' | 'hwlabId'>
interface KeyedRow {
  id: number
  display: string
  asset_tag: string | null
  custom_fields: Record<string, unknown>
}

export async function readPart(
  rest: Rest,
  part: Keyed,
  signal?: AbortSignal,
): Promise<PartRecords | { kind: 'needs-human'; why: string } | Failure> {
  const { tag: asset_tag, hwlabId: cf_hwlab_id } = part
  const ask = { limit: 50, ...(signal ? { signal } : {}) }
  const [taggedDevices, ownDevices, taggedModules, ownModules] = await Promise.all([
    rest.list('dcim/devices', { asset_tag }, { ...ask, fields: deviceFields }),
    rest.list('dcim/devices', { cf_hwlab_id }, { ...ask, fields: deviceFields }),
    rest.list('dcim/modules', { asset_tag }, { ...ask, fields: moduleFields }),
    rest.list('dcim/modules', { cf_hwlab_id }, { ...ask, fields: moduleFields }),
  ])
  for (const answer of [taggedDevices, ownDevices, taggedModules, ownModules])
    if (answer.kind === 'failed') return answer
  const devices = rowsOf([taggedDevices, ownDevices], deviceRowSchema)
  const modules = rowsOf([taggedModules, ownModules], moduleRowSchema)
  if (!devices || !modules) return strange()
  const device = theOne(devices, part)
  const module = theOne(modules, part)
  if (device.kind === 'two') return twoOf(part, device.rows)
  if (module.kind === 'two') return twoOf(part, module.rows)
  return { kind: 'read', device: device.row, module: module.row }
}

/** The record as it is now gets these values, unless somebody changes it in between. */
export async function patchNow(
  rest: Rest,
  patch: { path: string; json: Record<string, unknown>; signal: AbortSignal },
): Promise<{ kind: 'ok' } | Failure> {
  const { path, signal } = patch
  const now = await rest.call({ method: 'GET', path, signal })
  if (now.kind === 'failed') return now
  const patched = await guardedPatch(rest, { ...patch, seen: seenAs(now) })
  return patched.kind === 'failed' ? patched : { kind: 'ok' }
}

export function strange(): Failure {
  return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
}

function rowsOf<Row>(answers: { kind: string; rows?: unknown }[], schema: z.ZodType<Row>): Row[] | null {
  const rows = z.array(schema).safeParse(answers.flatMap((answer) => answer.rows ?? []))
  return rows.success ? rows.data : null
}

/** A filter that NetBox does not know lists the whole table, so the keys are looked at here. */
function theOne<Row extends KeyedRow>(
  rows: Row[],
  { tag, hwlabId }: Keyed,
): { kind: 'one'; row: Row | null } | { kind: 'two'; rows: [Row, Row] } {
  const tagged = rows.find((row) => row.asset_tag === tag)
  const own = rows.find((row) => row.custom_fields.hwlab_id === hwlabId)
  return tagged && own && tagged.id !== own.id
    ? { kind: 'two', rows: [tagged, own] }
    : { kind: 'one', row: tagged ?? own ?? null }
}

function twoOf({ tag }: Keyed, [tagged, own]: [KeyedRow, KeyedRow]): { kind: 'needs-human'; why: string } {
  return {
    kind: 'needs-human',
    why: `In NetBox ${tag} is on “${tagged.display}”, but HWLab’s record of the part is “${own.display}” (${own.id}). Put the tag where it belongs, then retry.`,
  }
}
