import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { type DialectServer, openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { hold, say } from '../../../evals/models/steps.ts'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { briskClock } from '../../support/brisk-clock.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

/** A model in the cloud that never comes to its end, and tells what an answer cost only when `told` resolves. */

let folder: string
let server: DialectServer
let told: PromiseWithResolvers<void>
const closers: (() => unknown)[] = []

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hwlab-cut-'))
  told = Promise.withResolvers()
  const gate = Promise.withResolvers<void>()
  server = await openDialectServer('openrouter', {
    models: [{ usdPerToken: { prompt: '0.000003', completion: '0.000015' }, contextTokens: 100_000 }],
    reply: () => [say('Two racks, ', 1), hold(gate.promise)],
    async page(path) {
      if (!path.startsWith('/v1/generation')) return null
      await told.promise
      return { data: { id: 'gen-1', total_cost: 0.0012 } }
    },
  })
  closers.push(server.close, gate.resolve, told.resolve)
})
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
  rmSync(folder, { recursive: true })
})

async function start(file: string): Promise<{ app: AgentApp; tab: Tab }> {
  const row = namedServer({ id: 'dear', name: 'Dear', baseUrl: server.baseUrl, where: 'cloud', tier: 3 })
  const app = await openAgentApp({ path: join(folder, file), modelServers: [row], clock: briskClock(20) })
  const tab = await openTab(app.app.url, app.cookie)
  closers.push(app.close, tab.close)
  await tab.open()
  await tab.until(({ sections }) =>
    sections.some(
      ({ section, value }) =>
        section === 'routing' && value.choices.some(({ wish }) => wish === 'dear/scripted'),
    ),
  )
  return { app, tab }
}
async function ask(tab: Tab): Promise<void> {
  await tab.send('how many racks do I own?')
  await tab.until((one) => one.advisorText().includes('Two racks'))
}
const answeredBy = (tab: Tab) =>
  [...tab.messages.values()].findLast(({ role }) => role === 'advisor')?.answeredBy

test('an answer that a person stops shows what it may have cost, and then what it did', async () => {
  const { app, tab } = await start('hwlab.db')
  const conversationId = await tab.open()
  await ask(tab)
  await tab.ask('run-stop', { conversationId })
  await tab.until(runEnded)
  expect(answeredBy(tab)).toMatchObject({ model: 'scripted (Dear)', costIsOpen: true })
  expect(answeredBy(tab)?.costUsd).toBeGreaterThan(0.005)
  told.resolve()
  await tab.until((one) => answeredBy(one)?.costIsOpen === undefined)
  expect(answeredBy(tab)).toMatchObject({ costUsd: 0.0012, finish: 'stopped' })
  const again = await openTab(app.app.url, app.cookie)
  await again.open()
  expect(answeredBy(again)).toEqual(answeredBy(tab))
  again.close()
})

test('an answer that ended with HWLab itself shows who gave it and why, and what it cost once that is known', async () => {
  const killed = await start('killed.db')
  await ask(killed.tab)
  // What is on the disk at that moment, as after kill -9.
  killed.app.database.prepare('vacuum into ?').run(join(folder, 'after.db'))
  const { tab } = await start('after.db')
  expect(answeredBy(tab)).toMatchObject({
    ...{ model: 'scripted (Dear)', where: 'cloud', finish: 'stopped', elapsedMs: null, costIsOpen: true },
    why: expect.stringContaining('It is the cheapest that can'),
  })
  told.resolve()
  await tab.until((one) => answeredBy(one)?.costIsOpen === undefined)
  expect(answeredBy(tab)?.costUsd).toBe(0.0012)
})
