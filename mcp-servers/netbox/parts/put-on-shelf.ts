import type { Failure } from '../client/failure.ts'
import type { ModuleRow } from '../client/module-row.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import { newDevice, type ShelfIds, takeDevice } from './loose-device.ts'
import type { Part } from './move-intent.ts'
import { type PartRecords, patchNow } from './read-part.ts'

type Moved = { kind: 'moved' } | { kind: 'needs-human'; why: string } | Failure
interface Move {
  part: Part
  message: string
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
