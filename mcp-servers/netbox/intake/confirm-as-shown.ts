import type { Approvals } from '../../approval/approvals.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { judge } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import { fieldsOf } from './item-fields.ts'
import { settleGate } from './settle-gate.ts'

interface ConfirmDeps {
  store: IntakeStore
  approvals: Approvals
  threshold: number
}

/** The quote of a value that a person confirmed without typing it. */
export const confirmedAsShown = 'Confirmed as shown'

/** The explicit confirmation: what is shown for manufacturer and model becomes the operator's own word. */
export function confirmAsShown(
  deps: ConfirmDeps,
  itemId: string,
  operator: string,
): { kind: 'confirmed' } | Refusal {
  const { store, approvals } = deps
  const item = store.items.find(itemId)
  if (item?.state !== 'needs_research') return { kind: 'confirmed' }
  const verdict = judge(fieldsOf(store.evidence.of(itemId)), deps.threshold)
  if (verdict.kind === 'identified') return { kind: 'confirmed' }
  const weak = verdict.doubts.filter((doubt) => doubt.kind === 'weak')
  if (weak.length < verdict.doubts.length) {
    const open = verdict.doubts.find((doubt) => doubt.kind !== 'weak')
    return refused(
      open?.kind === 'conflict'
        ? `Choose one ${open.field.replace('_', ' ')} first: ${open.values.slice(0, 3).join(' or ')}.`
        : `Fill in the ${open?.field.replace('_', ' ')} first.`,
    )
  }
  const nowMs = store.clock.nowMs()
  for (const { field, value } of weak)
    store.evidence.add(
      itemId,
      {
        field,
        value,
        kind: 'operator',
        source: `operator:${operator}`,
        quote: confirmedAsShown,
        syntax: 'plain',
        readerConfidence: null,
        attachmentId: null,
        box: null,
      },
      nowMs,
    )
  const mover = { who: `operator:${operator}`, channel: 'chat-card' }
  approvals.audit.append({
    ...mover,
    what: 'explicit confirmation',
    about: itemId,
    details: { fields: weak.map(({ field, value }) => ({ field, value })) },
  })
  settleGate({ store, audit: approvals.audit, threshold: deps.threshold }, itemId, {
    ...mover,
    mayAdvance: true,
  })
  return { kind: 'confirmed' }
}
