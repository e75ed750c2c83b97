import type { Approvals } from '../../approval/approvals.ts'
import type { ChangeRequest } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { createItemSchema } from '../outbox/item-intent.ts'
import { confirmAsShown } from './confirm-as-shown.ts'
import { checkDuplicates, type DuplicateCheck } from './duplicates.ts'
import { plannedPrinter } from './item-view.ts'
import { heldBack, type PlanDeps, type Planned, type PrintWish, planNow, sameThing } from './plan-now.ts'
import { isAsPlanned, obstacleTo } from './record-draft.ts'
import { serverItself } from './settle-gate.ts'

export interface ProposalDeps extends PlanDeps {
  approvals: Approvals
  readOnly: boolean
  /** Lifts the tag sequence over what the inventory holds, where another bench may have given tags meanwhile. */
  seedTags(): Promise<void>
}

/** From a checked item to a change request that a person decides. */
export interface Proposals {
  /** For any client: refused unless the gate lets the item through. */
  plan(itemId: string, wish: PrintWish): Promise<Planned>
  /** The operator's own: confirms what is shown where the gate holds the item back, then files the request. */
  propose(itemId: string, operator: string): Promise<Filed>
  /** After a change of the item: an open request that no longer says what would be written is filed anew or taken back. */
  refresh(itemId: string, by: string): Promise<void>
  /** At start: requests that a crash kept from being filed anew. */
  resume(): Promise<void>
}

type Filed = { kind: 'filed'; changeId: string } | Refusal

export function openProposals(deps: ProposalDeps): Proposals {
  const { store, approvals } = deps

  async function lookAround(itemId: string): Promise<DuplicateCheck> {
    await deps.seedTags()
    const check = await checkDuplicates(deps, itemId)
    store.duplicates.replace(itemId, check.duplicates)
    return check
  }

  function file(itemId: string, operator: string, check: DuplicateCheck): Filed {
    const same = sameThing(check)
    if (same !== null) return refused(same)
    const confirmed = confirmAsShown(deps, itemId, operator)
    if (confirmed.kind === 'refused') return confirmed
    const planned = planNow(deps, itemId, { print: true, printerId: null }, check)
    if (planned.kind === 'refused') return planned
    const filing = approvals.fileIfRoom(planned.plan, {
      server: 'netbox',
      tool: 'propose_record',
      requester: `operator:${operator}`,
    })
    return filing.kind === 'filed' ? { kind: 'filed', changeId: filing.change.id } : refused(filing.why)
  }

  function fileAnew(itemId: string, by: string, check: DuplicateCheck): void {
    const open = openChange(approvals, itemId)
    if (!open) return
    const printerId = store.items.find(itemId)?.printerId ?? plannedPrinter(open)
    const planned = planNow(deps, itemId, { print: plannedPrinter(open) !== null, printerId }, check)
    if (planned.kind === 'refused') approvals.cancel(open.id, planned.why, by)
    else approvals.file(planned.plan, { server: open.server, tool: open.tool, requester: open.requester })
  }

  async function refresh(itemId: string, by: string): Promise<void> {
    const before = openChange(approvals, itemId)
    if (!before || isUpToDate(deps, before)) return
    const check = await lookAround(itemId)
    store.database.transaction(() => fileAnew(itemId, by, check))()
    store.changed(itemId)
  }

  return {
    refresh,
    async resume() {
      for (const { itemId } of approvals.open()) if (itemId !== null) await refresh(itemId, serverItself.who)
    },
    async plan(itemId, wish) {
      const held = heldBack(deps, itemId)
      if (held !== null) return refused(held)
      const check = await lookAround(itemId)
      const planned = store.database.transaction(() => planNow(deps, itemId, wish, check))()
      store.changed(itemId)
      return planned
    },
    async propose(itemId, operator) {
      if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be recorded.')
      const obstacle = obstacleTo(store.items.find(itemId))
      if (obstacle !== null) return refused(obstacle)
      const check = await lookAround(itemId)
      const filed = store.database.transaction(() => file(itemId, operator, check))()
      store.changed(itemId)
      return filed
    },
  }
}

function openChange(approvals: Approvals, itemId: string): ChangeRequest | null {
  const change = approvals.latestForItem(itemId)
  return change?.state === 'proposed' ? change : null
}

/** The request writes what the item says now, and goes to the printer that is chosen now. */
function isUpToDate(deps: ProposalDeps, change: ChangeRequest): boolean {
  const create = change.steps.find((step) => step.kind === 'netbox.create_item')
  const stored = createItemSchema.safeParse(create?.payload)
  if (change.itemId === null || !stored.success) return true
  const chosen = deps.store.items.find(change.itemId)?.printerId ?? null
  const planned = plannedPrinter(change)
  const isPrinterKept = chosen === null || planned === null || planned === chosen
  return isPrinterKept && isAsPlanned(deps, change.itemId, stored.data)
}
