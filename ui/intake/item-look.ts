import type { ChangeView, ItemView } from '../../agent/protocol.ts'

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

export function itemLook(item: ItemView): Look {
  if (item.stages.some((stage) => stage.status === 'working')) return 'working'
  if (item.change) {
    const look = changeLook(item.change)
    if (look !== 'expired' || item.record === null) return look
  }
  return item.record === null ? 'waiting' : 'done'
}

/** Nothing may be edited any more once the write has begun. */
export function isSettled(item: ItemView): boolean {
  if (item.record !== null) return true
  const state = item.change?.state
  return state === 'approved' || state === 'executing' || state === 'done'
}
