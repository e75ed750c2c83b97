import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { chunksTable } from '../../../agent/store/chunks.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { type LabDatabase, openDatabase } from '../../../mcp-servers/serving/database.ts'

let folder: string
let database: LabDatabase
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-chunks-'))
  database = openDatabase(join(folder, 'hwlab.db'), [agentMigrations])
  database.pragma('foreign_keys = off')
})
afterEach(() => {
  database.close()
  rmSync(folder, { recursive: true })
})

const synchronous = () => database.pragma('synchronous', { simple: true })
const words = {
  seq: 1,
  body: { kind: 'text-delta' as const, messageId: 'm', partIndex: 0, text: 'It hangs' },
}

test('words of a stream do not wait for the disk, and everything else does', () => {
  const [full, normal] = [2, 1]
  const seen: unknown[] = []
  // Read while the row is being written.
  const watched = {
    ...words.body,
    toJSON() {
      seen.push(synchronous())
      return words.body
    },
  }
  const chunks = chunksTable(database)
  expect(synchronous()).toBe(full)
  chunks.append('r', [{ seq: 1, body: watched }])
  expect([seen, synchronous()]).toEqual([[normal], full])
  expect(chunks.after('r', 0)).toEqual([words])
})
