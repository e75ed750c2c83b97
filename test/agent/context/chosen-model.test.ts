import { afterEach, expect, test } from 'vitest'
import { ended, openTab, type Tab } from '../../../evals/worlds/tab.ts'
import { type ModelServer, openModelServer } from '../../support/model-server.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let model: ModelServer
let app: AgentApp
let tab: Tab
afterEach(async () => {
  tab.close()
  await app.close()
  await model.close()
})

test('a model that a person chose may take ten steps, and then it is stopped as well', async () => {
  model = await openModelServer({
    reply: (_, call) => ({ kind: 'tool', name: 'netbox_find_item', args: { text: `rack ${call}` } }),
  })
  app = await openAgentApp({ modelServers: [namedServer({ baseUrl: model.baseUrl })] })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until((one) =>
    one.sections.some(
      (section) =>
        section.section === 'connections' &&
        section.value.some((line) => line.name === 'scripted (Test server)' && line.tone === 'good'),
    ),
  )
  expect(await tab.send('/use local')).toMatchObject({ kind: 'ok' })
  await tab.until((one) => ended(one, 1))
  expect(await tab.send('look for everything there is')).toMatchObject({ kind: 'ok' })
  await tab.until((one) => ended(one, 2))
  expect(app.domain.finds).toHaveLength(10)
  expect(tab.advisorText()).toContain('stopped after 10 steps')
})
