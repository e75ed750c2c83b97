import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { labTables } from '../../mcp-servers/lab.ts'
import { openCatalogue } from '../../mcp-servers/netbox/catalogue/catalogue.ts'
import { importCatalogueFolder } from '../../mcp-servers/netbox/catalogue/import-folder.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { openStateFolder } from '../../mcp-servers/serving/state-folder.ts'
import { type Command, misused } from '../command.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const toldMax = 20

const catalog: Command = {
  name: 'catalog',
  usage: ['catalog import <folder>'],
  what: 'adds device types from a checkout of the community device-type library',
  async run(words, world) {
    const [verb, folder] = words
    if (verb !== 'import' || !folder) return misused(catalog, world)
    const from = resolve(folder)
    if (!existsSync(from)) {
      world.tell(`${from} is not there. Name the folder that holds device-types/.`)
      return 1
    }
    const opened = await openStateFolder(world.config.stateDir, 0)
    if (opened.kind === 'refused') {
      world.tell(opened.why)
      return 1
    }
    const database = openDatabase(join(world.config.stateDir, 'hwlab.db'), [...labTables, agentMigrations])
    try {
      openCatalogue(database)
      const { imported, updated, skipped } = await importCatalogueFolder(database, from)
      for (const { file, why } of skipped.slice(0, toldMax)) world.tell(`${file}: ${why}`)
      if (skipped.length > toldMax) world.tell(`and ${skipped.length - toldMax} more`)
      world.print(`${imported} added, ${updated} updated, ${skipped.length} left out.`)
      return imported + updated > 0 ? 0 : 1
    } finally {
      database.close()
      if (opened.kind === 'owner') opened.folder.close()
    }
  },
}

export default catalog
