import { expect, test } from 'vitest'
import { openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { call, say } from '../../../evals/models/steps.ts'
import { openModelTalk } from '../../support/turn-of-model.ts'

test('where HWLab itself fails at a call, person and model read that nothing is known, and no detail', async () => {
  const server = await openDialectServer('ollama', {
    reply: (_, count) => (count === 1 ? call('netbox_find_item', { text: 'rack' }) : say('I do not know.')),
  })
  const talk = openModelTalk(server, {
    windowTokens: 8192,
    answer: () => {
      throw new Error('secret-detail of the disk')
    },
  })
  const { outcome, writer } = await talk.turn([{ role: 'user', content: 'Is there a rack?' }])
  expect(outcome).toMatchObject({ kind: 'done' })
  expect(writer.parts()[0]).toMatchObject({
    state: 'failed',
    outcome: expect.stringContaining('what it did by then is not known'),
  })
  expect(server.asked.at(-1)?.text).toContain('what it did by then is not known')
  expect(server.asked.at(-1)?.text).not.toContain('secret-detail')
  talk.close()
  await server.close()
})
