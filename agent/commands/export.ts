import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { labTables } from '../../mcp-servers/lab.ts'
import { exportQueue } from '../../mcp-servers/netbox/outbox/export-queue.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { type Command, misused } from '../command.ts'
import { exportFacts } from '../facts/export-facts.ts'
import { factsTable } from '../store/facts.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const exportCommand: Command = {
  name: 'export',
  usage: ['export --queue', 'export --facts'],
  what: 'prints as JSON every approved write that is not in the inventory yet, or what HWLab remembers',
  async run(words, world) {
    const [what] = words
    if (words.length !== 1 || (what !== '--queue' && what !== '--facts')) return misused(exportCommand, world)
    const path = join(world.config.stateDir, 'hwlab.db')
    if (!existsSync(path)) {
      world.tell(`There is no HWLab in ${world.config.stateDir} yet. Start it first: npm start`)
      return 1
    }
    const database = openDatabase(path, [...labTables, agentMigrations])
    try {
      const exported =
        what === '--facts' ? exportFacts(factsTable(database).all()) : exportQueue(database, Date.now())
      world.print(JSON.stringify(exported, null, 2))
      return 0
    } finally {
      database.close()
    }
  },
}

export default exportCommand
