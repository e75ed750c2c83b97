import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { LabDatabase } from '../store/lab-database.ts'

const sizesSchema = z.array(z.object({ table: z.string(), bytes: z.number() }))
/** One table with its indexes. */
export type TableSize = z.infer<typeof sizesSchema>[number]

/** Largest first, with the room that deleted rows left. A large file is read for seconds, so that is done beside other work. */
export function tableSizes(database: LabDatabase): Promise<TableSize[]> {
  if (database.memory) return Promise.resolve(readTableSizes(database))
  const reader = new Worker(new URL('./table-sizes-reader.ts', import.meta.url), {
    workerData: database.name,
  })
  reader.unref()
  return new Promise((resolve, reject) => {
    reader.once('message', (sizes) => resolve(sizesSchema.parse(sizes)))
    reader.once('error', reject)
  })
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
  { name: 'What you taught', tables: /^(facts|fact_)/ },
  { name: 'Bench and printers', tables: /^(meter_|console_|impatient_|print_|printer_)/ },
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
