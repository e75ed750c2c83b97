import type { Approvals } from '../../approval/approvals.ts'
import type { Fault } from '../../serving/open-call.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Attachments } from '../attachments/attachments.ts'
import { type ProposedAll, proposeAll } from '../bulk/propose-all.ts'
import { openWaitingTogether } from '../bulk/waiting-together.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Inventory } from '../client/inventory.ts'
import type { Outbox } from '../outbox/open-outbox.ts'
import type { PhotoReader } from '../photo/photo-reading.ts'
import { itemOfTag } from '../tags/tags.ts'
import { addSaid, type Correction, correctAsOperator, type ModelReading } from './corrections.ts'
import { createItemExecutor, settleOperation } from './create-item-executor.ts'
import { openIdentifier } from './identifier.ts'
import type { IntakeStore } from './intake-store.ts'
import { type ItemCard, itemCard, type ViewDeps } from './item-view.ts'
import type { Item } from './items-table.ts'
import { offeredRoles } from './offered-roles.ts'
import type { Printer } from './plan-record.ts'
import { openProposals, type Proposals } from './proposals.ts'
import { obstacleTo } from './record-draft.ts'
import { openSetBack, type SetBack } from './set-back.ts'
import { type DeviceWish, startFromDevice } from './start-from-device.ts'
import { addPhotos, type IntakeWish, type Started, startIntake } from './start-intake.ts'
import { openTagLookup, type TagLookup } from './tag-lookup.ts'

export interface IntakeDeps {
  store: IntakeStore
  approvals: Approvals
  attachments: Attachments
  catalogue: Catalogue
  inventory: Inventory
  outbox: Outbox
  photoReader: PhotoReader
  /** 0 to 1: what manufacturer and model must reach on hard evidence. */
  threshold: number
  site: { name: string; slug: string }
  readOnly: boolean
  publicUrl(): string
  printers(): Printer[]
  seedTags(): Promise<void>
  onFault?: ((fault: Fault) => void) | undefined
}

/** Everything about items: for the tools of any client, and for the signed-in operator. */
export interface Intake extends TagLookup {
  start(wish: IntakeWish): Promise<Started>
  /** Resolves when the item is not being read any more. */
  settled(itemId: string, onStage?: (words: string) => void): Promise<void>
  card(itemId: string): ItemCard | null
  cardByTag(tag: string): ItemCard | null
  /** Newest first, without discarded ones. */
  cards(limit: number): ItemCard[]
  search(text: string, limit: number): ItemCard[]
  /** A model's or client's word: never advances the gate. */
  addSaid(said: ModelReading): Promise<{ kind: 'taken'; fields: number } | Refusal>
  plan: Proposals['plan']
  setBack: SetBack

  /* For the operator's desk only; no tool leads here. */
  propose: Proposals['propose']
  /** One request for all of them that the gate lets through, with or without labels. */
  proposeAll(
    wish: { itemIds: string[]; print: boolean },
    operator: string,
  ): Promise<{ kind: 'filed'; proposed: ProposedAll } | Refusal>
  correct(correction: Correction, operator: string): Promise<{ kind: 'taken' } | Refusal>
  /** From what a device said of itself, over its console or its USB descriptor. */
  startFromDevice(wish: DeviceWish): Started
  addPhotos(itemId: string, attachmentIds: string[], operator: string): { kind: 'added' } | Refusal
  discard(itemId: string, operator: string): { kind: 'discarded' } | Refusal
  choosePrinter(itemId: string, printerId: string, operator: string): Promise<{ kind: 'chosen' } | Refusal>
  /** The conversation in which the card is drawn. */
  linkConversation(itemId: string, conversationId: string): void
  onChange(listener: (itemId: string) => void): () => void
  /** Takes up what a crash left half-read. */
  resume(): void
  close(): Promise<void>
}

/** Registers the executor of `netbox.create_item` and listens to the outbox; call `resume` once afterwards. */
export function openIntake(deps: IntakeDeps): Intake {
  const { store, approvals } = deps
  const audit = approvals.audit
  const identifier = openIdentifier({ ...deps, audit })
  const proposals = openProposals(deps)
  const together = openWaitingTogether(approvals)
  const draw = rememberedCards({ ...deps, roles: offeredRoles, together })
  const starting = { ...deps, identifier }
  const setBack = openSetBack({ ...deps, identifier, proposals })
  approvals.register(createItemExecutor(deps))
  const stopOutbox = deps.outbox.onSettled((settled) => settleOperation(deps, settled))
  const stopApprovals = approvals.onChange((change) => {
    const affected = change.itemId === null ? together.changed(change) : [change.itemId]
    for (const itemId of affected) store.changed(itemId)
  })
  const nameOf = (itemId: string): string | null => {
    const item = store.items.find(itemId)
    const card = item && draw(item)
    return card && [card.tag, card.title].filter((word) => word !== null).join(' ')
  }

  return {
    ...openTagLookup(deps),
    start: (wish) => startIntake(starting, wish),
    settled: identifier.settled,
    card(itemId) {
      const item = store.items.find(itemId)
      return item && draw(item)
    },
    cardByTag(tag) {
      const owner = itemOfTag(store.database, tag)
      const item = owner === null ? null : store.items.find(owner)
      return item && draw(item)
    },
    cards: (limit) => store.items.list(limit).map(draw),
    search: (text, limit) => store.items.search(text, limit).map(draw),
    async addSaid(said) {
      const taken = addSaid(deps, said)
      if (taken.kind === 'taken') await proposals.refresh(said.itemId, `client:${said.client}`)
      return taken
    },
    plan: proposals.plan,
    setBack,
    propose: proposals.propose,
    proposeAll: ({ itemIds, print }, operator) =>
      proposeAll(
        {
          ...{ approvals, nameOf, readOnly: deps.readOnly },
          plan: (itemId) => proposals.plan(itemId, { print, printerId: null }),
          transaction: (work) => store.database.transaction(work)(),
          onFault: (cause) => deps.onFault?.({ tool: 'propose_all', cause }),
        },
        itemIds,
        operator,
      ),
    async correct(correction, operator) {
      const taken = correctAsOperator(deps, correction, operator)
      if (taken.kind === 'taken') await proposals.refresh(correction.itemId, `operator:${operator}`)
      return taken
    },
    startFromDevice: (wish) => startFromDevice(starting, wish),
    addPhotos: (itemId, attachmentIds, operator) => addPhotos(starting, itemId, attachmentIds, operator),
    discard: (itemId, operator) => discard(deps, itemId, operator),
    async choosePrinter(itemId, printerId, operator) {
      const obstacle = obstacleTo(store.items.find(itemId))
      if (obstacle !== null) return refused(obstacle)
      if (!deps.printers().some((printer) => printer.id === printerId))
        return refused('That printer is not there any more. Choose another one.')
      store.items.set(itemId, 'printer_id', printerId, store.clock.nowMs())
      await proposals.refresh(itemId, `operator:${operator}`)
      store.changed(itemId)
      return { kind: 'chosen' }
    },
    linkConversation(itemId, conversationId) {
      store.items.set(itemId, 'conversation_id', conversationId, store.clock.nowMs())
      store.changed(itemId)
    },
    onChange: store.onChange,
    resume() {
      identifier.resume()
      proposals.resume().catch((cause: unknown) => deps.onFault?.({ tool: 'propose_record', cause }))
    },
    async close() {
      stopOutbox()
      stopApprovals()
      await identifier.close()
    },
  }
}

const mostRemembered = 300

/** Draws a card once until its item changes; the tray is sent whole, many times a second while things are read. */
function rememberedCards(deps: ViewDeps): (item: Item) => ItemCard {
  const cards = new Map<string, ItemCard>()
  deps.store.onChange((itemId) => cards.delete(itemId))
  return (item) => {
    const known = cards.get(item.id)
    if (known) return known
    if (cards.size >= mostRemembered) cards.clear()
    const card = itemCard(deps, item)
    cards.set(item.id, card)
    return card
  }
}

function discard(
  { store, approvals }: IntakeDeps,
  itemId: string,
  operator: string,
): { kind: 'discarded' } | Refusal {
  const obstacle = obstacleTo(store.items.find(itemId))
  if (obstacle !== null) return refused(obstacle)
  const who = `operator:${operator}`
  store.database.transaction(() => {
    const open = approvals.latestForItem(itemId)
    if (open?.state === 'proposed') approvals.cancel(open.id, 'The draft was put aside.', who)
    store.items.set(itemId, 'discarded_at_ms', store.clock.nowMs(), store.clock.nowMs())
    approvals.audit.append({
      who,
      channel: 'chat-card',
      what: 'draft put aside',
      about: itemId,
      details: {},
    })
  })()
  store.changed(itemId)
  return { kind: 'discarded' }
}
