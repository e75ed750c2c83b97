import type { ChangeView } from '../../agent/protocol/changes.ts'
import type { ItemView } from '../../agent/protocol/items.ts'

export type Look = 'waiting' | 'working' | 'done' | 'failed' | 'expired'

export function changeLook(change: ChangeView): Look {
  switch (change.state) {
    case 'proposed':
      return 'waiting'
    case 'approved':
    case 'executing':
      return 'working'
    case 'done':
      return 'done'
    case 'failed':
    case 'unknown':
    case 'stale':
      return 'failed'
    case 'declined':
    case 'cancelled':
    case 'expired':
    case 'superseded':
      return 'expired'
  }
}

/** Until the first value is there, an unread field is unknown and not "not visible". */
export function isFirstReading(item: ItemView): boolean {
  const working = item.stages.some((stage) => stage.status === 'working' || stage.status === 'waiting')
  return item.fields.every((field) => field.evidence.length === 0) && working
}

export function itemLook(item: ItemView): Look {
  if (item.stages.some((stage) => stage.status === 'working')) return 'working'
  if (item.record !== null) return item.edit?.state === 'proposed' ? 'waiting' : 'done'
  if (item.change === null && item.tone === 'working') return 'working'
  return item.change === null ? 'waiting' : changeLook(item.change)
}

/** The thing is in the inventory, or on its way there, as something else. */
export function isCertainDuplicate(item: ItemView): boolean {
  return item.record === null && item.duplicates.some((duplicate) => duplicate.certain)
}

/** Nothing may be edited any more once the write has begun. */
export function isSettled(item: ItemView): boolean {
  if (item.record !== null) return true
  const state = item.change?.state
  return state === 'approved' || state === 'executing' || state === 'done'
}
