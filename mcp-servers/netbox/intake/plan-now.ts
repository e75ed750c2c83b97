import type { ChangePlan } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import type { DuplicateCheck } from './duplicates.ts'
import { judge } from './gate.ts'
import { fieldsOf } from './item-fields.ts'
import { nextAction } from './next-action.ts'
import { type Printer, planRecord } from './plan-record.ts'
import { type DraftDeps, draftRecord, noSuchItem, obstacleTo } from './record-draft.ts'
import { isRecordedBefore } from './set-back-item.ts'

export interface PlanDeps extends DraftDeps {
  inventory: Inventory
  threshold: number
  /** The printers that a label can go to; the first one is used when nobody chose. */
  printers(): Printer[]
}

export interface PrintWish {
  print: boolean
  /** null: the item's own choice, else the first printer. */
  printerId: string | null
}

export type Planned = { kind: 'plan'; plan: ChangePlan } | Refusal

/** Inside a transaction: takes the tag and draws the plan on what is true now. */
export function planNow(deps: PlanDeps, itemId: string, wish: PrintWish, check: DuplicateCheck): Planned {
  const same = sameThing(check)
  if (same !== null) return refused(same)
  const held = heldBack(deps, itemId)
  if (held !== null) return refused(held)
  const print = printerFor(deps, itemId, wish)
  if (print.kind === 'refused') return print
  const draft = draftRecord(deps, itemId)
  if (draft.kind === 'refused') return draft
  const plan = planRecord({
    ...draft,
    site: deps.site,
    threshold: deps.threshold,
    lookAlikes: check.duplicates,
    recordedBefore: isRecordedBefore(deps.store, itemId),
    unchecked: check.kind === 'unchecked' ? check.why : null,
    target: deps.inventory.describe(),
    print,
  })
  return { kind: 'plan', plan }
}

/** Why nothing new is recorded: the very thing is here already; null when it is not. */
export function sameThing({ duplicates }: DuplicateCheck): string | null {
  const same = duplicates.find((duplicate) => duplicate.certain)
  return same ? `${same.words} Open it${same.url ? `: ${same.url}` : ' first'}.` : null
}

/** Why the gate does not let the item be proposed; null when it does. */
export function heldBack({ store, threshold }: PlanDeps, itemId: string): string | null {
  const item = store.items.find(itemId)
  const obstacle = obstacleTo(item)
  if (!item || obstacle !== null) return obstacle ?? noSuchItem
  if (item.state === 'researched') return null
  if (item.state === 'draft' || item.state === 'indexed')
    return 'HWLab is still reading it. Wait a moment, then propose it.'
  const action = nextAction({
    item,
    verdict: judge(fieldsOf(store.evidence.of(itemId)), threshold),
    stages: store.stages.of(itemId),
    duplicates: [],
    photoCount: store.photos.of(itemId).length,
    evidenceCount: store.evidence.of(itemId).length,
    change: null,
  })
  return `It needs research first: ${action} Only the operator can confirm it as it is, on its card.`
}

function printerFor(
  deps: PlanDeps,
  itemId: string,
  { print, printerId }: PrintWish,
): { kind: 'none' } | { kind: 'no-printer' } | { kind: 'print'; printer: Printer } | Refusal {
  if (!print) return { kind: 'none' }
  const printers = deps.printers()
  const wanted = printerId ?? deps.store.items.find(itemId)?.printerId ?? null
  const printer = printers.find((candidate) => candidate.id === wanted)
  if (printer) return { kind: 'print', printer }
  if (printerId !== null) {
    const known = printers.map((candidate) => candidate.id).join(', ')
    return refused(
      `There is no printer “${printerId.slice(0, 64)}”. ${known === '' ? 'None is connected.' : `There are: ${known}.`}`,
    )
  }
  const [first] = printers
  return first ? { kind: 'print', printer: first } : { kind: 'no-printer' }
}
