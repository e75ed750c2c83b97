import type { LabDatabase } from '../../serving/database.ts'
import type { Endpoint } from '../client/endpoints.ts'

export interface StoredObject {
  id: number
  model: Endpoint
  /** Attributes as stored: references are ids, choices raw values. */
  body: Record<string, unknown>
  created: string
  lastUpdated: string
}

interface ObjectRow {
  id: number
  body: string
  created: string
  last_updated: string
}

/** What an object can be found by, and what no other object of its model may share. */
export interface Keys {
  lookups: { field: string; value: string }[]
  unique: { rule: string; value: string }[]
}

export type ObjectStore = ReturnType<typeof openObjectStore>

/** The tables of the embedded inventory. Ids are never given again. */
export function openObjectStore(database: LabDatabase) {
  const byId = database.prepare<[string, number], ObjectRow>(
    'select id, body, created, last_updated from embedded_objects where model = ? and id = ?',
  )
  const insertObject = database.prepare<[string, string, string, string]>(
    'insert into embedded_objects (model, body, created, last_updated) values (?, ?, ?, ?)',
  )
  const insertLookup = database.prepare<[string, string, string, number]>(
    'insert or ignore into embedded_lookups (model, field, value, object_id) values (?, ?, ?, ?)',
  )
  const insertUnique = database.prepare<[string, string, string, number]>(
    'insert into embedded_unique_values (model, rule, value, object_id) values (?, ?, ?, ?)',
  )
  const holder = database.prepare<[string, string, string], { object_id: number }>(
    'select object_id from embedded_unique_values where model = ? and rule = ? and value = ?',
  )
  const lookupCount = database.prepare<[string, string, string], { count: number }>(
    'select count(*) as count from embedded_lookups where model = ? and field = ? and value = ?',
  )

  const allIds = database.prepare<[string], { id: number }>(
    'select id from embedded_objects where model = ? order by id',
  )

  function index(model: Endpoint, id: number, keys: Keys): void {
    database.prepare<[number]>('delete from embedded_lookups where object_id = ?').run(id)
    database.prepare<[number]>('delete from embedded_unique_values where object_id = ?').run(id)
    for (const { field, value } of keys.lookups) insertLookup.run(model, field, value, id)
    for (const { rule, value } of keys.unique) insertUnique.run(model, rule, value, id)
  }

  return {
    get(model: Endpoint, id: number): StoredObject | null {
      const row = byId.get(model, id)
      return row ? stored(model, row) : null
    },
    insert(model: Endpoint, body: Record<string, unknown>, keys: Keys, at: string): number {
      const id = Number(insertObject.run(model, JSON.stringify(body), at, at).lastInsertRowid)
      index(model, id, keys)
      return id
    },
    update(object: StoredObject, keys: Keys, at: string): void {
      database
        .prepare<[string, string, number]>(
          'update embedded_objects set body = ?, last_updated = ? where id = ?',
        )
        .run(JSON.stringify(object.body), at, object.id)
      index(object.model, object.id, keys)
    },
    remove(id: number): void {
      database.prepare<[number]>('delete from embedded_objects where id = ?').run(id)
    },
    /** Ids in ascending order that have, for every field, one of the values. */
    idsWith(model: Endpoint, filters: { field: string; values: string[] }[]): number[] {
      if (filters.length === 0) return allIds.all(model).map((row) => row.id)
      const sets = filters.map(
        ({ values }) =>
          `select object_id as id from embedded_lookups where model = ? and field = ?
           and value in (${values.map(() => '?').join(', ')})`,
      )
      const bound = filters.flatMap((filter) => [model, filter.field, ...filter.values])
      const sql = `${sets.join(' intersect ')} order by id`
      return database
        .prepare<string[], { id: number }>(sql)
        .all(...bound)
        .map((row) => row.id)
    },
    /** Every value of a field, for the filters that no index answers. */
    valuesOf: (model: Endpoint, field: string) =>
      database
        .prepare<[string, string], { id: number; value: string }>(
          'select object_id as id, value from embedded_lookups where model = ? and field = ? order by object_id',
        )
        .all(model, field),
    holderOf: (model: Endpoint, rule: string, value: string) =>
      holder.get(model, rule, value)?.object_id ?? null,
    countWith: (model: Endpoint, field: string, value: string) =>
      lookupCount.get(model, field, value)?.count ?? 0,
    saveImage(id: number, mediaType: string, bytes: Uint8Array): void {
      database
        .prepare<[number, string, Uint8Array]>(
          'insert into embedded_images (object_id, media_type, bytes) values (?, ?, ?)',
        )
        .run(id, mediaType, bytes)
    },
    image(id: number): { mediaType: string; bytes: Uint8Array } | null {
      const row = database
        .prepare<[number], { media_type: string; bytes: Uint8Array }>(
          'select media_type, bytes from embedded_images where object_id = ?',
        )
        .get(id)
      return row ? { mediaType: row.media_type, bytes: row.bytes } : null
    },
    latestChange(): string | null {
      const row = database
        .prepare<[], { latest: string | null }>('select max(last_updated) as latest from embedded_objects')
        .get()
      return row?.latest ?? null
    },
    inTransaction: <Result>(work: () => Result): Result => database.transaction(work)(),
  }
}

function stored(model: Endpoint, row: ObjectRow): StoredObject {
  const body: Record<string, unknown> = JSON.parse(row.body)
  return { id: row.id, model, body, created: row.created, lastUpdated: row.last_updated }
}
