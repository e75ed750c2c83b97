import { afterEach, expect, test } from 'vitest'
import type { Message } from '../../../agent/protocol/messages.ts'
import { messagesTable } from '../../../agent/store/messages.ts'
import { ableToCall, answerProbe } from '../../../evals/models/answer-probe.ts'
import { countTokens } from '../../../evals/models/native-endpoints.ts'
import { type DialectServer, openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { say } from '../../../evals/models/steps.ts'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let server: DialectServer
let app: AgentApp
let tab: Tab
afterEach(async () => {
  tab.close()
  await app.close()
  await server.close()
})

const message = (at: number): Message => ({
  id: `old-${at}`,
  role: at % 2 === 0 ? 'operator' : 'advisor',
  createdAt: new Date(at).toISOString(),
  parts: [
    { kind: 'text', text: `Message ${at}: HW-${String(at).padStart(5, '0')} is in the attic, on the shelf.` },
  ],
  answeredBy: null,
})

test('an Ollama with 2,048 tokens answers in a conversation of 5,000 messages, and is never sent more', async () => {
  server = await openDialectServer('ollama', {
    models: [{ contextTokens: 2048 }],
    reply: async ({ text }) => (await answerProbe(text, ableToCall)) ?? say('On the shelf.'),
  })
  app = await openAgentApp({ modelServers: [namedServer({ baseUrl: server.baseUrl, windowTokens: 2048 })] })
  tab = await openTab(app.app.url, app.cookie)
  const conversationId = await tab.open()
  await tab.until((one) =>
    one.sections.some(
      (section) =>
        section.section === 'connections' &&
        section.value.some((line) => line.name === 'scripted (Test server)' && line.tone === 'good'),
    ),
  )
  const messages = messagesTable(app.database)
  app.database.transaction(() => {
    for (let at = 0; at < 5000; at += 1) messages.insert(conversationId, message(at))
  })()

  await tab.send('where did I leave the last one, please?')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('On the shelf.')
  const asked = server.asked.filter(({ text }) => text.includes('where did I leave the last one'))
  expect(asked).toHaveLength(1)
  expect(asked[0]?.text).toContain('Message 4999')
  expect(asked[0]?.text).not.toContain('Message 4000')
  expect(countTokens(JSON.stringify([asked[0]?.messages, asked[0]?.tools]))).toBeLessThan(2048 - 512)
})
