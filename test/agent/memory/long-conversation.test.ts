import { afterEach, expect, test } from 'vitest'
import { openTranscript } from '../../../agent/store/transcript.ts'
import { say } from '../../../evals/models/steps.ts'
import { runEnded } from '../../../evals/worlds/tab.ts'
import { said } from '../../support/open-memory.ts'
import { askedInUse, openTwoModelLab, type TwoModelLab } from '../../support/two-model-lab.ts'

let lab: TwoModelLab
afterEach(() => lab.close())

test('a conversation of 5,000 messages opens whole, is searched and answers', async () => {
  lab = await openTwoModelLab({ near: () => say('The last one was 4998.'), far: () => say('no') })
  const { tab, app } = lab
  const id = await tab.open()
  const { messages, together } = openTranscript(app.database)
  together(() => {
    for (let at = 0; at < 5000; at += 1) {
      const { role, parts } = said(at % 2 === 0 ? 'operator' : 'advisor', `Message ${at}: ${'x'.repeat(300)}`)
      messages.insert(id, {
        id: `m-${at}`,
        role,
        createdAt: '2026-01-01T00:00:00.000Z',
        parts,
        answeredBy: null,
      })
    }
  })
  const answer = await tab.ask('conversation-open', { conversationId: id, runId: null, afterSeq: 0 })
  expect(answer.kind === 'ok' && answer.value.conversation.messages.length).toBe(5000)
  expect(await tab.ask('conversation-search', { text: 'message 4321' })).toMatchObject({
    value: { found: [{ id, excerpt: { found: 'Message' } }] },
  })
  await tab.send('which of my messages was the last one?')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('The last one was 4998.')
  expect(askedInUse(lab.near)[0]?.text).toContain('Message 4998')
  expect(askedInUse(lab.near)[0]?.text).not.toContain('Message 4000:')
  expect((await tab.ask('conversation-delete', { conversationId: id })).kind).toBe('ok')
})
