import type { DeviceRow } from '../client/device-row.ts'
import type { Failure } from '../client/failure.ts'
import type { ModuleRow } from '../client/module-row.ts'
import { keptValues } from '../client/read-values.ts'
import { customFieldsWritten } from '../client/write-values.ts'
import type { Workbench } from '../outbox/operation-kind.ts'
import { slugOf } from '../outbox/references.ts'
import type { BayRow } from './find-bay.ts'
import { releaseDevice } from './loose-device.ts'
import type { Part } from './move-intent.ts'
import { type PartRecords, patchNow, readPart } from './read-part.ts'

type Moved = { kind: 'moved' } | { kind: 'needs-human'; why: string } | Failure
interface Move {
  part: Part
  bay: BayRow
  machineId: number
  message: string
}

/**
 * The part becomes the module in the bay. The module has the tag before the device loses it: a tag is unique in each
 * table of NetBox by itself, so there is no moment without a record of that tag.
 */
export async function putIntoBay(bench: Workbench, move: Move, records: PartRecords): Promise<Moved> {
  const { part, bay } = move
  const sitting = bay.installed_module
  if (sitting && sitting.id !== records.module?.id)
    return {
      kind: 'needs-human',
      why: `“${sitting.display}” sits in ${bay.name} now. Take it out first, then retry.`,
    }
  if (!records.module && records.device?.asset_tag !== part.tag)
    return {
      kind: 'needs-human',
      why: `${part.tag} is on no record in NetBox any more. Put it back, then retry.`,
    }
  const placed = records.module
    ? await moveModule(bench, move, records.module)
    : await createModule(bench, move, records.device)
  if (placed.kind !== 'moved') return placed
  return records.device?.asset_tag === part.tag ? releaseDevice(bench, move, records.device) : placed
}

async function moveModule(bench: Workbench, move: Move, module: ModuleRow): Promise<Moved> {
  const { part, bay, machineId, message } = move
  if (module.module_bay.id === bay.id && module.asset_tag === part.tag) return { kind: 'moved' }
  const moved = await patchNow(bench.rest, {
    path: `dcim/modules/${module.id}/`,
    json: { device: machineId, module_bay: bay.id, asset_tag: part.tag, changelog_message: message },
    signal: bench.signal,
  })
  return moved.kind === 'failed' ? moved : { kind: 'moved' }
}

async function createModule(bench: Workbench, move: Move, device: DeviceRow | null): Promise<Moved> {
  const { part, bay, machineId, message } = move
  const { rest, references, signal } = bench
  const { manufacturer, model } = part
  const deviceType = { model, slug: slugOf(`${manufacturer.name} ${model}`), partNumber: null, uHeight: 0 }
  const type = await references.moduleType({ manufacturer, deviceType }, signal)
  if (type.kind === 'failed') return type
  const kept = device ? keptValues(device) : { comments: '', tags: [], customFields: {} }
  for (const name of ['hwlab_id', ...Object.keys(kept.customFields)]) {
    const field = await references.customField(name, 'dcim.module', signal)
    if (field.kind === 'failed') return field
  }
  const posted = await rest.call({
    method: 'POST',
    path: 'dcim/modules/',
    body: {
      json: {
        device: machineId,
        module_bay: bay.id,
        module_type: type.id,
        status: 'active',
        serial: device?.serial ?? '',
        asset_tag: part.tag,
        comments: kept.comments,
        tags: kept.tags.map((slug) => ({ slug })),
        custom_fields: customFieldsWritten({ ...kept.customFields, hwlab_id: part.hwlabId }),
        changelog_message: message,
      },
    },
    signal,
  })
  if (posted.kind === 'ok') return { kind: 'moved' }
  if (!['exists', 'race', 'invalid'].includes(posted.cause)) return posted
  const now = await readPart(rest, part, signal)
  if (now.kind !== 'read') return now
  return now.module?.module_bay.id === bay.id ? { kind: 'moved' } : posted
}
