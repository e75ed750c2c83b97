import type { LabDatabase } from '../../serving/database.ts'
import { modelKeys, searchColumns } from './model-keys.ts'

/** A kind of thing that can be bought: NetBox's device type, with what a label and a record need. */
export interface CatalogueEntry {
  manufacturer: string
  manufacturerSlug: string
  model: string
  slug: string
  partNumber: string | null
  /** Rack units; 0 for what does not go into a rack. */
  uHeight: number
  isFullDepth: boolean
  /** In a person's words: "Switch", "Access point". */
  role: string | null
  /** One line for a label: "16 × 1G, 8 PoE+, 45 W". */
  keySpec: string | null
  /** Where the facts are from, in words. */
  source: string
}

type EntryOrigin = 'starter' | 'imported'

interface EntryRow {
  manufacturer: string
  manufacturer_slug: string
  model: string
  slug: string
  part_number: string | null
  u_height: number
  is_full_depth: number
  role: string | null
  key_spec: string | null
  source: string
}

export const entryColumns = `t.manufacturer, t.manufacturer_slug, t.model, t.slug, t.part_number, t.u_height,
  t.is_full_depth, t.role, t.key_spec, t.source`

export function entryFromRow(row: EntryRow): CatalogueEntry {
  return {
    manufacturer: row.manufacturer,
    manufacturerSlug: row.manufacturer_slug,
    model: row.model,
    slug: row.slug,
    partNumber: row.part_number,
    uHeight: row.u_height,
    isFullDepth: row.is_full_depth === 1,
    role: row.role,
    keySpec: row.key_spec,
    source: row.source,
  }
}

export type StoredEntryRow = EntryRow

/**
 * Writes device types with their keys and search words; call it inside a transaction. An imported row replaces a starter
 * row and keeps its role and key specification, which the community library does not have; a starter row never
 * overwrites an imported one.
 */
export function deviceTypeWriter(
  database: LabDatabase,
): (entry: CatalogueEntry, origin: EntryOrigin) => 'added' | 'updated' | 'kept' {
  const find = database.prepare<[string], EntryRow & { id: number; origin: EntryOrigin }>(
    `select t.id, t.origin, ${entryColumns} from device_types t where t.slug = ?`,
  )
  const insert = database.prepare<[Record<string, unknown>]>(`insert into device_types
    (slug, manufacturer, manufacturer_slug, model, part_number, u_height, is_full_depth, role, key_spec, source, origin)
    values (@slug, @manufacturer, @manufacturerSlug, @model, @partNumber, @uHeight, @isFullDepth, @role, @keySpec,
      @source, @origin)`)
  const update = database.prepare<
    [Record<string, unknown>]
  >(`update device_types set manufacturer = @manufacturer,
    manufacturer_slug = @manufacturerSlug, model = @model, part_number = @partNumber, u_height = @uHeight,
    is_full_depth = @isFullDepth, role = @role, key_spec = @keySpec, source = @source, origin = @origin
    where slug = @slug`)
  const dropKeys = database.prepare<[number]>('delete from device_type_keys where device_type_id = ?')
  const dropSearch = database.prepare<[number]>('delete from device_type_search where rowid = ?')
  const addKey = database.prepare<[number, string, string, string]>(
    'insert into device_type_keys (device_type_id, kind, exact, folded) values (?, ?, ?, ?)',
  )
  const addSearch = database.prepare<[number, string, string]>(
    'insert into device_type_search (rowid, words, keys) values (?, ?, ?)',
  )
  const writeSearch = (id: number, entry: CatalogueEntry) => {
    for (const key of modelKeys(entry)) addKey.run(id, key.kind, key.exact, key.folded)
    const { words, keys } = searchColumns(entry)
    addSearch.run(id, words, keys)
  }
  return (entry, origin) => {
    const before = find.get(entry.slug)
    if (!before) {
      const added = insert.run({ ...entry, isFullDepth: entry.isFullDepth ? 1 : 0, origin })
      writeSearch(Number(added.lastInsertRowid), entry)
      return 'added'
    }
    if (origin === 'starter' && before.origin === 'imported') return 'kept'
    const merged = {
      ...entry,
      role: entry.role ?? before.role,
      keySpec: entry.keySpec ?? before.key_spec,
      partNumber: entry.partNumber ?? before.part_number,
    }
    const { id, origin: originBefore, ...rowBefore } = before
    if (originBefore === origin && sameEntry(merged, entryFromRow(rowBefore))) return 'kept'
    update.run({ ...merged, isFullDepth: merged.isFullDepth ? 1 : 0, origin })
    dropKeys.run(id)
    dropSearch.run(id)
    writeSearch(id, merged)
    return 'updated'
  }
}

function sameEntry(one: CatalogueEntry, other: CatalogueEntry): boolean {
  return JSON.stringify(Object.entries(one).sort()) === JSON.stringify(Object.entries(other).sort())
}
