import type { LabDatabase } from '../store/lab-database.ts'

/** One table with its indexes. */
export interface TableSize {
  table: string
  bytes: number
}

/** Reads every page of the file. */
export function readTableSizes(database: LabDatabase): TableSize[] {
  const names = database
    .prepare<[], { name: string; tableName: string }>(
      `select name, tbl_name as tableName from sqlite_schema where rootpage > 0
       union all select 'sqlite_schema', 'sqlite_schema'`,
    )
    .all()
  const sizeOf = database
    .prepare<[string], number>('select coalesce(sum(pgsize), 0) from dbstat where name = ? and aggregate = 1')
    .pluck()
  const sizes = new Map<string, number>()
  for (const { name, tableName } of names) {
    const table = tableName.replace(/_(data|idx|content|docsize|config)$/, '')
    sizes.set(table, (sizes.get(table) ?? 0) + (sizeOf.get(name) ?? 0))
  }
  const listed = [...sizes].map(([table, bytes]) => ({ table, bytes }))
  return [...listed, { table: 'free', bytes: freeBytes(database) }].sort((a, b) => b.bytes - a.bytes)
}

export function freeBytes(database: LabDatabase): number {
  return numberOf(database, 'freelist_count') * numberOf(database, 'page_size')
}

export function databaseBytes(database: LabDatabase): number {
  return numberOf(database, 'page_count') * numberOf(database, 'page_size')
}

function numberOf(database: LabDatabase, pragma: string): number {
  return Number(database.pragma(pragma, { simple: true }))
}
