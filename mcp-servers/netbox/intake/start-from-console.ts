import { ulid } from 'ulid'
import { type Refusal, refused } from '../../serving/tool.ts'
import { type ConsoleIdentity, consoleReadings } from '../identify/console-readings.ts'
import type { Reading } from './item.ts'
import { obstacleTo } from './record-draft.ts'
import { moveItem } from './settle-gate.ts'
import type { StartDeps, Started } from './start-intake.ts'

export interface ConsoleWish {
  identity: ConsoleIdentity
  /** A simulated device makes a sample item. */
  simulated: boolean
  operator: string
  /** The open item that it is about; null: the one with this serial number, or a new one. */
  itemId: string | null
}

/** Starts an item from what a device said over its console, or adds that to the item that it is about. */
export function startFromConsole(deps: StartDeps, wish: ConsoleWish): Started {
  const readings = consoleReadings(wish.identity, deps.catalogue)
  if (readings.length === 0)
    return refused('This device said neither its model nor its serial number. Photograph its label instead.')
  const itemId = wish.itemId ?? sameDevice(deps, wish.identity)
  return itemId === null ? insertItem(deps, wish, readings) : enrich(deps, itemId, wish, readings)
}

function sameDevice({ store }: StartDeps, { serial }: ConsoleIdentity): string | null {
  if (serial === null) return null
  const open = store.evidence
    .itemsWith('serial', serial.value)
    .find((itemId) => obstacleTo(store.items.find(itemId)) === null)
  return open ?? null
}

function insertItem(deps: StartDeps, { simulated, operator }: ConsoleWish, readings: Reading[]): Started {
  const { store, approvals, identifier } = deps
  const who = `operator:${operator}`
  const nowMs = store.clock.nowMs()
  const itemId = ulid(nowMs)
  store.database.transaction(() => {
    store.items.insert({ id: itemId, note: '', sample: simulated, startedBy: who }, nowMs)
    for (const one of readings) store.evidence.add(itemId, one, nowMs)
    approvals.audit.append({
      who,
      channel: 'bench',
      what: 'intake started',
      about: itemId,
      details: { from: 'console' },
    })
  })()
  store.changed(itemId)
  identifier.begin(itemId)
  return { kind: 'started', itemId }
}

/** An open request is taken back, and the item is judged again with what the console said. */
function enrich(
  deps: StartDeps,
  itemId: string,
  { operator }: ConsoleWish,
  readings: Reading[],
): { kind: 'started'; itemId: string } | Refusal {
  const { store, approvals, identifier } = deps
  const obstacle = obstacleTo(store.items.find(itemId))
  if (obstacle !== null) return refused(obstacle)
  const who = `operator:${operator}`
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
      approvals.cancel(open.id, 'Its console was read, so it is judged again.', who)
    approvals.audit.append({ who, channel: 'bench', what: 'console read', about: itemId, details: {} })
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
