import { afterEach, expect, test } from 'vitest'
import { ableToCall, answerProbe } from '../../../evals/models/answer-probe.ts'
import { type DialectServer, openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { call, type Step, say } from '../../../evals/models/steps.ts'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let server: DialectServer
let tab: Tab

/** The whole agent over a server that speaks Ollama's dialect. */
async function start(reply: (call: number) => Step | Step[]): Promise<void> {
  let calls = 0
  server = await openDialectServer('ollama', {
    models: [{ contextTokens: 32_768 }],
    async reply(asked) {
      const probe = await answerProbe(asked.text, ableToCall)
      if (probe) return probe
      calls += 1
      return reply(calls)
    },
  })
  app = await openAgentApp({ modelServers: [namedServer({ baseUrl: server.baseUrl })] })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until((one) =>
    one.sections.some(
      (section) =>
        section.section === 'connections' &&
        section.value.some(({ name, tone }) => name.startsWith('scripted') && tone === 'good'),
    ),
  )
}
afterEach(async () => {
  tab.close()
  await app.close()
  await server.close()
})

test('a call that the server left in the text is carried out, and nobody sees the markup', async () => {
  await start((count) =>
    count === 1
      ? say('I look. <|tool_call>call:netbox_find_item{text:<|"|>rack<|"|>}<tool_call|>', 9)
      : say('You have one: HW-00001.<turn|>'),
  )
  await tab.send('do I own a rack?')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['rack'])
  expect(tab.advisorText()).toContain('You have one: HW-00001.')
  expect(JSON.stringify(tab.chunks)).not.toMatch(/<\||\|>/)
  const parts = [...tab.messages.values()].flatMap((message) => message.parts)
  expect(parts.find(({ kind }) => kind === 'tool-call')).toMatchObject({ state: 'done', origin: 'salvaged' })
  expect(app.database.prepare('select sum(salvaged_calls) from route_decisions').pluck().get()).toBe(1)
  const metrics = await fetch(`${app.app.url}/metrics`, { headers: { cookie: app.cookie } })
  expect(await metrics.text()).toContain('hwlab_salvaged_calls 1')
})

test('a call that changes something is not: nothing is filed, and the person reads why', async () => {
  await start(() =>
    say(
      'I file it. <tool_call>{"name":"netbox_propose_record","arguments":{"item_id":"item-1"}}</tool_call>',
      9,
    ),
  )
  await tab.send('record this rack, please')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('instead of calling it, so nothing was done')
  expect(tab.advisorText()).not.toContain('tool_call')
  expect(tab.chunks.at(-1)?.body).toMatchObject({ outcome: 'failed' })
  const waiting = [...tab.messages.values()].flatMap(({ parts }) =>
    parts.filter(({ kind }) => kind === 'tool-call'),
  )
  expect(waiting).toEqual([])
})

test('a call with broken arguments is made good and marked; a whole one is not', async () => {
  await start((count) =>
    count === 1
      ? call('functions.netbox_find_item', "{'text': 'rack'}")
      : count === 2
        ? call('netbox_find_item', { text: 'shelf' })
        : say('Both are there.'),
  )
  await tab.send('do I own a rack and a shelf?')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['rack', 'shelf'])
  const origins = [...tab.messages.values()].flatMap(({ parts }) =>
    parts.flatMap((part) => (part.kind === 'tool-call' ? [part.origin] : [])),
  )
  expect(origins).toEqual(['salvaged', undefined])
})
