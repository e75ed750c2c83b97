import { ulid } from 'ulid'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type DeviceIdentity, deviceReadings } from '../identify/device-readings.ts'
import type { Reading } from './item.ts'
import { obstacleTo } from './record-draft.ts'
import { moveItem } from './settle-gate.ts'
import type { StartDeps, Started } from './start-intake.ts'

export interface DeviceWish {
  identity: DeviceIdentity
  /** A simulated device makes a sample item. */
  simulated: boolean
  operator: string
  /** The open item that it is about; null: the one with this serial number, or a new one. */
  itemId: string | null
}

/** Starts an item from what a device said of itself, or adds that to the item that it is about. */
export function startFromDevice(deps: StartDeps, wish: DeviceWish): Started {
  const readings = deviceReadings(wish.identity, deps.catalogue)
  if (readings.length === 0)
    return refused('This device said neither its model nor its serial number. Photograph its label instead.')
  const itemId = wish.itemId ?? sameDevice(deps, wish)
  return itemId === null ? insertItem(deps, wish, readings) : enrich(deps, itemId, wish, readings)
}

function sameDevice({ store }: StartDeps, { identity, simulated }: DeviceWish): string | null {
  if (identity.serial === null) return null
  const open = store.evidence.itemsWith('serial', identity.serial.value).find((itemId) => {
    const item = store.items.find(itemId)
    return obstacleTo(item) === null && item?.sample === simulated
  })
  return open ?? null
}

function insertItem(deps: StartDeps, wish: DeviceWish, readings: Reading[]): Started {
  const { store, approvals, identifier } = deps
  const who = `operator:${wish.operator}`
  const nowMs = store.clock.nowMs()
  const itemId = ulid(nowMs)
  store.database.transaction(() => {
    store.items.insert({ id: itemId, note: '', sample: wish.simulated, startedBy: who }, nowMs)
    for (const one of readings) store.evidence.add(itemId, one, nowMs)
    approvals.audit.append({
      who,
      channel: 'bench',
      what: 'intake started',
      about: itemId,
      details: { from: wish.identity.source },
    })
  })()
  store.changed(itemId)
  identifier.begin(itemId)
  return { kind: 'started', itemId }
}

/** An open request is taken back, and the item is judged again with what the device said. */
function enrich(
  deps: StartDeps,
  itemId: string,
  { operator, simulated, identity }: DeviceWish,
  readings: Reading[],
): { kind: 'started'; itemId: string } | Refusal {
  const { store, approvals, identifier } = deps
  const item = store.items.find(itemId)
  const obstacle = obstacleTo(item)
  if (obstacle !== null) return refused(obstacle)
  if (simulated && item?.sample === false)
    return refused('A simulated device says nothing of a real one. Take it from this item first.')
  const who = `operator:${operator}`
  const from = identity.source
  store.database.transaction(() => {
    const known = store.evidence.of(itemId)
    for (const one of readings)
      if (
        !known.some(
          ({ field, value, quote }) => field === one.field && value === one.value && quote === one.quote,
        )
      )
        store.evidence.add(itemId, one, store.clock.nowMs())
    const open = approvals.latestForItem(itemId)
    if (open?.state === 'proposed')
      approvals.cancel(open.id, `What ${from} says was added, so it is judged again.`, who)
    approvals.audit.append({ who, channel: 'bench', what: 'device read', about: itemId, details: { from } })
    moveItem({ ...deps, audit: approvals.audit }, itemId, 'set-back', {
      who,
      channel: 'bench',
      mayAdvance: true,
    })
  })()
  store.changed(itemId)
  identifier.begin(itemId)
  return { kind: 'started', itemId }
}
