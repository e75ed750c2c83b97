import type { Approvals } from '../../approval/approvals.ts'
import { type GateCause, judge, nextState, trustedProbability } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import { fieldsOf } from './item-fields.ts'

/** Who made an item move, for the audit. */
export interface Mover {
  who: string
  channel: string
  /** False for every MCP client: what a model says may hold an item back, never carry it on. */
  mayAdvance: boolean
}

export const serverItself: Mover = { who: 'server:netbox', channel: 'server', mayAdvance: true }

interface Gatekeeper {
  store: IntakeStore
  audit: Approvals['audit']
  threshold: number
}

/**
 * Moves the item as far as the verdict on its evidence allows. An item that is being read, was put aside, or is being
 * written stays where it is. Call it inside the transaction that changed the evidence.
 */
export function settleGate(gatekeeper: Gatekeeper, itemId: string, mover: Mover): void {
  const { store } = gatekeeper
  const item = store.items.find(itemId)
  if (!item || item.discardedAtMs !== null || item.operationKey !== null) return
  if (item.state === 'draft' || item.state === 'complete') return
  const verdict = judge(fieldsOf(store.evidence.of(itemId)), gatekeeper.threshold)
  if (verdict.kind === 'identified' && !mover.mayAdvance) return
  moveItem(gatekeeper, itemId, verdict.kind, mover)
}

/** Makes one legal move and its audit row; an illegal one changes nothing and returns false. */
export function moveItem(gatekeeper: Gatekeeper, itemId: string, cause: GateCause, mover: Mover): boolean {
  const { store, audit, threshold } = gatekeeper
  const item = store.items.find(itemId)
  const to = item ? nextState(item.state, cause) : null
  if (!item || to === null) return false
  if (!store.items.move(itemId, item.state, to, store.clock.nowMs())) return false
  const fields = fieldsOf(store.evidence.of(itemId))
  audit.append({
    who: mover.who,
    channel: mover.channel,
    what: `gate: ${item.state} → ${to}`,
    about: itemId,
    details: {
      cause,
      threshold,
      fields: fields.map((field) => ({
        field: field.field,
        value: field.value,
        probability: trustedProbability(field),
        conflict: field.conflict,
        evidence: field.evidence.map((row) => row.id),
      })),
    },
  })
  return true
}
