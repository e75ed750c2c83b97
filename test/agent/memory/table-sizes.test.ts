import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { databaseBytes } from '../../../agent/memory/read-table-sizes.ts'
import { bytesWords, groupedSizes, tableSizes } from '../../../agent/memory/table-sizes.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'

test.each([
  ['small', 200],
  ['large', 10_000],
])(
  'the sizes of all tables of a %s file are its size, while it is open and in use',
  async (_size, repeats) => {
    const folder = mkdtempSync(join(tmpdir(), 'hwlab-sizes-'))
    const database = openDatabase(join(folder, 'hwlab.db'), [...labTables, agentMigrations])
    try {
      database.exec(
        `insert into conversations (id, title, created_at_ms, updated_at_ms) values ('c', 'Racks', 0, 0)`,
      )
      const insert = database.prepare(
        `insert into messages (id, conversation_id, role, parts, created_at_ms) values (?, 'c', 'operator', ?, 0)`,
      )
      for (let at = 0; at < 500; at += 1)
        insert.run(`m${at}`, JSON.stringify([{ kind: 'text', text: `${at}`.repeat(repeats) }]))
      database.exec(`delete from messages where id < 'm3'`)
      const sizes = await tableSizes(database)
      expect(sizes.reduce((sum, { bytes }) => sum + bytes, 0)).toBe(databaseBytes(database))
      expect(groupedSizes(sizes)[0]?.name).toBe('Conversations')
      expect(sizes.find(({ table }) => table === 'free')?.bytes).toBeGreaterThan(0)
    } finally {
      database.close()
      rmSync(folder, { recursive: true })
    }
  },
)

test('sizes are read as people write them', () => {
  expect([0, 999, 1000, 850_400, 12_345_678].map(bytesWords)).toEqual([
    '0 bytes',
    '999 bytes',
    '1 kB',
    '850 kB',
    '12.3 MB',
  ])
})
