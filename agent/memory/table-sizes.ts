import type { LabDatabase } from '../store/lab-database.ts'

/** One table with its indexes. */
export interface TableSize {
  table: string
  bytes: number
}

/** Largest first, and room that deleted rows left. Reads one table after the other: other work comes in between. */
export async function tableSizes(database: LabDatabase): Promise<TableSize[]> {
  const names = database
    .prepare<[], { name: string; tableName: string }>(
      'select name, tbl_name as tableName from sqlite_schema where rootpage > 0',
    )
    .all()
  const sizeOf = database
    .prepare<[string], number>('select coalesce(sum(pgsize), 0) from dbstat where name = ? and aggregate = 1')
    .pluck()
  const sizes = new Map<string, number>()
  for (const { name, tableName } of names) {
    const table = tableName.replace(/_(data|idx|content|docsize|config)$/, '')
    sizes.set(table, (sizes.get(table) ?? 0) + (sizeOf.get(name) ?? 0))
    await new Promise((resolve) => setImmediate(resolve))
    if (!database.open) return []
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

/** "12.3 MB", "850 kB" */
export function bytesWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} bytes`
  return bytes < 1_000_000 ? `${Math.round(bytes / 1000)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`
}

const groups: { name: string; tables: RegExp }[] = [
  {
    name: 'Conversations',
    tables: /^(conversations|messages|chunks|runs|pending_calls|tool_results|(title|message)_search)$/,
  },
  {
    name: 'Items and evidence',
    tables: /^(items?|item_.*|evidence|photo_readings|model_replies|tags|tag_.*)$/,
  },
  { name: 'Photos', tables: /^(attachments|embedded_images)$/ },
  { name: 'HWLab’s own inventory', tables: /^embedded_/ },
  { name: 'Device types', tables: /^(device_type|starter_)/ },
  { name: 'Decisions and audit', tables: /^(change_|audit|undone_|set_backs)/ },
  { name: 'What was written to NetBox', tables: /^(outbox_|drift_)/ },
  { name: 'Models: calls, prices, findings', tables: /^(model_|spend_|route_|token_|unpriced_)/ },
  { name: 'Room that deletions left', tables: /^free$/ },
]

/** In a person's words, largest first; what is small is one line. */
export function groupedSizes(sizes: readonly TableSize[]): { name: string; bytes: number }[] {
  const sums = new Map<string, number>()
  for (const { table, bytes } of sizes) {
    const name = groups.find((group) => group.tables.test(table))?.name ?? 'Everything else'
    sums.set(name, (sums.get(name) ?? 0) + bytes)
  }
  return [...sums]
    .map(([name, bytes]) => ({ name, bytes }))
    .filter(({ bytes }) => bytes > 0)
    .sort((a, b) => b.bytes - a.bytes)
}
