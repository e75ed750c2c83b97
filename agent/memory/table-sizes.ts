import { Worker } from 'node:worker_threads'
import { z } from 'zod'
import type { LabDatabase } from '../store/lab-database.ts'
import { databaseBytes, readTableSizes, type TableSize } from './read-table-sizes.ts'

const sizesSchema = z.array(z.object({ table: z.string(), bytes: z.number() }))
/** About 20 ms; a thread for less costs more memory than it is worth. */
const readAtOnceBytes = 8_000_000

/** Largest first, with the room that deleted rows left. A large file is read for seconds, so that is done beside other work. */
export function tableSizes(database: LabDatabase): Promise<TableSize[]> {
  if (database.memory || databaseBytes(database) <= readAtOnceBytes)
    return Promise.resolve(readTableSizes(database))
  const reader = new Worker(new URL('./table-sizes-reader.ts', import.meta.url), {
    workerData: database.name,
  })
  reader.unref()
  return new Promise((resolve, reject) => {
    reader.once('message', (sizes) => resolve(sizesSchema.parse(sizes)))
    reader.once('error', reject)
  })
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
  { name: 'Bench and printers', tables: /^(meter_|console_|cable_|impatient_|print_|printer_)/ },
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
