import type { LabDatabase } from '../../serving/database.ts'
import type { RecordKind, RecordSeen } from '../client/record-seen.ts'

/** A record that carries a tag like ours, or the id of an item of ours, and that is not the item's record now. */
export interface Stranger {
  kind: RecordKind
  recordId: number
  hwlabId: string | null
  tag: string | null
  display: string
  url: string
}

interface Row {
  kind: RecordKind
  record_id: number
  hwlab_id: string | null
  tag: string | null
  display: string
  url: string
}

export interface StrangersTable {
  put(record: RecordSeen): void
  remove(kind: RecordKind, recordId: number): void
  /** A person does not want to hear of it again. */
  dismiss(kind: RecordKind, recordId: number): void
  /** Those that were not dismissed. */
  all(): Stranger[]
  idsOf(kind: RecordKind): number[]
}

export function strangersTable(database: LabDatabase): StrangersTable {
  return {
    put({ kind, id, hwlabId, assetTag, display, url }) {
      database
        .prepare(
          `insert into drift_strangers (kind, record_id, hwlab_id, tag, display, url)
           values (@kind, @id, @hwlabId, @assetTag, @display, @url)
           on conflict (kind, record_id) do update set hwlab_id = @hwlabId, tag = @assetTag, display = @display, url = @url,
             dismissed = case when tag is @assetTag then dismissed else 0 end`,
        )
        .run({ kind, id, hwlabId, assetTag, display, url })
    },
    remove(kind, recordId) {
      database.prepare('delete from drift_strangers where kind = ? and record_id = ?').run(kind, recordId)
    },
    dismiss(kind, recordId) {
      database
        .prepare('update drift_strangers set dismissed = 1 where kind = ? and record_id = ?')
        .run(kind, recordId)
    },
    all: () =>
      database
        .prepare<[], Row>(
          'select kind, record_id, hwlab_id, tag, display, url from drift_strangers where dismissed = 0 order by tag, kind, record_id',
        )
        .all()
        .map((row) => ({
          kind: row.kind,
          recordId: row.record_id,
          hwlabId: row.hwlab_id,
          tag: row.tag,
          display: row.display,
          url: row.url,
        })),
    idsOf: (kind) =>
      database
        .prepare<[string], { id: number }>('select record_id as id from drift_strangers where kind = ?')
        .all(kind)
        .map(({ id }) => id),
  }
}
