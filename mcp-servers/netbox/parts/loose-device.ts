import { z } from 'zod'
import type { DeviceRow } from '../client/device-row.ts'
import type { Failure } from '../client/failure.ts'
import type { ModuleRow } from '../client/module-row.ts'
import { keptValues } from '../client/read-values.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import { slugOf } from '../outbox/references.ts'
import type { Part, Shelf } from './move-intent.ts'
import { patchNow, readPart } from './read-part.ts'

/** NetBox ids of a shelf. */
export interface ShelfIds {
  site: number
  location: number | null
}

export async function shelfIds(
  bench: Workbench,
  { site, location }: Shelf,
): Promise<{ kind: 'have'; ids: ShelfIds } | Failure> {
  const found = await bench.references.site(site, bench.signal)
  if (found.kind === 'failed') return found
  const place = await bench.references.location(found.id, location, bench.signal)
  return place.kind === 'failed' ? place : { kind: 'have', ids: { site: found.id, location: place.id } }
}

interface ToShelf {
  part: Part
  ids: ShelfIds
  message: string
}

/** The device stays, with photos and journal, and takes the part back one day. */
export async function releaseDevice(
  bench: Workbench,
  { part, message }: { part: Part; message: string },
  device: DeviceRow,
): Promise<{ kind: 'moved' } | Failure> {
  const field = await bench.references.customField('hwlab_id', 'dcim.device', bench.signal)
  if (field.kind === 'failed') return field
  const released = await patchNow(bench.rest, {
    path: `dcim/devices/${device.id}/`,
    json: {
      asset_tag: null,
      status: 'offline',
      location: null,
      custom_fields: { hwlab_id: part.hwlabId },
      changelog_message: message,
    },
    signal: bench.signal,
  })
  return released.kind === 'failed' ? released : { kind: 'moved' }
}

export type Placed = { kind: 'placed'; id: number } | { kind: 'needs-human'; why: string } | Failure

/** The device has the tag again, and lies where it was put. */
export async function takeDevice(
  bench: Workbench,
  { part, ids, message }: ToShelf,
  { device, module }: { device: DeviceRow; module: ModuleRow | null },
): Promise<Placed> {
  const isBack = device.asset_tag === part.tag
  const isThere = device.site.id === ids.site && (device.location?.id ?? null) === ids.location
  if (isBack && isThere) return { kind: 'placed', id: device.id }
  const back = isBack
    ? {}
    : { asset_tag: part.tag, ...(module ? { serial: module.serial } : {}), status: 'inventory' }
  const patched = await patchNow(bench.rest, {
    path: `dcim/devices/${device.id}/`,
    json: { ...back, site: ids.site, location: ids.location, changelog_message: message },
    signal: bench.signal,
  })
  return patched.kind === 'failed' ? patched : { kind: 'placed', id: device.id }
}

/** For a part that was never loose in NetBox. */
export async function newDevice(
  bench: Workbench,
  { part, ids, message }: ToShelf,
  module: ModuleRow | null,
): Promise<Placed> {
  const { rest, references, signal } = bench
  const { manufacturer, model } = part
  const deviceType = { model, slug: slugOf(`${manufacturer.name} ${model}`), partNumber: null, uHeight: 0 }
  const kept = module ? keptValues(module) : { comments: '', tags: [], customFields: {} }
  const type = await references.deviceType({ manufacturer, deviceType }, signal)
  if (type.kind === 'failed') return type
  const role = await references.role(part.role, signal)
  if (role.kind === 'failed') return role
  for (const name of ['hwlab_id', ...Object.keys(kept.customFields)]) {
    const field = await references.customField(name, 'dcim.device', signal)
    if (field.kind === 'failed') return field
  }
  const json = {
    device_type: type.id,
    role: role.id,
    ...ids,
    status: 'inventory',
    serial: module?.serial ?? '',
    asset_tag: part.tag,
    comments: kept.comments,
    tags: kept.tags.map((slug) => ({ slug })),
    custom_fields: { ...kept.customFields, hwlab_id: part.hwlabId },
    changelog_message: message,
  }
  const posted = await rest.call({ method: 'POST', path: 'dcim/devices/', body: { json }, signal })
  if (posted.kind === 'failed' && posted.cause !== 'exists' && posted.cause !== 'race') return posted
  const created = z.object({ id: z.number() }).safeParse(posted.kind === 'ok' ? posted.body : null)
  if (created.success) return { kind: 'placed', id: created.data.id }
  const now = await readPart(rest, part, signal)
  if (now.kind !== 'read') return now
  if (now.device?.asset_tag === part.tag) return { kind: 'placed', id: now.device.id }
  return posted.kind === 'failed'
    ? posted
    : { kind: 'needs-human', why: `NetBox did not keep ${part.tag}. Retry.` }
}
