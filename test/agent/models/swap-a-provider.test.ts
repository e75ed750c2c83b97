import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openProviders } from '../../../agent/models/open-providers.ts'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { systemClock } from '../../../mcp-servers/serving/clock.ts'
import { type ModelServer, openModelServer } from '../../support/model-server.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let folder: string
let servers: ModelServer[]
let app: AgentApp
let tab: Tab

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-swap-'))
  servers = await Promise.all(
    ['first', 'second'].map((id) =>
      openModelServer({ models: [id], reply: () => ({ kind: 'text', text: `I am the ${id}.` }) }),
    ),
  )
})
afterEach(async () => {
  tab.close()
  await app.close()
  await Promise.all(servers.map((server) => server.close()))
  rmSync(folder, { recursive: true })
})

const name = (at: number) =>
  writeFileSync(
    join(folder, 'models.json'),
    JSON.stringify({ servers: [{ name: 'Bench', baseUrl: servers[at]?.baseUrl }] }),
  )

const seesGood = (model: string) => (one: Tab) =>
  one.sections.some(
    (section) =>
      section.section === 'connections' &&
      section.value.some(({ name, tone }) => name === `${model} (Bench)` && tone === 'good'),
  )

test('another server in models.json answers the next question, without a restart, and can be tried again', async () => {
  name(0)
  const path = join(folder, 'models.json')
  const file = { path, isNamed: true, readKey: () => ({ kind: 'missing' as const, why: '' }) }
  const found = openProviders({ file, clock: systemClock, secrets: [] })
  const only = () => found.servers().filter((server) => server.name === 'Bench')
  app = await openAgentApp({ providers: { ...found, servers: only } })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until(seesGood('first'))
  await tab.send('who are you?')
  await tab.until(runEnded)
  expect(tab.advisorText()).toBe('I am the first.')

  name(1)
  await tab.until(seesGood('second'))
  await tab.send('and now?')
  await tab.until((one) => one.advisorText().includes('I am the second.'))
  expect(servers.map(({ asked }) => asked.length)).toEqual([1, 1])

  const again = await tab.socket.emitWithAck('model-try-again', { modelKey: 'bench/second' })
  expect(again).toMatchObject({ kind: 'ok' })
  const gone = await tab.socket.emitWithAck('model-try-again', { modelKey: 'bench/first' })
  expect(gone).toMatchObject({ kind: 'refused', why: expect.stringContaining('not there any more') })
  found.close()
})
