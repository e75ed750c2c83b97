import type { LabDatabase } from '../../serving/database.ts'
import type { RecordSeen } from '../client/record-seen.ts'
import type { Rest, Row } from '../client/rest.ts'
import { carriedEndpoints, recordEndpoints } from './carried-record.ts'

const alsoRead = ['extras/image-attachments', 'extras/journal-entries'] as const
/** Kept in HWLab's own inventory by others than HWLab, if at all. */
const leftBehind = {
  'dcim/power-panels': 'power panels',
  'dcim/power-feeds': 'power feeds',
  'dcim/rack-reservations': 'rack reservations',
  'ipam/prefixes': 'prefixes',
  'ipam/ip-addresses': 'IP addresses',
  'ipam/ip-ranges': 'IP ranges',
  'ipam/vlans': 'VLANs',
  'virtualization/virtual-machines': 'virtual machines',
} as const

type Read = (typeof carriedEndpoints)[number] | (typeof alsoRead)[number]

/** Every row, by endpoint and by id; ids are unique over all of them. */
export interface OwnRows {
  of(endpoint: Read): Row[]
  /** "3 prefixes": what stays. */
  staying: string[]
}

export async function readOwnRows(rest: Rest): Promise<OwnRows> {
  const rows = new Map<Read, Row[]>()
  for (const endpoint of [...carriedEndpoints, ...alsoRead]) {
    const all: Row[] = []
    for await (const page of rest.pages(endpoint, {})) {
      if (page.kind === 'failed') throw new Error(`HWLab’s own inventory cannot be read: ${page.why}`)
      all.push(...page.rows)
    }
    rows.set(endpoint, all)
  }
  const staying: string[] = []
  for (const [endpoint, words] of Object.entries(leftBehind)) {
    const counted = await rest.call({ method: 'GET', path: `${endpoint}/`, query: { limit: 1 } })
    const body = counted.kind === 'ok' ? counted.body : null
    const count =
      typeof body === 'object' && body !== null && 'count' in body && typeof body.count === 'number'
        ? body.count
        : 0
    if (count > 0) staying.push(`${count} ${words}`)
  }
  return { of: (endpoint) => rows.get(endpoint) ?? [], staying }
}

const recordModels = recordEndpoints.map((endpoint) => `'${endpoint}'`).join(', ')

/** Which records of HWLab's own inventory are in a NetBox by now. */
export function movedTable(database: LabDatabase) {
  return {
    /** Ids in the own inventory of what was carried there. */
    movedTo(target: string): ReadonlySet<number> {
      const rows = database
        .prepare<[string], { id: number }>('select object_id as id from embedded_moved where target = ?')
        .all(target)
      return new Set(rows.map(({ id }) => id))
    },
    moved(own: number, to: { target: string; record: Pick<RecordSeen, 'kind' | 'id'>; atMs: number }): void {
      database
        .prepare('insert or replace into embedded_moved values (?, ?, ?, ?, ?)')
        .run(own, to.target, to.record.kind, to.record.id, to.atMs)
    },
    /** Records that are only in the own inventory, as far as this NetBox goes. */
    countOnlyHere(target: string): number {
      const found = database
        .prepare<[string], { count: number }>(
          `select count(*) as count from embedded_objects where model in (${recordModels})
           and id not in (select object_id from embedded_moved where target = ?)`,
        )
        .get(target)
      return found?.count ?? 0
    },
  }
}

/** Where everything was carried to, when it was: the own inventory is a backup then. null: it is in use. */
export function movedAwayTo(database: LabDatabase): string | null {
  const last = database
    .prepare<[], { target: string }>('select target from embedded_moved order by moved_at_ms desc limit 1')
    .get()
  if (!last) return null
  const here = database
    .prepare<[], { id: number }>(
      `select id from embedded_objects where model in (${recordModels})
       and id not in (select object_id from embedded_moved) limit 1`,
    )
    .get()
  return here ? null : last.target
}
