import { ulid } from 'ulid'
import type { Approvals } from '../../approval/approvals.ts'
import { type Refusal, refused } from '../../serving/tool.ts'
import type { Attachments } from '../attachments/attachments.ts'
import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Inventory } from '../client/inventory.ts'
import { interpretText } from '../identify/interpret-text.ts'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import { claimTag, itemOfTag } from '../tags/tags.ts'
import { quoted } from './field-words.ts'
import type { Identifier } from './identifier.ts'
import type { IntakeStore } from './intake-store.ts'
import { obstacleTo } from './record-draft.ts'
import { moveItem } from './settle-gate.ts'

export interface StartDeps {
  store: IntakeStore
  approvals: Approvals
  attachments: Attachments
  catalogue: Catalogue
  inventory: Inventory
  identifier: Identifier
  threshold: number
}

export interface IntakeWish {
  attachmentIds: string[]
  /** What the person wrote about the thing, or a bare tag. */
  note: string
  /** `client:<name>` or `operator:<name>`. */
  startedBy: string
}

export type Started = { kind: 'started'; itemId: string } | Refusal

const mostPhotos = 3
const noteLimit = 4000
const mostOpen = 1000

/** Starts an item from photos, a description or an unknown tag; what is already here is opened instead. */
export async function startIntake(deps: StartDeps, wish: IntakeWish): Promise<Started> {
  const attachmentIds = [...new Set(wish.attachmentIds)]
  const note = wish.note.trim()
  if (attachmentIds.length === 0 && note === '')
    return refused('Send a photo of the label, describe the thing, or give its tag.')
  if (note.length > noteLimit)
    return refused(
      `The description has ${note.length} characters; up to ${noteLimit} are read. Send only what is on the label.`,
    )
  const photos = checkPhotos(deps, attachmentIds)
  if (photos !== null) return refused(photos)
  const tag = tagIn(note)
  const known = tag === null ? null : await knownTag(deps, tag)
  if (known?.kind === 'started' && attachmentIds.length > 0)
    return refused(`${note} belongs to another item. Add the photos there, or use another label.`)
  if (known !== null) return known
  const again = sameOpenItem(deps.store, attachmentIds)
  if (again !== null) return { kind: 'started', itemId: again }
  if (deps.store.items.countOpen() >= mostOpen)
    return refused(`${mostOpen} drafts are open. Confirm or discard some of them first.`)
  return insertItem(deps, { ...wish, attachmentIds, note }, tag)
}

function checkPhotos({ attachments }: StartDeps, attachmentIds: string[]): string | null {
  if (attachmentIds.length > mostPhotos)
    return `Up to ${mostPhotos} photos of one thing are read together. Start one intake for each thing.`
  const unknown = attachmentIds.find((id) => attachments.find(id) === null)
  return unknown === undefined
    ? null
    : `There is no photo “${quoted(unknown, 64)}” here. Upload it first, then use the id that you get.`
}

/** A bare tag, also as the link that a label's QR code holds. */
function tagIn(note: string): string | null {
  const text = /^\S*\/a\/(HW-\d+)$/i.exec(note)?.[1] ?? note
  const number = tagNumber(text)
  return number === null ? null : tagText(number)
}

async function knownTag({ store, inventory }: StartDeps, tag: string): Promise<Started | null> {
  const owner = itemOfTag(store.database, tag)
  if (owner !== null)
    return store.items.find(owner)?.discardedAtMs === null
      ? { kind: 'started', itemId: owner }
      : refused(`${tag} was given to a draft that was put aside. Use another label.`)
  const seen = await inventory.findByTag(tag)
  if (seen.kind === 'away')
    return refused(`${seen.why} Whether ${tag} is taken is unknown, so it was not claimed. Try again later.`)
  const [record] = seen.records
  return record
    ? refused(`${tag} is in the inventory already: ${quoted(record.display, 100)}, ${record.url}`)
    : null
}

/** The open item with exactly these photos: asked twice, started once. */
function sameOpenItem(store: IntakeStore, attachmentIds: string[]): string | null {
  const [first] = attachmentIds
  if (first === undefined) return null
  const holder = store.photos.itemsWith(first).find((itemId) => {
    const held = store.photos.of(itemId).map((photo) => photo.attachmentId)
    return store.items.find(itemId)?.discardedAtMs === null && attachmentIds.every((id) => held.includes(id))
  })
  return holder ?? null
}

function insertItem(deps: StartDeps, wish: IntakeWish, tag: string | null): Started {
  const { store, approvals } = deps
  const { attachmentIds, note, startedBy } = wish
  const started = store.database.transaction((): Started => {
    const nowMs = store.clock.nowMs()
    const itemId = ulid(nowMs)
    const claimed = tag === null ? null : claimTag(store.database, itemId, tag)
    if (claimed?.kind === 'refused') return claimed
    const sample = attachmentIds.some((id) => deps.attachments.find(id)?.sample === true)
    store.items.insert({ id: itemId, note, sample, startedBy }, nowMs)
    for (const attachmentId of attachmentIds) store.photos.add(itemId, attachmentId)
    if (tag === null) addDescription(deps, itemId, note, nowMs)
    approvals.audit.append({
      who: startedBy,
      channel: 'mcp',
      what: 'intake started',
      about: itemId,
      details: { attachmentIds, tag },
    })
    return { kind: 'started', itemId }
  })()
  if (started.kind === 'started') {
    store.changed(started.itemId)
    deps.identifier.begin(started.itemId)
  }
  return started
}

/** Whoever calls the tool wrote the description, so all that it says is only said. */
function addDescription({ store, catalogue }: StartDeps, itemId: string, note: string, nowMs: number): void {
  if (note === '') return
  for (const reading of interpretText(note, catalogue))
    store.evidence.add(itemId, { ...reading, kind: 'said', source: 'description', syntax: 'plain' }, nowMs)
}

/** More photos of an open item: an open request is taken back, and the item is read again. */
export function addPhotos(
  deps: StartDeps,
  itemId: string,
  attachmentIds: string[],
  operator: string,
): { kind: 'added' } | Refusal {
  const { store, approvals } = deps
  const trouble = checkPhotos(deps, attachmentIds) ?? obstacleTo(store.items.find(itemId))
  if (trouble !== null) return refused(trouble)
  const who = `operator:${operator}`
  store.database.transaction(() => {
    for (const attachmentId of attachmentIds) store.photos.add(itemId, attachmentId)
    const open = approvals.latestForItem(itemId)
    if (open?.state === 'proposed') approvals.cancel(open.id, 'A photo was added, so it is read again.', who)
    approvals.audit.append({
      who,
      channel: 'chat-card',
      what: 'photos added',
      about: itemId,
      details: { attachmentIds },
    })
    moveItem({ ...deps, audit: approvals.audit }, itemId, 'set-back', {
      who,
      channel: 'chat-card',
      mayAdvance: true,
    })
  })()
  store.changed(itemId)
  deps.identifier.begin(itemId)
  return { kind: 'added' }
}
