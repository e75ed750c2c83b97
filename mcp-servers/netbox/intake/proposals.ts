import type { Approvals } from '../../approval/approvals.ts'
import type { ChangePlan, ChangeRequest } from '../../approval/change-request.ts'
import { canonicalJson } from '../../approval/digest.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Inventory } from '../client/inventory.ts'
import { createItemSchema } from '../outbox/operation.ts'
import { checkDuplicates, type DuplicateCheck } from './duplicates.ts'
import { judge } from './gate.ts'
import { fieldsOf } from './item-fields.ts'
import { plannedPrinter } from './item-view.ts'
import { nextAction } from './next-action.ts'
import { type Printer, planRecord } from './plan-record.ts'
import { type DraftDeps, draftRecord, noSuchItem, obstacleTo } from './record-draft.ts'
import { settleGate } from './settle-gate.ts'

export interface ProposalDeps extends DraftDeps {
  approvals: Approvals
  inventory: Inventory
  threshold: number
  readOnly: boolean
  /** Lifts the tag sequence over what the inventory holds, where another bench may have given tags meanwhile. */
  seedTags(): Promise<void>
  /** The printers that a label can go to; the first one is used when nobody chose. */
  printers(): Printer[]
}

export interface PrintWish {
  print: boolean
  /** null: the item's own choice, else the first printer. */
  printerId: string | null
}

/** From a checked item to a change request that a person decides. */
export interface Proposals {
  /** For any client: refused unless the gate lets the item through. */
  plan(itemId: string, wish: PrintWish): Promise<{ kind: 'plan'; plan: ChangePlan } | Refusal>
  /** The operator's own: confirms what is shown where the gate holds the item back, then files the request. */
  propose(itemId: string, operator: string): Promise<{ kind: 'filed'; changeId: string } | Refusal>
  /** After a change of the item: an open request that no longer says what would be written is filed anew or taken back. */
  refresh(itemId: string, by: string): Promise<void>
}

export function openProposals(deps: ProposalDeps): Proposals {
  const { store, approvals } = deps

  /** Inside a transaction: takes the tag and draws the plan on what is true now. */
  function planNow(
    itemId: string,
    wish: PrintWish,
    check: DuplicateCheck,
  ): { kind: 'plan'; plan: ChangePlan } | Refusal {
    store.duplicates.replace(itemId, check.duplicates)
    const same = check.duplicates.find((duplicate) => duplicate.certain)
    if (same) return refused(`${same.words} Open it${same.url ? `: ${same.url}` : ' first'}.`)
    const held = heldBack(itemId)
    if (held !== null) return refused(held)
    const print = printerFor(itemId, wish)
    if (print.kind === 'refused') return print
    const draft = draftRecord(deps, itemId)
    if (draft.kind === 'refused') return draft
    const plan = planRecord({
      ...draft,
      site: deps.site,
      threshold: deps.threshold,
      lookAlikes: check.duplicates,
      unchecked: check.kind === 'unchecked' ? check.why : null,
      target: deps.inventory.describe(),
      print,
    })
    return { kind: 'plan', plan }
  }

  function heldBack(itemId: string): string | null {
    const item = store.items.find(itemId)
    const obstacle = obstacleTo(item)
    if (!item || obstacle !== null) return obstacle ?? noSuchItem
    if (item.state === 'researched') return null
    if (item.state === 'draft' || item.state === 'indexed')
      return 'HWLab is still reading it. Wait a moment, then propose it.'
    const action = nextAction({
      item,
      tag: null,
      verdict: judge(fieldsOf(store.evidence.of(itemId)), deps.threshold),
      stages: store.stages.of(itemId),
      duplicates: [],
      photoCount: store.photos.of(itemId).length,
      evidenceCount: store.evidence.of(itemId).length,
      change: null,
    })
    return `It needs research first: ${action} Only the operator can confirm it as it is, on its card.`
  }

  function printerFor(
    itemId: string,
    { print, printerId }: PrintWish,
  ): { kind: 'none' } | { kind: 'no-printer' } | { kind: 'print'; printer: Printer } | Refusal {
    if (!print) return { kind: 'none' }
    const printers = deps.printers()
    const wanted = printerId ?? store.items.find(itemId)?.printerId ?? null
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

  async function lookAround(itemId: string): Promise<DuplicateCheck> {
    await deps.seedTags()
    return checkDuplicates(deps, itemId)
  }

  const plan: Proposals['plan'] = async (itemId, wish) => {
    const obstacle = obstacleTo(store.items.find(itemId)) ?? heldBack(itemId)
    if (obstacle !== null) return refused(obstacle)
    const check = await lookAround(itemId)
    const planned = store.database.transaction(() => planNow(itemId, wish, check))()
    store.changed(itemId)
    return planned
  }

  return {
    plan,
    async propose(itemId, operator) {
      if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be recorded.')
      const obstacle = obstacleTo(store.items.find(itemId))
      if (obstacle !== null) return refused(obstacle)
      const requester = `operator:${operator}`
      const check = await lookAround(itemId)
      const filed = store.database.transaction((): { kind: 'filed'; changeId: string } | Refusal => {
        const confirmed = confirmAsShown(deps, itemId, operator)
        if (confirmed.kind === 'refused') return confirmed
        const planned = planNow(itemId, { print: true, printerId: null }, check)
        if (planned.kind === 'refused') return planned
        const filing = approvals.fileIfRoom(planned.plan, {
          server: 'netbox',
          tool: 'propose_record',
          requester,
        })
        return filing.kind === 'filed' ? { kind: 'filed', changeId: filing.change.id } : refused(filing.why)
      })()
      store.changed(itemId)
      return filed
    },
    async refresh(itemId, by) {
      const before = openChange(approvals, itemId)
      if (!before || isUpToDate(deps, before)) return
      const check = await lookAround(itemId)
      store.database.transaction(() => {
        const open = openChange(approvals, itemId)
        if (!open) return
        const wish = { print: plannedPrinter(open) !== null, printerId: null }
        const planned = planNow(itemId, wish, check)
        if (planned.kind === 'refused') approvals.cancel(open.id, planned.why, by)
        else approvals.file(planned.plan, { server: open.server, tool: open.tool, requester: open.requester })
      })()
      store.changed(itemId)
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

/** Record and photos are the same; the journal's words about evidence may differ. */
export function isAsPlanned(
  deps: DraftDeps,
  itemId: string,
  planned: { item: unknown; photos: unknown },
): boolean {
  const draft = draftRecord(deps, itemId)
  return (
    draft.kind === 'drafted' &&
    canonicalJson({ item: draft.desired, photos: draft.photos }) ===
      canonicalJson({ item: planned.item, photos: planned.photos })
  )
}

/** The explicit confirmation: what is shown for manufacturer and model becomes the operator's own word. */
function confirmAsShown(
  deps: ProposalDeps,
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
        quote: 'Confirmed as shown',
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
