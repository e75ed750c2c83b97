import { z } from 'zod'
import { retirementOf } from '../../changes/retirement.ts'
import type { DeviceRow } from '../../client/device-row.ts'
import { type Failure, failed } from '../../client/failure.ts'
import { guardedPatch, type SeenAs, seenAs } from '../../client/guarded-patch.ts'
import type { RecordSeen } from '../../client/record-seen.ts'
import { addChildren, checkChildren, journalOf, photosOf } from '../children.ts'
import { type CreateItem, createItemSchema } from '../item-intent.ts'
import { addMacAddress, checkMacAddress, type WantedMac } from '../mac-address.ts'
import { differences } from '../managed-fields.ts'
import type { Attempt, OperationKind, Workbench } from '../operation-kind.ts'
import type { Operation } from '../operation-row.ts'
import { placeDevice } from '../place-device.ts'
import { reconcileItem, settleItem } from '../reconcile-item.ts'
import type { References } from '../references.ts'
import { chooseTarget, targetOf } from '../targets/choose-target.ts'
import type { InventoryTarget } from '../targets/inventory-target.ts'

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

/** What an attempt works on: an operation whose item is sayable at its target. */
interface Work {
  operation: Item
  target: InventoryTarget
  references: References
}

/**
 * One attempt at the whole item: what it refers to, the record in one POST, its MAC address, photos and journal entry,
 * and the read-back of all of it. Safe to repeat at any point.
 */
async function writeItem(bench: Workbench, asked: Item): Promise<Attempt> {
  const chosen = await chooseTarget(bench, asked.intent.item)
  if (chosen.kind !== 'target') return chosen
  const { target } = chosen
  const operation = at(target, asked)
  const found = await bench.references.of(asked.intent.item, bench.signal)
  if (found.kind === 'failed') return found
  const work: Work = { operation, target, references: found.references }
  const record = await placeDevice(bench, operation, work)
  if (record.kind !== 'placed') return record
  bench.noteRecord(operation.id, record.deviceId)
  const hung = await hangOn(bench, work, record)
  if (hung.kind === 'failed') {
    // NetBox refuses what would hang on a record that it does not have.
    const there = hung.cause === 'invalid' ? await readItem(bench, work, record.deviceId) : hung
    return there.kind === 'failed' && there.cause === 'gone' ? there : hung
  }
  return readBack(bench, work, record)
}

function at(target: InventoryTarget, operation: Item): Item {
  const { intent } = operation
  return { ...operation, intent: { ...intent, item: target.sayable(intent.item) } }
}

/** MAC address, photos and journal entry. */
async function hangOn(
  bench: Workbench,
  { operation, target }: Work,
  { deviceId, isNew }: { deviceId: number; isNew: boolean },
): Promise<{ kind: 'added' } | Failure> {
  const wantedMac = macOf(operation, deviceId)
  if (wantedMac) {
    const mac = await addMacAddress(bench.rest, { ...wantedMac, isNew }, bench.signal)
    if (mac.kind === 'failed') return mac
  }
  for (const kind of childrenOf(bench, operation)) {
    const parent = { objectType: target.place.objectType, id: deviceId }
    const how = { parent, look: !isNew, signal: bench.signal }
    const added = await addChildren(bench.rest, kind, how)
    if (added.kind === 'failed') return added
  }
  return { kind: 'added' }
}

/** Looks again for twins of MAC address, photos and journal entry that a given-up request may have left later. */
async function removeLateTwins(bench: Workbench, asked: Item): Promise<{ kind: 'right' } | Failure> {
  if (asked.recordId === null) return { kind: 'right' }
  const target = targetOf(asked.record?.kind)
  const operation = at(target, asked)
  const wantedMac = macOf(operation, asked.recordId)
  if (wantedMac) {
    const mac = await checkMacAddress(bench.rest, wantedMac, bench.signal)
    if (mac.kind === 'failed') return mac
  }
  for (const kind of childrenOf(bench, operation)) {
    const parent = { objectType: target.place.objectType, id: asked.recordId }
    const checked = await checkChildren(bench.rest, kind, { parent, signal: bench.signal })
    if (checked.kind === 'failed') return checked
  }
  return { kind: 'right' }
}

function macOf({ id, intent }: Item, deviceId: number): WantedMac | null {
  const mac = intent.item.macAddress
  return mac === null ? null : { deviceId, mac, mark: `HWLab op:${id}` }
}

function childrenOf(bench: Workbench, operation: Item) {
  return [photosOf(operation.intent.photos, bench.photoBytes), journalOf(operation, operation.intent.journal)]
}

/** A 201 is no proof: everything is read again before anybody hears "confirmed". */
async function readBack(
  bench: Workbench,
  work: Work,
  { deviceId, isNew }: { deviceId: number; isNew: boolean },
): Promise<Attempt> {
  const { operation, target, references } = work
  const { item, chosen } = operation.intent
  const { rest, signal } = bench
  const read = await (isNew ? readItem(bench, work, deviceId) : asApproved(bench, work, deviceId))
  if (read.kind !== 'read') return read
  const lost = differences(item, read.row, { references, kept: chosen?.keep ?? [] })
  const wantedMac = macOf(operation, deviceId)
  if (wantedMac) {
    const mac = await checkMacAddress(rest, wantedMac, signal)
    if (mac.kind === 'failed') return mac
    if (mac.kind === 'missing') lost.push(mac.words)
  }
  for (const kind of childrenOf(bench, operation)) {
    const parent = { objectType: target.place.objectType, id: deviceId }
    const checked = await checkChildren(rest, kind, { parent, signal })
    if (checked.kind === 'failed') return checked
    if (checked.kind === 'missing') lost.push(checked.words)
  }
  if (lost.length > 0)
    return {
      kind: 'needs-human',
      why: `NetBox did not keep this of ${item.assetTag} as asked: ${lost.join(', ')}. Correct it in NetBox, then retry.`,
    }
  const { record } = read
  return {
    kind: 'confirmed',
    record,
    words: `${item.assetTag} is recorded and read back.`,
    undo: retirementOf(record),
  }
}

interface ItemRead {
  kind: 'read'
  row: DeviceRow
  record: RecordSeen
  seen: SeenAs
  created: string | null
}

async function readItem(
  bench: Workbench,
  { operation, target, references }: Work,
  id: number,
): Promise<ItemRead | Failure> {
  const path = `${target.place.endpoint}/${id}/`
  const answer = await bench.rest.call({ method: 'GET', path, signal: bench.signal })
  const { item } = operation.intent
  if (answer.kind === 'failed')
    return answer.cause === 'gone'
      ? failed(
          'gone',
          `NetBox said that it created ${item.assetTag}, but it is not there. Look in NetBox, then retry.`,
        )
      : answer
  const read = target.read(answer.body, { item, references })
  if (!read) return failed('base-url', 'NetBox’s answer has another shape than NetBox 4.4 to 4.7.')
  const created = z.object({ created: z.string() }).safeParse(answer.body)
  return {
    kind: 'read',
    ...read,
    seen: seenAs(answer),
    created: created.success ? created.data.created : null,
  }
}

/** A record that was there before this attempt: what differs from the approved item is corrected, if it is ours. */
async function asApproved(
  bench: Workbench,
  work: Work,
  id: number,
): Promise<ItemRead | Extract<Attempt, { kind: 'conflict' }> | Failure> {
  const { operation, target, references } = work
  const read = await readItem(bench, work, id)
  if (read.kind === 'failed') return read
  const earlier = bench
    .sentBefore(operation)
    .map((intent) => target.sayable(createItemSchema.parse(intent).item))
  const known = { references, earlier, isUntouched: isUntouched(read) }
  const found = reconcileItem(operation.intent, read.row, known)
  if (found.kind === 'right') return read
  const tag = operation.intent.item.assetTag
  if (found.kind === 'conflict')
    return { ...found, why: `Somebody changed ${tag} in NetBox. Choose what is right.` }
  const patched = await guardedPatch(bench.rest, {
    path: `${target.place.endpoint}/${id}/`,
    seen: read.seen,
    json: { ...target.patched(found.json), changelog_message: `hwlab:${operation.id}` },
    signal: bench.signal,
  })
  return patched.kind === 'failed' ? patched : readItem(bench, work, id)
}

/** Both times are taken while a record is created, a moment apart; every later save moves the second. */
function isUntouched({ created, row }: ItemRead): boolean {
  return (
    created !== null &&
    row.last_updated !== null &&
    Date.parse(row.last_updated) - Date.parse(created) < 1_000
  )
}
