import { z } from 'zod'
import { retirementOf } from '../../changes/retirement.ts'
import { type DeviceRow, deviceRowSchema, deviceSeen } from '../../client/device-row.ts'
import { type Failure, failed } from '../../client/failure.ts'
import { guardedPatch, type SeenAs, seenAs } from '../../client/guarded-patch.ts'
import { recordPlaces } from '../../client/record-seen.ts'
import { addChildren, checkChildren, journalOf, type Parent, photosOf } from '../children.ts'
import { type CreateItem, createItemSchema } from '../item-intent.ts'
import { addMacAddress, checkMacAddress, type WantedMac } from '../mac-address.ts'
import { differences } from '../managed-fields.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'
import { placeDevice } from '../place-device.ts'
import { reconcileItem, settleItem } from '../reconcile-item.ts'
import type { References } from '../references.ts'

type Item = Operation<CreateItem>

const createItem: OperationKind<CreateItem> = {
  kind: 'create_item',
  schema: createItemSchema,
  subjects: ({ item }) => [item.assetTag],
  title: ({ item }) => `${item.manufacturer.name} ${item.deviceType.model} (${item.assetTag})`,
  itemId: ({ item }) => item.hwlabId,
  attempt: writeItem,
  sweep: removeLateTwins,
  settle: settleItem,
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
  const { deviceId, isNew } = device
  bench.noteRecord(operation.id, deviceId)
  const hung = await hangOn(bench, operation, device)
  if (hung.kind === 'failed') {
    // NetBox refuses what would hang on a device that it does not have.
    const there = hung.cause === 'invalid' ? await readDevice(bench, operation, deviceId) : hung
    return there.kind === 'failed' && there.cause === 'gone' ? there : hung
  }
  return readBack(bench, operation, { deviceId, isNew, references: found.references })
}

/** MAC address, photos and journal entry. */
async function hangOn(
  bench: Workbench,
  operation: Item,
  { deviceId, isNew }: { deviceId: number; isNew: boolean },
): Promise<{ kind: 'added' } | Failure> {
  const wantedMac = macOf(operation, deviceId)
  if (wantedMac) {
    const mac = await addMacAddress(bench.rest, { ...wantedMac, isNew }, bench.signal)
    if (mac.kind === 'failed') return mac
  }
  for (const kind of childrenOf(bench, operation)) {
    const at = { parent: deviceAt(deviceId), look: !isNew, signal: bench.signal }
    const added = await addChildren(bench.rest, kind, at)
    if (added.kind === 'failed') return added
  }
  return { kind: 'added' }
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
  return [photosOf(operation.intent.photos, bench.photoBytes), journalOf(operation, operation.intent.journal)]
}

/** A 201 is no proof: everything is read again before anybody hears "confirmed". */
async function readBack(
  bench: Workbench,
  operation: Item,
  placed: { deviceId: number; isNew: boolean; references: References },
): Promise<Attempt> {
  const { item, chosen } = operation.intent
  const { rest, signal } = bench
  const { deviceId, references } = placed
  const device = await (placed.isNew
    ? readDevice(bench, operation, deviceId)
    : asApproved(bench, operation, placed))
  if (device.kind !== 'read') return device
  const lost = differences(item, device.row, { references, kept: chosen?.keep ?? [] })
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
  const record = deviceSeen(device.row)
  return {
    kind: 'confirmed',
    record,
    words: `${item.assetTag} is recorded and read back.`,
    undo: retirementOf(record),
  }
}

type DeviceRead = { kind: 'read'; row: DeviceRow; seen: SeenAs; created: string | null }

async function readDevice(bench: Workbench, operation: Item, id: number): Promise<DeviceRead | Failure> {
  const answer = await bench.rest.call({ method: 'GET', path: `dcim/devices/${id}/`, signal: bench.signal })
  if (answer.kind === 'failed')
    return answer.cause === 'gone'
      ? failed(
          'gone',
          `NetBox said that it created ${operation.intent.item.assetTag}, but it is not there. Look in NetBox, then retry.`,
        )
      : answer
  const row = deviceRowSchema.safeParse(answer.body)
  if (!row.success) return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
  const created = z.object({ created: z.string() }).safeParse(answer.body)
  return {
    kind: 'read',
    row: row.data,
    seen: seenAs(answer),
    created: created.success ? created.data.created : null,
  }
}

/** A record that was there before this attempt: what differs from the approved item is corrected, if it is ours. */
async function asApproved(
  bench: Workbench,
  operation: Item,
  placed: { deviceId: number; references: References },
): Promise<DeviceRead | Extract<Attempt, { kind: 'conflict' }> | Failure> {
  const device = await readDevice(bench, operation, placed.deviceId)
  if (device.kind === 'failed') return device
  const earlier = bench.sentBefore(operation).map((intent) => createItemSchema.parse(intent).item)
  const { references } = placed
  const known = { references, earlier, isUntouched: isUntouched(device) }
  const found = reconcileItem(operation.intent, device.row, known)
  if (found.kind === 'right') return device
  const tag = operation.intent.item.assetTag
  if (found.kind === 'conflict')
    return { ...found, why: `Somebody changed ${tag} in NetBox. Choose what is right.` }
  const patched = await guardedPatch(bench.rest, {
    path: `dcim/devices/${placed.deviceId}/`,
    seen: device.seen,
    json: { ...found.json, changelog_message: `hwlab:${operation.id}` },
    signal: bench.signal,
  })
  return patched.kind === 'failed' ? patched : readDevice(bench, operation, placed.deviceId)
}

/** Both times are taken while a record is created, a moment apart; every later save moves the second. */
function isUntouched({ created, row }: DeviceRead): boolean {
  return (
    created !== null &&
    row.last_updated !== null &&
    Date.parse(row.last_updated) - Date.parse(created) < 1_000
  )
}
