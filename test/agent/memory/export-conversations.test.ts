import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import exportCommand from '../../../agent/commands/export.ts'
import { readConfig } from '../../../agent/config.ts'
import type { Message } from '../../../agent/protocol/messages.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { openTranscript } from '../../../agent/store/transcript.ts'
import { labTables } from '../../../mcp-servers/lab.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { said } from '../../support/open-memory.ts'

const folder = mkdtempSync(join(tmpdir(), 'hwlab-export-'))
afterEach(() => rmSync(folder, { recursive: true }))

test('all that was said leaves HWLab as one line of JSON a conversation, with the prompt behind each answer', async () => {
  const read = readConfig({ HWLAB_STATE_DIR: 'state' }, folder)
  if (read.kind === 'refused') throw new Error(read.whys.join())
  mkdirSync(read.config.stateDir)
  const database = openDatabase(join(read.config.stateDir, 'hwlab.db'), [...labTables, agentMigrations])
  const { conversations, messages } = openTranscript(database)
  const first = conversations.create('Racks', 1000)
  conversations.create('Nothing in it', 0)
  conversations.pin(first.id, 2000)
  const answeredBy: Message['answeredBy'] = {
    ...{ model: 'near', where: 'local', why: 'It can.', inputTokens: 1, outputTokens: 2, elapsedMs: 3 },
    ...{ costUsd: 0, finish: 'stop', prompt: { name: 'advisor', hash: 'abc' } },
  }
  const createdAt = '2026-01-01T00:00:00.000Z'
  messages.insert(first.id, { id: 'm1', createdAt, answeredBy: null, ...said('operator', 'two\nlines') })
  messages.insert(first.id, { id: 'm2', createdAt, answeredBy, ...said('advisor', 'One rack.') })
  database.close()

  const printed: string[] = []
  const world = { config: read.config, print: (line: string) => printed.push(line), tell: () => {} }
  expect(await exportCommand.run(['--conversations'], world)).toBe(0)
  expect(printed).toHaveLength(2)
  expect(printed.join('')).not.toContain('\n')
  expect(JSON.parse(printed[0] ?? '')).toMatchObject({
    ...{ title: 'Racks', pinned: true, createdAt: '1970-01-01T00:00:01.000Z' },
    messages: [
      { role: 'operator', parts: [{ kind: 'text', text: 'two\nlines' }] },
      { role: 'advisor', answeredBy: { prompt: { name: 'advisor', hash: 'abc' } } },
    ],
  })
})
