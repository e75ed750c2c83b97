import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, test } from 'vitest'
import type { Message } from '../../../agent/protocol/messages.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { openTranscript } from '../../../agent/store/transcript.ts'
import { finish, type Step, say } from '../../../evals/models/steps.ts'
import { runEnded } from '../../../evals/worlds/tab.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { loadPrompt } from '../../../prompts/load-prompt.ts'
import { openTwoModelLab, type TwoModelLab } from '../../support/two-model-lab.ts'

describe('under every answer stands how it ended, and by which prompt it was made', () => {
  let lab: TwoModelLab
  afterEach(() => lab.close())

  async function answerOf(reply: () => Step | Step[], text: string): Promise<Message['answeredBy']> {
    lab = await openTwoModelLab({ near: reply, far: reply })
    await lab.tab.send(text)
    await lab.tab.until(runEnded)
    return [...lab.tab.messages.values()].findLast(({ role }) => role === 'advisor')?.answeredBy ?? null
  }
  const runRow = () =>
    lab.app.database.prepare('select finish, prompt_hash as hash from runs order by id desc limit 1').get()
  const { name, hash } = loadPrompt('advisor', { operator: 'the operator' })
  const question = 'is it wise to put two racks side by side?'

  test('of a model that ended by itself', async () => {
    expect(await answerOf(() => say('Yes.'), question)).toMatchObject({
      finish: 'stop',
      prompt: { name, hash },
    })
    expect(runRow()).toEqual({ finish: 'stop', hash })
  })

  test('of a model that reached the limit of its length', async () => {
    const answered = await answerOf(() => [say('Yes, because'), finish('length')], question)
    expect(answered).toMatchObject({ finish: 'length', prompt: { hash } })
    expect(runRow()).toEqual({ finish: 'length', hash })
  })

  test('of Commands, which read no prompt', async () => {
    expect(await answerOf(() => say('no'), '/help')).toMatchObject({ finish: 'stop', prompt: null })
    expect(runRow()).toEqual({ finish: 'stop', hash: null })
  })
})

test('answers that were stored before this was kept are read as such', () => {
  const folder = mkdtempSync(join(tmpdir(), 'hwlab-before-'))
  try {
    const before = join(folder, 'migrations')
    cpSync(agentMigrations.folder, before, { recursive: true })
    for (const file of readdirSync(before)) if (file >= '019') rmSync(join(before, file))
    const path = join(folder, 'hwlab.db')
    const old = openDatabase(path, [{ ...agentMigrations, folder: before }])
    const answeredBy = { model: 'near', where: 'local', why: 'It can.', inputTokens: 1, outputTokens: 2 }
    old
      .prepare(
        `insert into conversations (id, title, created_at_ms, updated_at_ms) values ('c', 'Old', 0, 0)`,
      )
      .run()
    old
      .prepare(
        `insert into messages (id, conversation_id, role, parts, answered_by, created_at_ms)
         values ('m', 'c', 'advisor', '[]', ?, 0)`,
      )
      .run(JSON.stringify({ ...answeredBy, elapsedMs: 3, costUsd: 0 }))
    old.close()
    const database = openDatabase(path, [agentMigrations])
    expect(openTranscript(database).messages.get('m')?.answeredBy).toEqual({
      ...{ ...answeredBy, elapsedMs: 3, costUsd: 0 },
      ...{ finish: null, prompt: null },
    })
    database.close()
  } finally {
    rmSync(folder, { recursive: true })
  }
})
