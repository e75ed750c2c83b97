import type { MemoryView } from '../protocol/memory.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import type { MemoryWorkTable } from '../store/memory-work.ts'
import { databaseBytes, type TableSize } from './read-table-sizes.ts'
import { keptWords, type Retention, retentionRules } from './retention.ts'
import { bytesWords, groupedSizes } from './table-sizes.ts'

/** What a person sees of it. */
export function memoryView(state: {
  retention: Retention
  work: MemoryWorkTable
  sizes: readonly TableSize[]
  database: LabDatabase
  isWorking: boolean
}): MemoryView {
  const { retention, work, sizes, database, isWorking } = state
  const tidied = work.last('tidy')
  const compacted = work.last('compact')
  return {
    rules: retentionRules.map((rule) => ({
      name: rule.name,
      label: rule.label,
      words: rule.words,
      days: retention.days(rule),
    })),
    keptWords,
    sizes: groupedSizes(sizes).map(({ name, bytes }) => ({ name, words: bytesWords(bytes) })),
    sizeWords: bytesWords(databaseBytes(database)),
    tidyWords: isWorking
      ? 'HWLab is tidying up.'
      : tidied
        ? `Tidied up ${timeWords(tidied.atMs)}: ${tidied.words}`
        : 'Not tidied up yet; that is done every hour.',
    compactWords: compacted
      ? `The file was compacted ${timeWords(compacted.atMs)}: ${compacted.words}. Next after 30 days, when nobody waits.`
      : 'The file is compacted once in 30 days, when nobody waits for an answer.',
  }
}

function timeWords(atMs: number): string {
  return `on ${new Date(atMs).toISOString().slice(0, 16).replace('T', ' at ')} UTC`
}
