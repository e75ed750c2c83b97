import { agentMigrations } from '../../agent/store/migrations-owner.ts'
import { labTables } from '../../mcp-servers/lab.ts'
import { openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { type LabDatabase, openDatabase } from '../../mcp-servers/serving/database.ts'

const tables = [...labTables, agentMigrations]

let made: Buffer | null = null

/** All tables of HWLab and the device types that it ships, in memory: made once for a process, then copied. */
export function openMemoryDatabase(): LabDatabase {
  if (made) return openDatabase(made, tables)
  const database = openDatabase(':memory:', tables)
  openCatalogue(database)
  made = database.serialize()
  return database
}
