import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { labTables } from '../../mcp-servers/lab.ts'
import { openDatabase } from '../../mcp-servers/serving/database.ts'
import { type Command, misused } from '../command.ts'
import { calendarOf } from '../spend/calendar-day.ts'
import { defaultCaps } from '../spend/caps.ts'
import { exportSpend } from '../spend/export-spend.ts'
import { spendView } from '../spend/spend-view.ts'
import { agentMigrations } from '../store/migrations-owner.ts'
import { modelCallsTable } from '../store/model-calls.ts'
import { modelPricesTable } from '../store/model-prices.ts'
import { spendCapsTable } from '../store/spend-caps.ts'

const spend: Command = {
  name: 'spend',
  usage: ['spend', 'spend --csv', 'spend --json'],
  what: 'says what models cost, or prints every call of theirs',
  async run(words, world) {
    const [format] = words
    if (words.length > 1 || (format !== undefined && format !== '--csv' && format !== '--json'))
      return misused(spend, world)
    const path = join(world.config.stateDir, 'hwlab.db')
    if (!existsSync(path)) {
      world.tell(`There is no HWLab in ${world.config.stateDir} yet. Start it first: npm start`)
      return 1
    }
    const database = openDatabase(path, [...labTables, agentMigrations])
    try {
      const calls = modelCallsTable(database)
      if (format) {
        world.print(exportSpend(calls, format === '--csv' ? 'csv' : 'json').trimEnd())
        return 0
      }
      const view = spendView({
        ...{ calls, prices: modelPricesTable(database), caps: spendCapsTable(database, defaultCaps).get() },
        ...{ calendar: calendarOf(), payees: [], nowMs: Date.now() },
      })
      world.print(view.words)
      for (const { name, words: used, reservedWords } of view.meters)
        world.print(`${name}: ${used}${reservedWords ? `; ${reservedWords}` : ''}`)
      for (const model of view.models)
        world.print(`${model.key}: ${model.callsWords}, ${model.costWords}, ${model.tokensWords}`)
      world.print(view.calendarWords)
      return 0
    } finally {
      database.close()
    }
  },
}

export default spend
