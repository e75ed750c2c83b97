import type { LabDatabase } from '../../serving/database.ts'
import { type RecordKind, type RecordSeen, recordSeenSchema } from '../client/record-seen.ts'
import { fieldDrifts, knownAfter } from './managed-fields.ts'
import { microsOf } from './netbox-time.ts'

/** Who changed it in NetBox, as NetBox's change log says; empty texts: the log does not tell. */
export interface Change {
  by: string
  /** ISO 8601. */
  at: string
  message: string
}

/** A record that HWLab wrote. */
export interface Watched {
  id: number
  kind: RecordKind
  recordId: number
  hwlabId: string | null
  /** The tag that HWLab recorded. */
  tag: string | null
  seen: RecordSeen
  /** null: as it was last seen. */
  now: RecordSeen | null
  isGone: boolean
  change: Change | null
}

interface Row {
  id: number
  kind: RecordKind
  record_id: number
  hwlab_id: string | null
  tag: string | null
  seen: string
  now: string | null
  looked_micros: number
  gone: number
  changed_by: string | null
  changed_at: string | null
  change_message: string | null
}

export interface RecordsTable {
  /** HWLab wrote these fields of it and read all of it back. */
  wrote(record: RecordSeen, written: 'everything' | ReadonlySet<string>): void
  /** NetBox shows it so; an answer that is older than the last one changes nothing. */
  looked(record: RecordSeen): void
  gone(kind: RecordKind, recordId: number): void
  /** The same thing is another record now: what HWLab knew of it is compared with that one. */
  moved(id: number, to: RecordSeen): void
  accept(id: number, seen: RecordSeen): void
  told(id: number, change: Change): void
  forget(id: number): void
  /** HWLab itself took it out of NetBox. */
  removed(kind: RecordKind, hwlabId: string): void
  get(id: number): Watched | null
  find(kind: RecordKind, recordId: number): Watched | null
  byHwlabId(hwlabId: string): Watched | null
  /** Ids of everything watched of a kind. */
  idsOf(kind: RecordKind): number[]
  /** What is gone or says something else. */
  found(): Watched[]
  count(): number
  /** NetBox's time of the oldest state that HWLab knows, in microseconds; null: nothing is watched. */
  oldestMicros(): number | null
}

export function recordsTable(database: LabDatabase): RecordsTable {
  const one = (where: string, ...values: unknown[]): Row | null =>
    database.prepare<unknown[], Row>(`select * from drift_records where ${where}`).get(...values) ?? null
  const watched = (row: Row | null) => row && fromRow(row)

  function insert(record: RecordSeen): void {
    database
      .prepare(
        `insert into drift_records (kind, record_id, hwlab_id, tag, seen, looked_micros)
         values (@kind, @recordId, @hwlabId, @tag, @seen, @micros)`,
      )
      .run({ ...keysOf(record), seen: JSON.stringify(record), micros: lookedMicros(record) })
  }

  /** Keeps both states and whether they differ; a new difference has no known author yet. */
  function keep(row: Row, seen: RecordSeen, now: RecordSeen, micros: number): void {
    const differs = fieldDrifts(seen, now).length > 0
    const stored = differs ? JSON.stringify(now) : null
    database
      .prepare(
        `update drift_records set kind = @kind, record_id = @recordId, hwlab_id = @hwlabId, tag = @tag, seen = @seen,
           now = @now, looked_micros = @micros, gone = 0, differs = @differs,
           changed_by = case when @now is now then changed_by end, changed_at = case when @now is now then changed_at end,
           change_message = case when @now is now then change_message end
         where id = @id`,
      )
      .run({
        id: row.id,
        kind: now.kind,
        recordId: now.id,
        hwlabId: seen.hwlabId,
        tag: seen.assetTag,
        seen: JSON.stringify(seen),
        now: stored,
        micros,
        differs: differs ? 1 : 0,
      })
  }

  return {
    wrote(record, written) {
      const row = one('kind = ? and record_id = ?', record.kind, record.id)
      if (record.hwlabId !== null)
        database
          .prepare('delete from drift_records where hwlab_id = ? and not (kind = ? and record_id = ?)')
          .run(record.hwlabId, record.kind, record.id)
      if (!row) return insert(record)
      const before = fromRow(row)
      const seen = written === 'everything' ? record : knownAfter(before.seen, written, record)
      const isOutdated = row.looked_micros > lookedMicros(record)
      if (isOutdated) keep(row, seen, before.now ?? before.seen, row.looked_micros)
      else keep(row, seen, record, lookedMicros(record))
    },
    looked(record) {
      const row = one('kind = ? and record_id = ?', record.kind, record.id)
      const micros = lookedMicros(record)
      if (row && micros >= row.looked_micros) keep(row, fromRow(row).seen, record, micros)
    },
    gone(kind, recordId) {
      database
        .prepare('update drift_records set gone = 1 where kind = ? and record_id = ?')
        .run(kind, recordId)
    },
    moved(id, to) {
      const row = one('id = ?', id)
      if (row) keep(row, fromRow(row).seen, to, lookedMicros(to))
    },
    accept(id, seen) {
      const row = one('id = ?', id)
      if (row) keep(row, seen, fromRow(row).now ?? seen, row.looked_micros)
    },
    told(id, { by, at, message }) {
      database
        .prepare('update drift_records set changed_by = ?, changed_at = ?, change_message = ? where id = ?')
        .run(by, at, message, id)
    },
    forget(id) {
      database.prepare('delete from drift_records where id = ?').run(id)
    },
    removed(kind, hwlabId) {
      database.prepare('delete from drift_records where kind = ? and hwlab_id = ?').run(kind, hwlabId)
    },
    get: (id) => watched(one('id = ?', id)),
    find: (kind, recordId) => watched(one('kind = ? and record_id = ?', kind, recordId)),
    byHwlabId: (hwlabId) => watched(one('hwlab_id = ?', hwlabId)),
    idsOf: (kind) =>
      database
        .prepare<[string], { id: number }>('select record_id as id from drift_records where kind = ?')
        .all(kind)
        .map(({ id }) => id),
    found: () =>
      database
        .prepare<[], Row>('select * from drift_records where differs = 1 or gone = 1 order by id')
        .all()
        .map(fromRow),
    count: () =>
      database.prepare<[], { many: number }>('select count(*) as many from drift_records').get()?.many ?? 0,
    oldestMicros: () =>
      database.prepare<[], { at: number | null }>('select min(looked_micros) as at from drift_records').get()
        ?.at ?? null,
  }
}

function keysOf(record: RecordSeen) {
  return { kind: record.kind, recordId: record.id, hwlabId: record.hwlabId, tag: record.assetTag }
}

function lookedMicros({ lastUpdated }: RecordSeen): number {
  return lastUpdated === null ? 0 : (microsOf(lastUpdated) ?? 0)
}

function fromRow(row: Row): Watched {
  const { changed_by: by, changed_at: at, change_message: message } = row
  return {
    id: row.id,
    kind: row.kind,
    recordId: row.record_id,
    hwlabId: row.hwlab_id,
    tag: row.tag,
    seen: recordSeenSchema.parse(JSON.parse(row.seen)),
    now: row.now === null ? null : recordSeenSchema.parse(JSON.parse(row.now)),
    isGone: row.gone === 1,
    change: by !== null && at !== null ? { by, at, message: message ?? '' } : null,
  }
}
