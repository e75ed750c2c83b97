import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import exportCommand from '../../../agent/commands/export.ts'
import { readConfig } from '../../../agent/config.ts'
import { factsTable } from '../../../agent/store/facts.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'

test('what is remembered can be taken along as JSON', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-export-'))
  const read = readConfig({ HWLAB_STATE_DIR: 'state' }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join())
  mkdirSync(read.config.stateDir)
  const database = openDatabase(join(read.config.stateDir, 'hwlab.db'), [...labTables, agentMigrations])
  const fact = { id: '1', text: 'labels go on 29x90', isPrivate: true, proposedBy: null, setBy: 'operator' }
  factsTable(database).put({ ...fact, setAtMs: Date.UTC(2026, 10, 21) })
  database.close()
  const printed: string[] = []
  const world = { config: read.config, print: (line: string) => printed.push(line), tell() {} }
  expect(await exportCommand.run(['--facts'], world)).toBe(0)
  rmSync(folder, { recursive: true })
  expect(JSON.parse(printed.join('\n'))).toEqual({
    facts: [
      {
        ...{ text: 'labels go on 29x90', stays_on_this_network: true, proposed_by: null },
        ...{ set_by: 'operator', set_at: '2026-11-21T00:00:00.000Z' },
      },
    ],
  })
})
