import { z } from 'zod'
import type { DeviceRow } from '../client/device-row.ts'
import type { Failure } from '../client/failure.ts'
import type { ModuleRow } from '../client/module-row.ts'
import { keptValues } from '../client/read-values.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import { slugOf } from '../outbox/references.ts'
import type { Part, Shelf } from './move-intent.ts'
import { type PartRecords, patchNow, readPart } from './read-part.ts'

type Moved = { kind: 'moved' } | { kind: 'needs-human'; why: string } | Failure
interface Move {
  part: Part
  shelf: Shelf
  message: string
}

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

/** The part is a device again, with its tag, before the module goes: NetBox keeps no module outside of a bay. */
export async function putOnShelf(
  bench: Workbench,
  move: Move & { ids: ShelfIds },
  records: PartRecords,
): Promise<Moved> {
  const { part } = move
  const { device, module } = records
  if (module && module.custom_fields.hwlab_id !== part.hwlabId)
    return {
      kind: 'needs-human',
      why: `“${module.display}” was put into NetBox by somebody else, so HWLab does not take it out of there. Remove the module in NetBox, then record the part again.`,
    }
  if (!module && device?.asset_tag !== part.tag)
    return {
      kind: 'needs-human',
      why: `${part.tag} is on no record in NetBox any more. Put it back, then retry.`,
    }
  const placed = device
    ? await takeDevice(bench, move, { device, module })
    : await newDevice(bench, move, module)
  if (placed.kind !== 'placed') return placed
  return module ? removeModule(bench, move, { module, deviceId: placed.id }) : { kind: 'moved' }
}

type Placed = { kind: 'placed'; id: number } | Exclude<Moved, { kind: 'moved' }>

async function takeDevice(
  bench: Workbench,
  { part, ids, message }: Move & { ids: ShelfIds },
  { device, module }: { device: DeviceRow; module: ModuleRow | null },
): Promise<Placed> {
  const isBack = device.asset_tag === part.tag
  const isThere = device.site.id === ids.site && (device.location?.id ?? null) === ids.location
  if (isBack && isThere) return { kind: 'placed', id: device.id }
  const back = isBack ? {} : { asset_tag: part.tag, serial: module?.serial ?? '', status: 'inventory' }
  const patched = await patchNow(bench.rest, {
    path: `dcim/devices/${device.id}/`,
    json: { ...back, site: ids.site, location: ids.location, changelog_message: message },
    signal: bench.signal,
  })
  return patched.kind === 'failed' ? patched : { kind: 'placed', id: device.id }
}

/** For a part that was never loose in NetBox. */
async function newDevice(
  bench: Workbench,
  { part, ids, message }: Move & { ids: ShelfIds },
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

/** Deleting a module deletes its journal, so the entries go to the device first. */
async function removeModule(
  bench: Workbench,
  { part, message }: Move,
  { module, deviceId }: { module: ModuleRow; deviceId: number },
): Promise<Moved> {
  const { rest, signal } = bench
  const filters = { assigned_object_type: 'dcim.module', assigned_object_id: module.id }
  const journal = await rest.list('extras/journal-entries', filters, { signal })
  if (journal.kind === 'failed') return journal
  const json = { assigned_object_type: 'dcim.device', assigned_object_id: deviceId }
  for (const entry of journal.rows.filter((row) => row.assigned_object_id === module.id)) {
    const path = `extras/journal-entries/${entry.id}/`
    const moved = await rest.call({ method: 'PATCH', path, body: { json }, signal })
    if (moved.kind === 'failed' && moved.cause !== 'gone') return moved
  }
  const path = `dcim/modules/${module.id}/`
  const removed = await rest.call({ method: 'DELETE', path, signal })
  if (removed.kind === 'ok' || removed.cause === 'gone') return { kind: 'moved' }
  if (removed.cause !== 'denied') return removed
  const cleared = await patchNow(rest, {
    path,
    json: { asset_tag: null, status: 'decommissioning', changelog_message: message },
    signal,
  })
  if (cleared.kind === 'failed') return cleared
  return {
    kind: 'needs-human',
    why: `${part.tag} is loose again, but NetBox does not let HWLab remove its module from ${module.device.display}, ${module.module_bay.name}. Delete the module there (or allow dcim.delete_module), then retry.`,
  }
}
