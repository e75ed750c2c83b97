import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { openAudit } from '../../mcp-servers/approval/audit.ts'
import { labTables } from '../../mcp-servers/lab.ts'
import { systemClock } from '../../mcp-servers/serving/clock.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { type Command, misused } from '../command.ts'
import { agentMigrations } from '../store/migrations-owner.ts'

const audit: Command = {
  name: 'audit',
  usage: ['audit verify'],
  what: 'checks that no line of the audit was changed or taken out',
  async run(words, world) {
    if (words[0] !== 'verify') return misused(audit, world)
    const path = join(world.config.stateDir, 'hwlab.db')
    if (!existsSync(path)) {
      world.tell(`There is no HWLab in ${world.config.stateDir} yet. Start it first: npm start`)
      return 1
    }
    const database = openDatabase(path, [...labTables, agentMigrations])
    try {
      const trail = openAudit(database, systemClock)
      const verdict = trail.verify()
      const lines = trail.list().length
      if (verdict.kind === 'whole') world.print(`The audit is whole: ${lines} lines.`)
      else world.print(`The audit is broken from line ${verdict.atId} on. Compare it with a backup.`)
      return verdict.kind === 'whole' ? 0 : 1
    } finally {
      database.close()
    }
  },
}

export default audit
