import type { Inventory, Looked } from '../client/inventory.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import { itemOfTag, tagOfItem } from '../tags/tags.ts'
import { fieldInSentence, quoted } from './field-words.ts'
import { isSameValue } from './gate.ts'
import type { IntakeStore } from './intake-store.ts'
import type { FieldName, ScoredField } from './item.ts'
import type { Duplicate } from './item-duplicates-table.ts'
import { fieldsOf, recordedValue } from './item-fields.ts'
import type { Item } from './items-table.ts'

export type DuplicateCheck =
  | { kind: 'checked'; duplicates: Duplicate[] }
  /** The drafts were compared, the inventory did not answer. */
  | { kind: 'unchecked'; why: string; duplicates: Duplicate[] }

interface Deps {
  store: IntakeStore
  inventory: Inventory
}

const lookAlikeLimit = 3

/**
 * "Do I own this already?" by serial, MAC and tag, then by model for look-alikes. Deterministic, after the reading; an
 * item is never a duplicate of itself.
 */
export async function checkDuplicates(deps: Deps, itemId: string): Promise<DuplicateCheck> {
  const fields = fieldsOf(deps.store.evidence.of(itemId))
  const found: Duplicate[] = draftsLike(deps.store, itemId, fields)
  for (const { field, look } of certainLooks(deps.inventory)) {
    const value = recordedValue(fields, field)
    if (value === null) continue
    const answer = await look(value)
    if (answer.kind === 'away') return { kind: 'unchecked', why: answer.why, duplicates: found }
    found.push(...strangers(answer.records, itemId).map((record) => sameRecord(record, field, value)))
  }
  const alike = await lookAlikes(deps, itemId, fields)
  if (alike.kind === 'away') return { kind: 'unchecked', why: alike.why, duplicates: found }
  found.push(...strangers(alike.records, itemId).map(alikeRecord))
  return { kind: 'checked', duplicates: onePerThing(found) }
}

function certainLooks(inventory: Inventory): { field: FieldName; look(value: string): Promise<Looked> }[] {
  return [
    { field: 'serial', look: (value) => inventory.findBySerial(value) },
    { field: 'mac_address', look: (value) => inventory.findByMac(value) },
    { field: 'asset_tag', look: (value) => inventory.findByTag(value) },
  ]
}

function strangers(records: RecordSeen[], itemId: string): RecordSeen[] {
  return records.filter((record) => record.hwlabId !== itemId)
}

function sameRecord(record: RecordSeen, field: FieldName, value: string): Duplicate {
  const name = record.assetTag ?? quoted(record.display)
  return {
    words: `${name} in the inventory has the same ${fieldInSentence(field)} (${quoted(value, 40)}).`,
    tag: record.assetTag,
    url: record.url,
    certain: true,
  }
}

function alikeRecord(record: RecordSeen): Duplicate {
  const name = record.assetTag ?? quoted(record.display)
  return {
    words: `${name} in the inventory is the same model${record.serial ? ` (serial ${quoted(record.serial, 40)})` : ''}.`,
    tag: record.assetTag,
    url: record.url,
    certain: false,
  }
}

async function lookAlikes({ inventory }: Deps, itemId: string, fields: ScoredField[]): Promise<Looked> {
  const model = recordedValue(fields, 'model')
  if (model === null) return { kind: 'looked', records: [] }
  const answer = await inventory.search(model, 20)
  if (answer.kind === 'away') return answer
  const same = strangers(answer.records, itemId).filter((record) => isSameValue(record.model, model))
  return { kind: 'looked', records: same.slice(0, lookAlikeLimit) }
}

/**
 * Another item of HWLab with the same serial or MAC, or the owner of the tag. Of two open drafts only the younger is the
 * duplicate, so that the older one can go on.
 */
function draftsLike(store: IntakeStore, itemId: string, fields: ScoredField[]): Duplicate[] {
  const byField = (['serial', 'mac_address'] as const).flatMap((field) => {
    const value = recordedValue(fields, field)
    if (value === null) return []
    return store.evidence
      .itemsWith(field, value)
      .map((id) => store.items.find(id))
      .filter((item) => item !== null)
      .filter((item) => isElder(item, itemId))
      .filter((item) => recordedValue(fieldsOf(store.evidence.of(item.id)), field) === value)
      .map((item) => sameItem(store, item, field))
  })
  const tag = recordedValue(fields, 'asset_tag')
  const owner = tag === null ? null : itemOfTag(store.database, tag)
  const ownerItem = owner === null || owner === itemId ? null : store.items.find(owner)
  return ownerItem ? [...byField, sameItem(store, ownerItem, 'asset_tag')] : byField
}

function isElder(item: Item, itemId: string): boolean {
  if (item.id === itemId || item.discardedAtMs !== null) return false
  return item.state === 'complete' || item.operationKey !== null || item.id < itemId
}

function sameItem(store: IntakeStore, item: Item, field: FieldName): Duplicate {
  const tag = tagOfItem(store.database, item.id)
  const where =
    item.discardedAtMs !== null
      ? 'on a draft that was put aside'
      : item.state === 'complete'
        ? 'in the inventory'
        : 'among your drafts'
  return {
    words: `${tag ?? 'Another item'} ${where} has the same ${fieldInSentence(field)}.`,
    tag,
    url: item.record?.url ?? null,
    certain: true,
  }
}

function onePerThing(duplicates: Duplicate[]): Duplicate[] {
  const seen = new Set<string>()
  return duplicates.filter((duplicate) => {
    const key = duplicate.tag ?? duplicate.words
    const isNew = !seen.has(key)
    seen.add(key)
    return isNew
  })
}
