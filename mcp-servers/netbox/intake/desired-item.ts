import type { Catalogue, CatalogueEntry } from '../catalogue/catalogue.ts'
import type { CustomFieldName } from '../custom-fields.ts'
import type { DesiredItem } from '../outbox/item-intent.ts'
import { placePath } from '../parts/place-path.ts'
import { fieldInSentence } from './field-words.ts'
import { isSameValue } from './gate.ts'
import type { FieldName, ScoredField } from './item.ts'
import { recordedValue } from './item-fields.ts'
import type { Item } from './items-table.ts'

export const defaultRole = 'Hardware'

export interface RecordFacts {
  item: Item
  tag: string
  fields: ScoredField[]
  site: { name: string; slug: string }
}

/** NetBox's own limits in characters (dcim models, 4.4–4.7). */
const limits: Partial<Record<FieldName, number>> = {
  manufacturer: 100,
  model: 100,
  part_number: 50,
  serial: 50,
  role: 100,
  name: 64,
}

/** The record that the fields ask for, or the sentence why there is none yet. */
export function desiredItem(
  catalogue: Catalogue,
  facts: RecordFacts,
): { kind: 'desired'; item: DesiredItem; entry: CatalogueEntry | null } | { kind: 'refused'; why: string } {
  const value = (name: FieldName) => recordedValue(facts.fields, name)
  for (const [name, limit] of Object.entries(limits)) {
    const field = facts.fields.find((candidate) => candidate.field === name)
    if (field && (value(field.field)?.length ?? 0) > limit)
      return {
        kind: 'refused',
        why: `The ${fieldInSentence(field.field)} is longer than the ${limit} characters that NetBox keeps. Shorten it first.`,
      }
  }
  const manufacturer = value('manufacturer')
  const model = value('model')
  if (manufacturer === null || model === null)
    return {
      kind: 'refused',
      why: `The ${manufacturer === null ? 'manufacturer' : 'model'} is missing. Fill it in, then propose the record.`,
    }
  const entry = entryFor(catalogue, manufacturer, model)
  const role = value('role') ?? entry?.role ?? defaultRole
  return {
    kind: 'desired',
    entry,
    item: {
      hwlabId: facts.item.id,
      assetTag: facts.tag,
      manufacturer: {
        name: entry?.manufacturer ?? manufacturer,
        slug: entry?.manufacturerSlug ?? slugOf(manufacturer),
      },
      deviceType: {
        model: entry?.model ?? model,
        slug: entry?.slug ?? slugOf(`${manufacturer}-${model}`),
        partNumber: value('part_number') ?? entry?.partNumber ?? null,
        uHeight: entry?.uHeight ?? 0,
      },
      role: { name: role, slug: slugOf(role) },
      site: facts.site,
      ...placeOf(value('location')),
      name: value('name'),
      serial: value('serial'),
      macAddress: value('mac_address'),
      status: 'inventory',
      customFields: customFieldsOf(facts, entry),
      tags: ['hwlab'],
      comments: commentsOf(facts, entry),
    },
  }
}

/** The device type of the catalogue that has this very manufacturer and model. */
export function entryFor(catalogue: Catalogue, manufacturer: string, model: string): CatalogueEntry | null {
  const match = catalogue
    .byModel(model)
    .matches.find(
      ({ entry }) => isSameValue(entry.manufacturer, manufacturer) && isSameValue(entry.model, model),
    )
  return match?.entry ?? null
}

/** NetBox allows letters, digits, `-` and `_`. A name without any of them gets a slug from its code points. */
export function slugOf(name: string): string {
  const slug = name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9_]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 100)
  if (slug !== '') return slug
  return [...name]
    .map((letter) => `u${letter.codePointAt(0)?.toString(16)}`)
    .join('-')
    .slice(0, 100)
}

function customFieldsOf(
  { item, fields }: RecordFacts,
  entry: CatalogueEntry | null,
): Record<string, unknown> {
  const values: [CustomFieldName, unknown][] = [
    ['hwlab_spec', entry?.keySpec ?? null],
    ['hwlab_fcc_id', recordedValue(fields, 'fcc_id')],
    ['hwlab_sample', item.sample ? true : null],
  ]
  return Object.fromEntries(values.filter(([, value]) => value !== null))
}

function placeOf(text: string | null): Pick<DesiredItem, 'location'> {
  const location = text === null ? [] : placePath(text)
  return location.length === 0 ? {} : { location }
}

function commentsOf({ item, fields }: RecordFacts, entry: CatalogueEntry | null): string {
  const description = recordedValue(fields, 'description')
  return [
    item.sample ? 'Recorded from the built-in sample photo of HWLab. Safe to delete.' : null,
    description === entry?.keySpec ? null : description,
  ]
    .filter((line) => line !== null)
    .join('\n\n')
}
