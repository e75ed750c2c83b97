import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let warnings: string[]
const note = (warning: Error) => void warnings.push(warning.name)

beforeEach(async () => {
  warnings = []
  process.on('warning', note)
  app = await openAgentApp()
})
afterEach(async () => {
  process.off('warning', note)
  await app.close()
})

test('a terminal ends with its page', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.ask('terminal-open', { place: 'one', baudRate: 9600 })
  await tab.ask('terminal-open', { place: 'two', baudRate: 9600 })
  expect(app.desk.terminals).toEqual(['one', 'two'])
  tab.close()
  await expect.poll(() => app.desk.terminals).toEqual([])
})

test('a page that is closed while its terminal opens leaves none open', async () => {
  const line = Promise.withResolvers<void>()
  app.desk.line.up = line.promise
  const tab = await openTab(app.app.url, app.cookie)
  const left = new Promise((resolve) => tab.socket.once('disconnect', resolve))
  tab.ask('terminal-open', { place: 'one', baudRate: 9600 }).catch(() => {})
  await tab.ask('terminal-open', { place: 'gone', baudRate: 9600 })
  tab.close()
  await left
  const other = await openTab(app.app.url, app.cookie)
  await other.ask('terminal-open', { place: 'gone', baudRate: 9600 })
  line.resolve()
  const opened = await other.ask('terminal-open', { place: 'two', baudRate: 9600 })
  expect(opened).toMatchObject({ kind: 'ok' })
  await expect.poll(() => app.desk.terminals).toEqual(['two'])
  other.close()
})

test('a page may look, and open terminals, as often as it likes', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  for (let times = 0; times < 12; times += 1) {
    await tab.ask('terminal-open', { place: 'one', baudRate: 9600 })
    await tab.ask('terminal-close', { terminalId: 'one' })
    await tab.ask('meter-watch', { key: 'one', watching: true })
    await tab.ask('meter-watch', { key: 'one', watching: false })
  }
  expect(app.desk.terminals).toEqual([])
  expect(warnings).toEqual([])
  tab.close()
})
