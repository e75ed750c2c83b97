import type { MigrationsOwner } from '../serving/database.ts'
import { cableTestMigrations } from './cable-testers/tests-table.ts'
import { consoleMigrations } from './consoles/sessions-table.ts'
import { meterMigrations } from './meters/recordings/recordings-table.ts'
import { printJobMigrations } from './print-queue/print-jobs.ts'

/** Every table of the devices server; `openDatabase` wants them. */
export const devicesTables: MigrationsOwner[] = [
  printJobMigrations,
  meterMigrations,
  consoleMigrations,
  cableTestMigrations,
]
