import { z } from 'zod'
import type { Clock } from '../serving/clock.ts'
import type { LabDatabase } from '../serving/database.ts'
import { canonicalJson, sha256Hex } from './digest.ts'

export interface AuditEntry {
  id: number
  atMs: number
  who: string
  channel: string
  what: string
  /** The id of what it is about: a change request, an item, a job. */
  about: string
  details: unknown
  hash: string
}

/** Who did what, when, by which channel. Rows are chained by hash, so a changed or missing one shows. */
export interface Audit {
  /** Writes in the caller's transaction: if it fails, so does what it records. */
  append(entry: { who: string; channel: string; what: string; about: string; details: unknown }): void
  /** Oldest first. */
  list(about?: string): AuditEntry[]
  verify(): { kind: 'whole' } | { kind: 'broken'; atId: number }
}

interface Row {
  id: number
  at_ms: number
  who: string
  channel: string
  what: string
  about: string
  details: string
  previous_hash: string
  hash: string
}

const beginning = '0'.repeat(64)
const detailsSchema = z.json()

export function openAudit(database: LabDatabase, clock: Clock): Audit {
  const insert = database.prepare<Omit<Row, 'id'>>(`insert into audit
    (at_ms, who, channel, what, about, details, previous_hash, hash)
    values (@at_ms, @who, @channel, @what, @about, @details, @previous_hash, @hash)`)
  const last = database.prepare<[], { hash: string }>('select hash from audit order by id desc limit 1')
  const all = database.prepare<[], Row>('select * from audit order by id')
  const about = database.prepare<[string], Row>('select * from audit where about = ? order by id')
  return {
    append(entry) {
      const row = {
        at_ms: clock.nowMs(),
        who: entry.who,
        channel: entry.channel,
        what: entry.what,
        about: entry.about,
        details: canonicalJson(entry.details),
        previous_hash: last.get()?.hash ?? beginning,
      }
      insert.run({ ...row, hash: rowHash(row) })
    },
    list: (id) => (id === undefined ? all.all() : about.all(id)).map(entryOf),
    verify() {
      let previous = beginning
      let expectedId = 1
      for (const row of all.iterate()) {
        const whole = row.id === expectedId && row.previous_hash === previous && row.hash === rowHash(row)
        if (!whole) return { kind: 'broken', atId: row.id }
        previous = row.hash
        expectedId += 1
      }
      const issued = database
        .prepare<[], { seq: number }>("select seq from sqlite_sequence where name = 'audit'")
        .get()
      return (issued?.seq ?? 0) === expectedId - 1 ? { kind: 'whole' } : { kind: 'broken', atId: expectedId }
    },
  }
}

function rowHash(row: Omit<Row, 'id' | 'hash'>): string {
  const { at_ms, who, channel, what, about, details, previous_hash } = row
  return sha256Hex(canonicalJson({ previous_hash, at_ms, who, channel, what, about, details }))
}

function entryOf(row: Row): AuditEntry {
  const { id, at_ms, who, channel, what, about, details, hash } = row
  return {
    id,
    atMs: at_ms,
    who,
    channel,
    what,
    about,
    details: detailsSchema.parse(JSON.parse(details)),
    hash,
  }
}
