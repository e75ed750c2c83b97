import type { Catalogue } from '../catalogue/catalogue.ts'
import type { Inventory } from '../client/inventory.ts'
import { tagNumber, tagText } from '../tags/tag-text.ts'
import { itemOfTag, tagOfItem } from '../tags/tags.ts'
import { entryFor } from './desired-item.ts'
import { quoted } from './field-words.ts'
import type { IntakeStore } from './intake-store.ts'
import { fieldsOf, recordedValue } from './item-fields.ts'
import { itemTitle } from './item-view.ts'
import type { Item } from './items-table.ts'

interface Deps {
  store: IntakeStore
  inventory: Inventory
  catalogue: Catalogue
  /** Where a phone reaches HWLab, without a slash at the end. */
  publicUrl(): string
}

/** What a label says. */
export interface LabelFacts {
  tag: string
  name: string
  specLine: string
  url: string
  sample: boolean
}

export type TagRecord =
  | { kind: 'confirmed'; facts: LabelFacts }
  | { kind: 'waiting'; why: string }
  | { kind: 'unknown' }

export type TagTarget =
  | { kind: 'record'; url: string; title: string }
  | { kind: 'item'; itemId: string }
  | { kind: 'unknown' }
  | { kind: 'not-a-tag' }

export interface TagLookup {
  /** What the label of an item will say; null before it has a tag. */
  labelFacts(itemId: string): LabelFacts | null
  /** For printing: only a record that was read back is confirmed. */
  record(tag: string): Promise<TagRecord>
  /** Where `/a/<tag>` leads. */
  resolve(tag: string): Promise<TagTarget>
}

export function openTagLookup(deps: Deps): TagLookup {
  const { store, inventory } = deps
  const labelOf = (item: Item): LabelFacts | null => {
    const tag = tagOfItem(store.database, item.id)
    if (tag === null) return null
    const fields = fieldsOf(store.evidence.of(item.id))
    return {
      tag,
      name: itemTitle(item, fields),
      specLine: specLine(deps, item),
      url: `${deps.publicUrl()}/a/${tag}`,
      sample: item.sample,
    }
  }
  const itemHolding = (tag: string): Item | null => {
    const owner = itemOfTag(store.database, tag)
    return owner === null ? null : store.items.find(owner)
  }
  return {
    labelFacts(itemId) {
      const item = store.items.find(itemId)
      return item && labelOf(item)
    },
    async record(text) {
      const number = tagNumber(text)
      if (number === null) return { kind: 'unknown' }
      const tag = tagText(number)
      const item = itemHolding(tag)
      if (item?.state === 'complete') {
        const facts = labelOf(item)
        return facts ? { kind: 'confirmed', facts } : { kind: 'unknown' }
      }
      if (item) return { kind: 'waiting', why: waitingWords(tag, item) }
      const seen = await inventory.findByTag(tag)
      if (seen.kind === 'away') return { kind: 'waiting', why: seen.why }
      const [record] = seen.records
      if (!record) return { kind: 'unknown' }
      const facts = {
        tag,
        name: quoted(`${record.manufacturer} ${record.model}`, 80),
        specLine: record.serial ? `S/N ${quoted(record.serial)}` : '',
        url: `${deps.publicUrl()}/a/${tag}`,
        sample: false,
      }
      return { kind: 'confirmed', facts }
    },
    async resolve(text) {
      const number = tagNumber(text)
      if (number === null) return { kind: 'not-a-tag' }
      const tag = tagText(number)
      const item = itemHolding(tag)
      const url = item?.record?.url
      if (item && url !== undefined && /^https?:/.test(url))
        return { kind: 'record', url, title: item.record?.name ?? tag }
      if (item) return { kind: 'item', itemId: item.id }
      const seen = await inventory.findByTag(tag)
      const record = seen.kind === 'looked' ? seen.records[0] : undefined
      return record && /^https?:/.test(record.url)
        ? { kind: 'record', url: record.url, title: record.display }
        : { kind: 'unknown' }
    },
  }
}

function waitingWords(tag: string, item: Item): string {
  if (item.discardedAtMs !== null)
    return `${tag} was given to a draft that was put aside; there is no record.`
  return item.operationKey === null
    ? `${tag} is not recorded yet. Confirm the record first; the label prints after that.`
    : `${tag} is being written. The label prints when the record has been read back.`
}

function specLine({ store, catalogue }: Deps, item: Item): string {
  const fields = fieldsOf(store.evidence.of(item.id))
  const [manufacturer, model, serial] = (['manufacturer', 'model', 'serial'] as const).map((name) =>
    recordedValue(fields, name),
  )
  const entry = manufacturer && model ? entryFor(catalogue, manufacturer, model) : null
  if (entry?.keySpec) return entry.keySpec
  return serial ? `S/N ${quoted(serial)}` : ''
}
