import type { LabDatabase } from '../../serving/database.ts'
import type { Failure } from '../client/failure.ts'
import type { Inventory } from '../client/inventory.ts'
import type { RecordKind, RecordSeen } from '../client/record-seen.ts'
import { tagNumber } from '../tags/tag-text.ts'
import { hasGivenTags, itemOfTag } from '../tags/tags.ts'
import { deletions, lastChange } from './change-log.ts'
import type { MarksTable } from './marks-table.ts'
import { microsOf, timeOf } from './netbox-time.ts'
import { readRecords } from './read-records.ts'
import type { RecordsTable } from './records-table.ts'
import type { StrangersTable } from './strangers-table.ts'

export interface LookDeps {
  database: LabDatabase
  inventory: Inventory
  records: RecordsTable
  strangers: StrangersTable
  marks: MarksTable
}

/** A change may be stamped before, and become visible after, one that was read already. */
const overlapMicros = 120_000_000
const anyTag = '^HW-[0-9]{5,9}$'
const mostAskedAbout = 25

type Looked = { kind: 'looked' } | Failure
const done: Looked = { kind: 'looked' }

/**
 * Reads what changed in NetBox since the last time, by NetBox's own clock; or everything that carries a tag, which also
 * finds what was deleted without a trace. How far it came is kept only when a kind was read to its end.
 */
export async function lookForDrift(
  deps: LookDeps,
  scope: 'changes' | 'everything',
  signal: AbortSignal,
): Promise<Looked | { kind: 'away'; why: string }> {
  const { inventory, records } = deps
  if (!hasGivenTags(deps.database)) return done
  const reads = records.count() === 0 || scope === 'everything' ? readTagged : readChanged
  const has = await inventory.features()
  if (has.kind === 'away') return has
  const kinds: RecordKind[] = [
    'device',
    'module',
    ...(has.features.assets ? (['asset'] as const) : []),
    'cable',
  ]
  for (const kind of kinds) {
    const read = await reads(deps, kind, signal)
    if (read.kind === 'failed') return read
    const noted = await noteDeletions(deps, kind, signal)
    if (noted.kind === 'failed' && noted.cause !== 'denied') return noted
  }
  const followed = await followMoved(deps, signal)
  if (followed.kind === 'failed') return followed
  const asked = await askWhoChanged(deps, signal)
  return asked.kind === 'failed' && asked.cause !== 'denied' ? asked : done
}

async function readChanged(deps: LookDeps, kind: RecordKind, signal: AbortSignal): Promise<Looked> {
  const { inventory, marks } = deps
  let newest = sinceMicros(deps, `changed:${kind}`)
  const filters = { last_updated__gte: timeOf(newest - overlapMicros) }
  for await (const page of readRecords(inventory.rest, kind, filters, signal)) {
    if (page.kind === 'failed') return page
    take(deps, page.records)
    for (const { lastUpdated } of page.records)
      if (lastUpdated !== null) newest = Math.max(newest, microsOf(lastUpdated) ?? 0)
  }
  marks.set(`changed:${kind}`, newest)
  return done
}

async function readTagged(deps: LookDeps, kind: RecordKind, signal: AbortSignal): Promise<Looked> {
  const { inventory, records, strangers } = deps
  const unseen = new Set(records.idsOf(kind))
  const unseenStrangers = new Set(strangers.idsOf(kind))
  const filters = kind === 'cable' ? { label__regex: anyTag } : { asset_tag__regex: anyTag }
  for await (const page of readRecords(inventory.rest, kind, filters, signal)) {
    if (page.kind === 'failed') return page
    take(deps, page.records)
    for (const { id } of page.records) {
      unseen.delete(id)
      unseenStrangers.delete(id)
    }
  }
  for (const id of unseenStrangers) strangers.remove(kind, id)
  for (const id of unseen) {
    const read = await readOne(deps, kind, id, signal)
    if (read.kind === 'failed') return read
  }
  return done
}

/** One watched record by its id: it may have lost its tag, or be gone. */
async function readOne(
  deps: LookDeps,
  kind: RecordKind,
  id: number,
  signal: AbortSignal,
): Promise<{ kind: 'read'; record: RecordSeen | null } | Failure> {
  for await (const page of readRecords(deps.inventory.rest, kind, { id }, signal)) {
    if (page.kind === 'failed') return page
    const record = page.records.find((one) => one.id === id)
    if (!record) continue
    take(deps, [record])
    return { kind: 'read', record }
  }
  deps.records.gone(kind, id)
  return { kind: 'read', record: null }
}

/** Where NetBox lets HWLab read its change log, deletions are known without looking for every record. */
async function noteDeletions(deps: LookDeps, kind: RecordKind, signal: AbortSignal): Promise<Looked> {
  const { inventory, records, strangers, marks } = deps
  const mark = `deleted:${kind}` as const
  const since = sinceMicros(deps, mark)
  const told = await deletions(inventory.rest, kind, timeOf(since - overlapMicros), signal)
  if (told.kind === 'failed') return told
  for (const { recordId, change } of told.deletions) {
    strangers.remove(kind, recordId)
    const watched = records.find(kind, recordId)
    if (!watched) continue
    records.gone(kind, recordId)
    records.told(watched.id, change)
  }
  marks.set(mark, Math.max(since, told.newestMicros ?? 0))
  return done
}

/** Before the first look, what HWLab wrote first is the beginning. */
function sinceMicros({ marks, records }: LookDeps, mark: Parameters<MarksTable['get']>[0]): number {
  return marks.get(mark) ?? records.oldestMicros() ?? 0
}

function take({ database, records, strangers }: LookDeps, seen: readonly RecordSeen[]): void {
  database.transaction(() => {
    for (const record of seen) {
      if (records.find(record.kind, record.id)) records.looked(record)
      else if (isOfItem(database, records, record)) records.wrote(record, 'everything')
      else if (isLikeOurs(records, record)) strangers.put(record)
      else strangers.remove(record.kind, record.id)
    }
  })()
}

/** It carries an item's tag and its id, and is met for the first time: from now on it is watched. */
function isOfItem(database: LabDatabase, records: RecordsTable, { assetTag, hwlabId }: RecordSeen): boolean {
  if (assetTag === null || hwlabId === null || itemOfTag(database, assetTag) !== hwlabId) return false
  return records.byHwlabId(hwlabId) === null
}

function isLikeOurs(records: RecordsTable, { assetTag, hwlabId }: RecordSeen): boolean {
  if (assetTag !== null && tagNumber(assetTag) !== null) return true
  return hwlabId !== null && records.byHwlabId(hwlabId) !== null
}

/** A thing whose record is gone and whose id is on another record was moved in NetBox. */
async function followMoved(deps: LookDeps, signal: AbortSignal): Promise<Looked> {
  const { records, strangers } = deps
  for (const stranger of strangers.all()) {
    const before = stranger.hwlabId === null ? null : records.byHwlabId(stranger.hwlabId)
    if (!before) continue
    if (!before.isGone) {
      // Without the tag it is what HWLab itself left where the thing was before.
      if (stranger.tag === null) continue
      const old = await readOne(deps, before.kind, before.recordId, signal)
      if (old.kind === 'failed') return old
      if (old.record !== null) continue
    }
    for await (const page of readRecords(
      deps.inventory.rest,
      stranger.kind,
      { id: stranger.recordId },
      signal,
    )) {
      if (page.kind === 'failed') return page
      const now = page.records.find(({ id }) => id === stranger.recordId)
      if (now?.hwlabId !== stranger.hwlabId) continue
      records.moved(before.id, now)
      strangers.remove(stranger.kind, stranger.recordId)
    }
  }
  return done
}

async function askWhoChanged({ inventory, records }: LookDeps, signal: AbortSignal): Promise<Looked> {
  const unknown = records.found().filter(({ change, now }) => change === null && now !== null)
  for (const { id, kind, recordId, seen } of unknown.slice(0, mostAskedAbout)) {
    const sinceTime = timeOf(seen.lastUpdated === null ? 0 : (microsOf(seen.lastUpdated) ?? 0))
    const told = await lastChange(inventory.rest, { kind, recordId, sinceTime }, signal)
    if (told.kind === 'failed') return told
    records.told(id, told.change ?? { by: '', at: '', message: '' })
  }
  return done
}
