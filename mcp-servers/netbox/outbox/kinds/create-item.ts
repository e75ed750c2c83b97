import { z } from 'zod'
import { deviceRowSchema, deviceSeen } from '../../client/device-row.ts'
import { type Failure, failed } from '../../client/failure.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { addChildren, checkChildren, journalOf, type Parent, photosOf } from '../children.ts'
import { findOwn, moduleWithTag } from '../find-own.ts'
import { type CreateItem, createItemSchema } from '../item-intent.ts'
import { checkMacAddress, ensureMacAddress, type WantedMac } from '../mac-address.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'
import { differences } from '../read-back.ts'
import type { References } from '../references.ts'

type Item = Operation<CreateItem>

const createItem: OperationKind<CreateItem> = {
  kind: 'create_item',
  schema: createItemSchema,
  subjects: ({ item }) => [item.assetTag],
  title: ({ item }) => `${item.manufacturer.name} ${item.deviceType.model} (${item.assetTag})`,
  attempt: writeItem,
  sweep: removeLateTwins,
}

export default createItem

/**
 * One attempt at the whole item: what it refers to, the device in one POST, its MAC address, photos and journal entry,
 * and the read-back of all of it. Safe to repeat at any point.
 */
async function writeItem(bench: Workbench, operation: Item): Promise<Attempt> {
  const found = await bench.references.of(operation.intent.item, bench.signal)
  if (found.kind === 'failed') return found
  const device = await placeDevice(bench, operation, found.references)
  if (device.kind !== 'placed') return device
  const { deviceId } = device
  bench.noteRecord(operation.id, deviceId)
  const wantedMac = macOf(operation, deviceId)
  if (wantedMac) {
    const mac = await ensureMacAddress(bench.rest, wantedMac, bench.signal)
    if (mac.kind === 'failed') return mac
  }
  for (const kind of childrenOf(bench, operation)) {
    const at = { parent: deviceAt(deviceId), look: operation.maybeSent, signal: bench.signal }
    const added = await addChildren(bench.rest, kind, at)
    if (added.kind === 'failed') return added
  }
  return readBack(bench, operation, { deviceId, references: found.references })
}

/** Looks again for twins of MAC address, photos and journal entry that a given-up request may have left later. */
async function removeLateTwins(bench: Workbench, operation: Item): Promise<{ kind: 'right' } | Failure> {
  if (operation.recordId === null) return { kind: 'right' }
  const wantedMac = macOf(operation, operation.recordId)
  if (wantedMac) {
    const mac = await checkMacAddress(bench.rest, wantedMac, bench.signal)
    if (mac.kind === 'failed') return mac
  }
  for (const kind of childrenOf(bench, operation)) {
    const at = { parent: deviceAt(operation.recordId), signal: bench.signal }
    const checked = await checkChildren(bench.rest, kind, at)
    if (checked.kind === 'failed') return checked
  }
  return { kind: 'right' }
}

function macOf({ id, intent }: Item, deviceId: number): WantedMac | null {
  const mac = intent.item.macAddress
  return mac === null ? null : { deviceId, mac, mark: `HWLab op:${id}` }
}

function deviceAt(id: number): Parent {
  return { objectType: recordPlaces.device.objectType, id }
}

function childrenOf(bench: Workbench, operation: Item) {
  return [photosOf(operation, bench.photoBytes), journalOf(operation, operation.intent.journal)]
}

type Placed = { kind: 'placed'; deviceId: number } | { kind: 'needs-human'; why: string } | Failure

async function placeDevice(bench: Workbench, operation: Item, references: References): Promise<Placed> {
  const { item } = operation.intent
  const { rest, signal } = bench
  const before = operation.maybeSent
    ? await findOwn(rest, item, signal)
    : await moduleWithTag(rest, item.assetTag, signal)
  if (before.kind === 'failed') return before
  if (before.kind === 'foreign') return { kind: 'needs-human', why: before.why }
  if (before.kind === 'own') return { kind: 'placed', deviceId: before.row.id }
  if (operation.recordId !== null)
    return {
      kind: 'needs-human',
      why: `${item.assetTag} was created in NetBox, but it is not there any more. Retry creates it again; cancel leaves it out.`,
    }
  const posted = await rest.call({
    method: 'POST',
    path: 'dcim/devices/',
    body: { json: deviceBody(operation, references) },
    signal,
  })
  if (posted.kind === 'ok') {
    const created = z.object({ id: z.number() }).safeParse(posted.body)
    if (!created.success) return failed('doubt', 'NetBox’s answer was not understood.')
    return { kind: 'placed', deviceId: created.data.id }
  }
  if (posted.cause !== 'exists' && posted.cause !== 'race') return posted
  const after = await findOwn(rest, item, signal)
  if (after.kind === 'failed') return after
  if (after.kind === 'own') return { kind: 'placed', deviceId: after.row.id }
  if (after.kind === 'foreign') return { kind: 'needs-human', why: after.why }
  if (posted.cause === 'race') return posted
  return { kind: 'needs-human', why: `${posted.why} Correct the item or the record in NetBox, then retry.` }
}

function deviceBody(operation: Item, references: References): Record<string, unknown> {
  const { item } = operation.intent
  return {
    ...(item.name === null ? {} : { name: item.name }),
    device_type: references.deviceType,
    role: references.role,
    site: references.site,
    serial: item.serial ?? '',
    asset_tag: item.assetTag,
    status: item.status,
    comments: item.comments,
    tags: references.tags,
    custom_fields: { ...item.customFields, hwlab_id: item.hwlabId },
    changelog_message: `hwlab:${operation.id}`,
  }
}

/** A 201 is no proof: everything is read again before anybody hears "confirmed". */
async function readBack(
  bench: Workbench,
  operation: Item,
  placed: { deviceId: number; references: References },
): Promise<Attempt> {
  const { item } = operation.intent
  const { rest, signal } = bench
  const { deviceId, references } = placed
  const answer = await rest.call({ method: 'GET', path: `dcim/devices/${deviceId}/`, signal })
  if (answer.kind === 'failed')
    return answer.cause === 'gone'
      ? failed(
          'gone',
          `NetBox said that it created ${item.assetTag}, but it is not there. Look in NetBox, then retry.`,
        )
      : answer
  const row = deviceRowSchema.safeParse(answer.body)
  if (!row.success) return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
  const lost = differences(item, references, row.data)
  const wantedMac = macOf(operation, deviceId)
  if (wantedMac) {
    const mac = await checkMacAddress(rest, wantedMac, signal)
    if (mac.kind === 'failed') return mac
    if (mac.kind === 'missing') lost.push(mac.words)
  }
  for (const kind of childrenOf(bench, operation)) {
    const checked = await checkChildren(rest, kind, { parent: deviceAt(deviceId), signal })
    if (checked.kind === 'failed') return checked
    if (checked.kind === 'missing') lost.push(checked.words)
  }
  if (lost.length > 0)
    return {
      kind: 'needs-human',
      why: `NetBox did not keep this of ${item.assetTag} as asked: ${lost.join(', ')}. Correct it in NetBox, then retry.`,
    }
  return {
    kind: 'confirmed',
    record: deviceSeen(row.data),
    words: `${item.assetTag} is recorded and read back.`,
    undo: null,
  }
}
