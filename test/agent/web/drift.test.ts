import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp

beforeEach(async () => {
  app = await openAgentApp()
})
afterEach(() => app.close())

test('what a person decides about a difference reaches the desk under their name', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  const taken = await tab.ask('drift-act', { findingId: 'record:1', action: 'take' })
  expect(taken).toEqual({ kind: 'ok', value: { words: 'Taken.', changeId: null } })
  await tab.ask('set-back-propose', { state: 'complete', below: 0.8 })
  expect(app.desk.calls).toEqual([
    { name: 'drift-act', body: { findingId: 'record:1', action: 'take' }, operator: 'operator' },
    { name: 'set-back-propose', body: { state: 'complete', below: 0.8 }, operator: 'operator' },
  ])
  tab.close()
})

test('the whole report is a file for whoever is signed in, and for nobody else', async () => {
  const get = (path: string, cookie: string) =>
    fetch(app.app.url + path, { headers: { cookie }, redirect: 'manual' })
  const csv = await get('/drift/netbox-changes.csv', app.cookie)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="netbox-changes.csv"')
  expect(await csv.text()).toBe('report as csv')
  expect(await (await get('/drift/netbox-changes.md', app.cookie)).text()).toBe('report as md')
  expect((await get('/drift/netbox-changes.exe', app.cookie)).status).toBe(404)
  const stranger = await get('/drift/netbox-changes.csv', '')
  expect(stranger.status).not.toBe(200)
  expect(await stranger.text()).not.toContain('report')
})
