import { join } from 'node:path'
import type { MigrationsOwner } from '../serving/database.ts'
import { attachmentsMigrations } from './attachments/attachments.ts'
import { catalogueTables } from './catalogue/catalogue.ts'
import { intakeMigrations } from './intake/intake-store.ts'

const owned = (folder: string): MigrationsOwner => ({
  owner: `netbox-${folder}`,
  folder: join(import.meta.dirname, folder, 'migrations'),
})

/** Every table of the netbox server; `openDatabase` wants them. */
export const netboxTables: MigrationsOwner[] = [
  attachmentsMigrations,
  catalogueTables,
  owned('embedded'),
  owned('tags'),
  owned('outbox'),
  owned('drift'),
  owned('changes'),
  intakeMigrations,
]
