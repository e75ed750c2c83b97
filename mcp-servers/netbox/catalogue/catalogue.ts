import { join } from 'node:path'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'
import { compactKey, foldConfusables } from '../identify/confusables.ts'
import { type CatalogueEntry, entryColumns, entryFromRow, type StoredEntryRow } from './device-types.ts'
import { seedStarterSet } from './starter-set.ts'

export type { CatalogueEntry } from './device-types.ts'

export const catalogueTables: MigrationsOwner = {
  owner: 'catalogue',
  folder: join(import.meta.dirname, 'migrations'),
}

export interface CatalogueMatch {
  entry: CatalogueEntry
  /** 1 for the very name; less for a family word left out, confusable characters, a drive's or version's suffix. */
  score: number
  by: 'model' | 'part-number' | 'short' | 'without-suffix'
  /** Only after folding 0/O, 1/I/L, 8/B, 5/S and the like. */
  folded: boolean
}

export interface ModelMatches {
  /** Best first, at most 5. */
  matches: CatalogueMatch[]
  /** Score of the best minus that of the next device type: 0 means "one of several", its own score when alone. */
  margin: number
}

export interface Catalogue {
  /** Device types for what a person typed, best first. */
  search(text: string, limit: number): CatalogueEntry[]
  /** Device types whose model or part number is this whole text. */
  byModel(text: string): ModelMatches
  get(slug: string): CatalogueEntry | null
  count(): number
}

/** Opens the catalogue on a database with `catalogueTables`; the first opening writes the starter set. */
export function openCatalogue(database: LabDatabase): Catalogue {
  seedStarterSet(database)
  const bySlug = database.prepare<[string], StoredEntryRow>(
    `select ${entryColumns} from device_types t where t.slug = ?`,
  )
  const total = database.prepare<[], { n: number }>('select count(*) n from device_types')
  const byModel = modelFinder(database)
  return {
    search: textFinder(database, byModel),
    byModel,
    get(slug) {
      const row = bySlug.get(slug)
      return row ? entryFromRow(row) : null
    },
    count: () => total.get()?.n ?? 0,
  }
}

type KeyRow = StoredEntryRow & { kind: 'model' | 'part-number' | 'short' }

const scores = { model: 1, 'part-number': 1, short: 0.95 }
const foldedPenalty = 0.1
const suffixPenalty = 0.15
const driveRoles = new Set(['Hard disk', 'SSD', 'Memory'])

function modelFinder(database: LabDatabase): Catalogue['byModel'] {
  const select = (column: 'exact' | 'folded') =>
    database.prepare<[string], KeyRow>(`select k.kind, ${entryColumns} from device_type_keys k
      join device_types t on t.id = k.device_type_id where k.${column} = ? order by t.slug limit 20`)
  const exact = select('exact')
  const folded = select('folded')
  const whole = (text: string): CatalogueMatch[] => {
    const key = compactKey(text)
    if (key.length < 2 || key.length > 80) return []
    return [
      ...exact.all(key).map((row) => matchOf(row, false)),
      ...folded.all(foldConfusables(text)).map((row) => matchOf(row, true)),
    ]
  }
  return (text) => {
    const matches = whole(text)
    return ranked(matches.length > 0 ? matches : shortenedMatches(text, whole))
  }
}

function matchOf({ kind, ...row }: KeyRow, folded: boolean): CatalogueMatch {
  return { entry: entryFromRow(row), score: scores[kind] - (folded ? foldedPenalty : 0), by: kind, folded }
}

/**
 * A hardware version behind a name ("GS108v4") is the same type; drives and memory print a revision or a retail suffix
 * ("WD40EFRX-68N32N0", "MZ-V8P1T0BW"). Any other suffix names another type.
 */
function shortenedMatches(text: string, whole: (text: string) => CatalogueMatch[]): CatalogueMatch[] {
  const version = text.replace(/[\s-]*v(?:er\.?\s*)?\d{1,2}(?:\.\d{1,2})?$/i, '')
  const shorter =
    version.length >= 4 && version !== text
      ? whole(version)
      : driveNames(text).flatMap((name) => driveMatches(name, whole))
  return shorter.map((match) => ({
    ...match,
    score: match.score - suffixPenalty,
    by: 'without-suffix' as const,
  }))
}

/** The text without its last part, and without its last one to three characters. */
function driveNames(text: string): string[] {
  const cut = text.search(/[-/ ][^-/ ]*$/)
  const parts = cut >= 6 ? [text.slice(0, cut)] : []
  return text.length >= 10 ? [...parts, ...[1, 2, 3].map((count) => text.slice(0, -count))] : parts
}

function driveMatches(name: string, whole: (text: string) => CatalogueMatch[]): CatalogueMatch[] {
  return whole(name).filter(({ entry }) => entry.role !== null && driveRoles.has(entry.role))
}

function ranked(matches: CatalogueMatch[]): ModelMatches {
  const best = new Map<string, CatalogueMatch>()
  for (const match of [...matches].sort((one, other) => other.score - one.score))
    if (!best.has(match.entry.slug)) best.set(match.entry.slug, match)
  const top = [...best.values()].slice(0, 5)
  return { matches: top, margin: (top[0]?.score ?? 0) - (top[1]?.score ?? 0) }
}

function textFinder(database: LabDatabase, byModel: Catalogue['byModel']): Catalogue['search'] {
  const find = database.prepare<[string, number], StoredEntryRow>(
    `select ${entryColumns} from (
        select rowid, rank from device_type_search
        where device_type_search match ? and rank match 'bm25(1.0, 2.0)' order by rank limit ?
      ) s join device_types t on t.id = s.rowid order by s.rank, length(t.model), t.slug`,
  )
  return (text, limit) => {
    const bounded = text.slice(0, 200)
    const atMost = Math.max(1, Math.min(limit, 100))
    const words = (bounded.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []).slice(0, 8)
    if (words.length === 0) return []
    const found = find.all(everyWord(words, compactKey(bounded)), atMost)
    const any = anyWord(words)
    const rows = found.length > 0 || any === null ? found : find.all(any, atMost)
    const named = byModel(bounded).matches.map(({ entry }) => entry)
    const entries = new Map([...named, ...rows.map(entryFromRow)].map((entry) => [entry.slug, entry]))
    return [...entries.values()].slice(0, atMost)
  }
}

/** All words by their beginnings, or the whole text as the beginning of a joined name. */
function everyWord(words: string[], joined: string): string {
  const every = words.map((word) => `words : "${word}"*`).join(' AND ')
  return joined ? `(${every}) OR keys : "${joined}"*` : every
}

function anyWord(words: string[]): string | null {
  const long = words.filter((word) => word.length >= 3)
  return long.length > 0 ? long.map((word) => `words : "${word}"*`).join(' OR ') : null
}
