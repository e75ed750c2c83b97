import { z } from 'zod'
import type { CardLine, ChangePlan, PlannedStep, StepExecutor } from '../../approval/change-request.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import { tagOfItem } from '../tags/tags.ts'
import { gate } from './gate.ts'
import type { Identifier } from './identifier.ts'
import { fieldsOf } from './item-fields.ts'
import { itemTitle } from './item-view.ts'
import type { Item } from './items-table.ts'
import type { Proposals } from './proposals.ts'
import { noSuchItem } from './record-draft.ts'
import { itemsToSetBack, type SetBackWish, setBackFilter } from './set-back-filter.ts'
import { obstacleToSetBack, type SetBackDeps, setBackItem } from './set-back-item.ts'
import { serverItself } from './settle-gate.ts'

export interface SetBackCount {
  /** "12 items: 10 in the inventory, 2 need research." */
  words: string
  count: number
}

/** Items go back to draft; in NetBox nothing changes until they are confirmed again. */
export interface SetBack {
  /** How many items the wish means. */
  preview(wish: SetBackWish): { kind: 'counted'; preview: SetBackCount } | Refusal
  /** One request for all of them; each may be left out, each has its own outcome. */
  plan(wish: SetBackWish): { kind: 'plan'; plan: ChangePlan } | Refusal

  /* For the operator's desk only; no tool leads here. */
  propose(wish: SetBackWish, operator: string): Filed
  /** One whose record is gone from the inventory: proposed to be recorded once more, as it is. */
  recordAgain(itemId: string, operator: string): Promise<Filed>
  /** One whose record is gone for good. */
  putAside(itemId: string, operator: string): void
  /** An approved item is read again: models may look at its photos as well. */
  onReadAgain(listener: ReadAgain): () => void
}

type ReadAgain = (itemId: string, attachmentIds: string[]) => void
type Filed = { kind: 'filed'; changeId: string } | Refusal

interface Deps extends SetBackDeps {
  identifier: Identifier
  proposals: Pick<Proposals, 'propose'>
  readOnly: boolean
}

const mostLookedAt = 10_000
const mostPerRequest = 100
const payloadSchema = z.object({ itemId: z.string().min(1) })

/** Registers the executor of `netbox.set_back`. */
export function openSetBack(deps: Deps): SetBack {
  const { store, approvals, identifier } = deps
  const listeners = new Set<ReadAgain>()
  approvals.register(
    setBackExecutor(deps, (itemId) => {
      store.changed(itemId)
      identifier.begin(itemId)
      const photos = store.photos.of(itemId).map(({ attachmentId }) => attachmentId)
      if (photos.length > 0) for (const listener of listeners) listener(itemId, photos)
    }),
  )
  return {
    preview(wish) {
      const found = itemsMeant(deps, wish)
      if (found.kind === 'refused') return found
      return { kind: 'counted', preview: { words: countWords(found.items), count: found.items.length } }
    },
    plan: (wish) => planSetBack(deps, wish),
    propose(wish, operator) {
      if (deps.readOnly) return refused('HWLab is in read-only mode, so nothing can be set back.')
      const planned = planSetBack(deps, wish)
      if (planned.kind === 'refused') return planned
      const requester = `operator:${operator}`
      const tool = 'propose_set_back'
      const filed = approvals.fileIfRoom(planned.plan, { server: 'netbox', tool, requester, callKey: tool })
      return filed.kind === 'filed' ? { kind: 'filed', changeId: filed.change.id } : filed
    },
    async recordAgain(itemId, operator) {
      const item = store.items.find(itemId)
      store.database.prepare('update set_backs set was_recorded = 0 where item_id = ?').run(itemId)
      if (item?.state === 'complete') {
        const mover = { who: `operator:${operator}`, channel: 'chat-card', mayAdvance: true }
        const how = { readAgain: false, why: 'It is recorded again.', mover }
        store.database.transaction(() => setBackItem(deps, item, how))()
        store.changed(itemId)
        identifier.begin(itemId)
      }
      await identifier.settled(itemId)
      return deps.proposals.propose(itemId, operator)
    },
    putAside(itemId, operator) {
      const open = approvals.latestForItem(itemId)
      if (open?.state === 'proposed')
        approvals.cancel(open.id, 'The thing was put aside.', `operator:${operator}`)
      store.items.set(itemId, 'discarded_at_ms', store.clock.nowMs(), store.clock.nowMs())
      queueMicrotask(() => store.changed(itemId))
    },
    onReadAgain(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}

function itemsMeant({ store }: Deps, wish: SetBackWish): { kind: 'items'; items: Item[] } | Refusal {
  const read = setBackFilter(wish)
  if (read.kind === 'refused') return read
  return { kind: 'items', items: itemsToSetBack({ store, most: mostLookedAt }, read.filter) }
}

function planSetBack(deps: Deps, wish: SetBackWish): { kind: 'plan'; plan: ChangePlan } | Refusal {
  const found = itemsMeant(deps, wish)
  if (found.kind === 'refused') return found
  const { items } = found
  if (items.length === 0) return refused('No item is like that, or all of them are being read or written.')
  if (items.length > mostPerRequest)
    return refused(
      `${countWords(items)} One request holds up to ${mostPerRequest}. Narrow it, for example by date.`,
    )
  return { kind: 'plan', plan: planOf(deps, items) }
}

function planOf(deps: SetBackDeps, items: readonly Item[]): ChangePlan {
  const recorded = items.filter(({ record }) => record !== null).length
  return {
    title: `Read ${items.length === 1 ? 'one item' : `${items.length} items`} again`,
    tier: 'bulk-or-destructive',
    itemId: null,
    steps: items.map((item) => stepOf(deps, item)),
    lines: [
      { label: 'In all', before: null, after: countWords(items) },
      ...items.map((item) => lineOf(deps, item)),
    ],
    warnings: [
      'What was read, said by a model or confirmed as shown is dropped and read anew. What you typed stays.',
      ...(recorded === 0
        ? []
        : [
            `${recorded === 1 ? 'The record' : `${recorded} records`} in NetBox ${recorded === 1 ? 'stays' : 'stay'} as now until you confirm again; then the same record is changed, none is made twice.`,
          ]),
    ],
  }
}

function stepOf(deps: SetBackDeps, item: Item): PlannedStep {
  return {
    kind: 'netbox.set_back',
    title: `Read ${nameOf(deps, item)} again`,
    payload: { itemId: item.id } satisfies z.infer<typeof payloadSchema>,
    waitsFor: null,
    optional: true,
  }
}

function lineOf(deps: SetBackDeps, item: Item): CardLine {
  return { label: nameOf(deps, item), before: gate[item.state].words, after: gate.draft.words }
}

function nameOf({ store }: SetBackDeps, item: Item): string {
  const title = itemTitle(item, fieldsOf(store.evidence.of(item.id)))
  const tag = tagOfItem(store.database, item.id)
  return tag === null ? title : `${tag} ${title}`
}

function countWords(items: readonly Item[]): string {
  const counts = new Map<string, number>()
  for (const { state } of items) {
    const words = gate[state].words.toLowerCase()
    counts.set(words, (counts.get(words) ?? 0) + 1)
  }
  const parts = [...counts].map(([words, count]) => `${count} ${words}`)
  if (items.length === 0) return 'No item is like that.'
  return `${items.length === 1 ? '1 item' : `${items.length} items`}: ${parts.join(', ')}.`
}

/** Carries out `netbox.set_back`: HWLab's own item, nothing in NetBox. `after`: once it is on disk. */
function setBackExecutor(deps: SetBackDeps, after: (itemId: string) => void): StepExecutor {
  const { store, approvals } = deps
  const { database } = store
  return {
    kind: 'netbox.set_back',
    async recheck(payload) {
      const why = obstacleToSetBack(store.items.find(payloadSchema.parse(payload).itemId))
      return why === null ? { kind: 'fresh' } : { kind: 'stale', why }
    },
    begin(stepId, payload) {
      const { itemId } = payloadSchema.parse(payload)
      if (!database.prepare('select 1 from set_backs where step_id = ?').get(stepId)) {
        const item = store.items.find(itemId)
        const why = obstacleToSetBack(item)
        if (!item || why !== null) throw new Error(why ?? noSuchItem)
        setBackItem(deps, item, { readAgain: true, why: 'It is read again.', mover: serverItself })
        database
          .prepare(
            'insert into set_backs (step_id, item_id, was_recorded, set_back_at_ms) values (?, ?, ?, ?)',
          )
          .run(stepId, itemId, item.record === null ? 0 : 1, store.clock.nowMs())
      }
      queueMicrotask(() => {
        approvals.finishStep(stepId, { kind: 'done', words: 'It is a draft again and is being read.' })
        after(itemId)
      })
    },
  }
}
