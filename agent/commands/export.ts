import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { labTables } from '../../mcp-servers/lab.ts'
import { exportQueue } from '../../mcp-servers/netbox/outbox/export-queue.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { type Command, misused } from '../command.ts'
import { exportFacts } from '../facts/export-facts.ts'
import { exportConversations } from '../memory/export-conversations.ts'
import { factsTable } from '../store/facts.ts'
import type { LabDatabase } from '../store/lab-database.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const exports = {
  '--queue': (database: LabDatabase) => [indented(exportQueue(database, Date.now()))],
  '--facts': (database: LabDatabase) => [indented(exportFacts(factsTable(database).all()))],
  '--conversations': exportConversations,
}
const indented = (value: unknown) => JSON.stringify(value, null, 2)
const isKnown = (word: string | undefined): word is keyof typeof exports =>
  word !== undefined && Object.hasOwn(exports, word)

const exportCommand: Command = {
  name: 'export',
  usage: ['export --queue', 'export --facts', 'export --conversations'],
  what: 'prints as JSON every approved write that is not in the inventory yet, what HWLab remembers, or all that was said (a line each)',
  async run(words, world) {
    const [what] = words
    if (words.length !== 1 || !isKnown(what)) return misused(exportCommand, world)
    const path = join(world.config.stateDir, 'hwlab.db')
    if (!existsSync(path)) {
      world.tell(`There is no HWLab in ${world.config.stateDir} yet. Start it first: npm start`)
      return 1
    }
    const database = openDatabase(path, [...labTables, agentMigrations])
    try {
      for (const text of exports[what](database)) world.print(text)
      return 0
    } finally {
      database.close()
    }
  },
}

export default exportCommand
