import { expect, test } from 'vitest'
import { openLabFeed } from '../../../agent/web/lab-feed.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { fakeDesk } from '../../support/fake-desk.ts'
import { fakeMemory } from '../../support/fake-memory.ts'
import { fakeSpend } from '../../support/fake-spend.ts'
import { openAgentApp } from '../../support/open-agent-app.ts'

test('what was asked first and found out last does not hide what is newer', async () => {
  const app = await openAgentApp()
  const asked: ((stateWords: string) => void)[] = []
  const feed = openLabFeed({
    desk: {
      ...fakeDesk(app.approvals).desk,
      async connections() {
        const stateWords = await new Promise<string>((resolve) => asked.push(resolve))
        return [{ name: 'NetBox', stateWords, tone: 'good', fix: null }]
      },
    },
    ...{ clock: new FakeClock(), modelViews: () => [], spend: fakeSpend, memory: fakeMemory },
    routing: () => {
      throw new Error('Nobody asks for it here')
    },
    ...{ facts: () => ({ facts: [], roomWords: '' }), conversations: () => [], hasConversation: () => true },
    session: { version: '0.1.0', readOnly: false },
    onError(error) {
      throw error
    },
  })
  const first = feed.checkConnections()
  const second = feed.checkConnections()
  const [, answerFirst, answerSecond] = asked
  answerSecond?.('Connected')
  await second
  answerFirst?.('Nothing answers')
  await first
  expect(feed.connections().map((one) => one.stateWords)).toContain('Connected')
  feed.close()
  await app.close()
})
