import { join } from 'node:path'
import type { Clock } from '../../serving/clock.ts'
import type { LabDatabase, MigrationsOwner } from '../../serving/database.ts'
import { type EvidenceTable, evidenceTable } from './evidence-table.ts'
import { type ItemDuplicatesTable, itemDuplicatesTable } from './item-duplicates-table.ts'
import { type ItemPhotosTable, itemPhotosTable } from './item-photos-table.ts'
import { type ItemStagesTable, itemStagesTable } from './item-stages-table.ts'
import { type ItemsTable, itemsTable } from './items-table.ts'
import { type PhotoReadingsTable, photoReadingsTable } from './photo-readings-table.ts'

export const intakeMigrations: MigrationsOwner = {
  owner: 'netbox-intake',
  folder: join(import.meta.dirname, 'migrations'),
}

/** The tables of the intake, and who wants to know when an item changes. */
export interface IntakeStore {
  database: LabDatabase
  clock: Clock
  items: ItemsTable
  photos: ItemPhotosTable
  readings: PhotoReadingsTable
  stages: ItemStagesTable
  evidence: EvidenceTable
  duplicates: ItemDuplicatesTable
  /** Tells the listeners; call it after the transaction. */
  changed(itemId: string): void
  onChange(listener: (itemId: string) => void): () => void
}

export function openIntakeStore(database: LabDatabase, clock: Clock): IntakeStore {
  const listeners = new Set<(itemId: string) => void>()
  return {
    database,
    clock,
    items: itemsTable(database),
    photos: itemPhotosTable(database),
    readings: photoReadingsTable(database),
    stages: itemStagesTable(database),
    evidence: evidenceTable(database),
    duplicates: itemDuplicatesTable(database),
    changed(itemId) {
      for (const listener of listeners) listener(itemId)
    },
    onChange(listener) {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
