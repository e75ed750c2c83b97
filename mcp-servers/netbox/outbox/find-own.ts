import { z } from 'zod'
import { type DeviceRow, deviceRowSchema } from '../client/device-row.ts'
import type { Filters } from '../client/endpoints.ts'
import { type Failure, failed } from '../client/failure.ts'
import type { Rest } from '../client/rest.ts'
import type { DesiredItem } from './item-intent.ts'

export type Own =
  | { kind: 'own'; id: number }
  | { kind: 'none' }
  /** The tag is on a record that HWLab did not make for this item. */
  | { kind: 'foreign'; why: string }
  | Failure

/** Looks for our record by tag, then by `hwlab_id`: the id proves that it is ours. */
export async function findOwn(rest: Rest, item: DesiredItem, signal: AbortSignal): Promise<Own> {
  const byTag = await devices(rest, { asset_tag: item.assetTag }, signal)
  if (byTag.kind === 'failed') return byTag
  const holder = byTag.rows.find((row) => row.asset_tag === item.assetTag)
  if (holder)
    return holder.custom_fields.hwlab_id === item.hwlabId
      ? { kind: 'own', id: holder.id }
      : foreign(item.assetTag, `“${holder.display}” (device ${holder.id})`)
  const byId = await devices(rest, { cf_hwlab_id: item.hwlabId }, signal)
  if (byId.kind === 'failed') return byId
  const renamed = byId.rows.find((row) => row.custom_fields.hwlab_id === item.hwlabId)
  if (renamed)
    return {
      kind: 'foreign',
      why: `This item is in NetBox as “${renamed.display}” with the tag ${renamed.asset_tag ?? 'missing'} instead of ${item.assetTag}. Correct the tag there, then retry.`,
    }
  return moduleWithTag(rest, item.assetTag, signal)
}

/** A tag is unique per table in NetBox, so modules are looked through as well. */
export async function moduleWithTag(rest: Rest, tag: string, signal: AbortSignal): Promise<Own> {
  const answer = await rest.list('dcim/modules', { asset_tag: tag }, { signal })
  if (answer.kind === 'failed') return answer
  const module = answer.rows.find((row) => row.asset_tag === tag)
  return module ? foreign(tag, `“${String(module.display)}” (module ${module.id})`) : { kind: 'none' }
}

export function foreign(tag: string, holder: string): { kind: 'foreign'; why: string } {
  return {
    kind: 'foreign',
    why: `In NetBox ${tag} is on ${holder}, which HWLab did not make for this item. Remove the tag there, then retry, or cancel.`,
  }
}

async function devices(
  rest: Rest,
  filters: Filters<'dcim/devices'>,
  signal: AbortSignal,
): Promise<{ kind: 'ok'; rows: DeviceRow[] } | Failure> {
  const answer = await rest.list('dcim/devices', filters, { limit: 50, signal })
  if (answer.kind === 'failed') return answer
  const rows = z.array(deviceRowSchema).safeParse(answer.rows)
  return rows.success
    ? { kind: 'ok', rows: rows.data }
    : failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
}
