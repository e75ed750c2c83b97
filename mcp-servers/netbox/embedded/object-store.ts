import type Database from 'better-sqlite3'
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

/** The tables of the embedded inventory. Ids are never given again. */
export class ObjectStore {
  readonly #database: LabDatabase
  readonly #byId: Database.Statement<[string, number], ObjectRow>
  readonly #allIds: Database.Statement<[string], { id: number }>
  readonly #insertObject: Database.Statement<[string, string, string, string]>
  readonly #insertLookup: Database.Statement<[string, string, string, number]>
  readonly #insertUnique: Database.Statement<[string, string, string, number]>
  readonly #holder: Database.Statement<[string, string, string], { object_id: number }>
  readonly #lookupCount: Database.Statement<[string, string, string], { count: number }>

  constructor(database: LabDatabase) {
    this.#database = database
    this.#byId = database.prepare(
      'select id, body, created, last_updated from embedded_objects where model = ? and id = ?',
    )
    this.#allIds = database.prepare('select id from embedded_objects where model = ? order by id')
    this.#insertObject = database.prepare(
      'insert into embedded_objects (model, body, created, last_updated) values (?, ?, ?, ?)',
    )
    this.#insertLookup = database.prepare(
      'insert or ignore into embedded_lookups (model, field, value, object_id) values (?, ?, ?, ?)',
    )
    this.#insertUnique = database.prepare(
      'insert into embedded_unique_values (model, rule, value, object_id) values (?, ?, ?, ?)',
    )
    this.#holder = database.prepare(
      'select object_id from embedded_unique_values where model = ? and rule = ? and value = ?',
    )
    this.#lookupCount = database.prepare(
      'select count(*) as count from embedded_lookups where model = ? and field = ? and value = ?',
    )
  }

  #index(model: Endpoint, id: number, keys: Keys): void {
    this.#database.prepare<[number]>('delete from embedded_lookups where object_id = ?').run(id)
    this.#database.prepare<[number]>('delete from embedded_unique_values where object_id = ?').run(id)
    for (const { field, value } of keys.lookups) this.#insertLookup.run(model, field, value, id)
    for (const { rule, value } of keys.unique) this.#insertUnique.run(model, rule, value, id)
  }

  get(model: Endpoint, id: number): StoredObject | null {
    const row = this.#byId.get(model, id)
    return row ? stored(model, row) : null
  }

  insert(model: Endpoint, body: Record<string, unknown>, keys: Keys, at: string): number {
    const id = Number(this.#insertObject.run(model, JSON.stringify(body), at, at).lastInsertRowid)
    this.#index(model, id, keys)
    return id
  }

  update(object: StoredObject, keys: Keys, at: string): void {
    this.#database
      .prepare<[string, string, number]>(
        'update embedded_objects set body = ?, last_updated = ? where id = ?',
      )
      .run(JSON.stringify(object.body), at, object.id)
    this.#index(object.model, object.id, keys)
  }

  remove(id: number): void {
    this.#database.prepare<[number]>('delete from embedded_objects where id = ?').run(id)
  }

  /** Ids in ascending order that have, for every field, one of the values. */
  idsWith(model: Endpoint, filters: { field: string; values: string[] }[]): number[] {
    if (filters.length === 0) return this.#allIds.all(model).map((row) => row.id)
    if (filters.some(({ values }) => values.length === 0)) return []
    const sets = filters.map(
      ({ values }) =>
        `select object_id as id from embedded_lookups where model = ? and field = ?
         and value in (${values.map(() => '?').join(', ')})`,
    )
    const bound = filters.flatMap((filter) => [model, filter.field, ...filter.values])
    const sql = `${sets.join(' intersect ')} order by id`
    return this.#database
      .prepare<string[], { id: number }>(sql)
      .all(...bound)
      .map((row) => row.id)
  }

  /** Every value of a field, for the filters that no index answers. */
  valuesOf(model: Endpoint, field: string): { id: number; value: string }[] {
    return this.#database
      .prepare<[string, string], { id: number; value: string }>(
        'select object_id as id, value from embedded_lookups where model = ? and field = ? order by object_id',
      )
      .all(model, field)
  }

  holderOf(model: Endpoint, rule: string, value: string): number | null {
    return this.#holder.get(model, rule, value)?.object_id ?? null
  }

  countWith(model: Endpoint, field: string, value: string): number {
    return this.#lookupCount.get(model, field, value)?.count ?? 0
  }

  saveImage(id: number, mediaType: string, bytes: Uint8Array): void {
    this.#database
      .prepare<[number, string, Uint8Array]>(
        'insert into embedded_images (object_id, media_type, bytes) values (?, ?, ?)',
      )
      .run(id, mediaType, bytes)
  }

  image(id: number): { mediaType: string; bytes: Uint8Array } | null {
    const row = this.#database
      .prepare<[number], { media_type: string; bytes: Uint8Array }>(
        'select media_type, bytes from embedded_images where object_id = ?',
      )
      .get(id)
    return row ? { mediaType: row.media_type, bytes: row.bytes } : null
  }

  allOf(model: Endpoint): StoredObject[] {
    return this.idsWith(model, []).flatMap((id) => this.get(model, id) ?? [])
  }

  /** The rules by which the stored lookups were made. */
  indexVersion(): number {
    const row = this.#database.prepare<[], { version: number }>('select version from embedded_index').get()
    return row?.version ?? 0
  }

  setIndexVersion(version: number): void {
    this.#database.prepare<[number]>('update embedded_index set version = ?').run(version)
  }

  removeOlder(model: Endpoint, than: string): void {
    this.#database
      .prepare<[string, string]>('delete from embedded_objects where model = ? and created < ?')
      .run(model, than)
  }

  latestChange(): string | null {
    const row = this.#database
      .prepare<[], { latest: string | null }>('select max(last_updated) as latest from embedded_objects')
      .get()
    return row?.latest ?? null
  }

  inTransaction<Result>(work: () => Result): Result {
    return this.#database.transaction(work)()
  }
}

function stored(model: Endpoint, row: ObjectRow): StoredObject {
  const body: Record<string, unknown> = JSON.parse(row.body)
  return { id: row.id, model, body, created: row.created, lastUpdated: row.last_updated }
}
