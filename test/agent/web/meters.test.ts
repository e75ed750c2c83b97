import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp

beforeEach(async () => {
  app = await openAgentApp()
})
afterEach(() => app.close())

test('a page looks at one meter at a time, and its look ends with the page', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  const framed = new Promise((resolve) => tab.socket.once('meter-frame', resolve))
  expect(await tab.ask('meter-watch', { key: 'one', watching: true })).toMatchObject({ kind: 'ok' })
  expect(await framed).toMatchObject({ latest: { volts: 8.951 } })
  expect(app.desk.looks).toEqual(['one'])
  await tab.ask('meter-watch', { key: 'two', watching: true })
  expect(app.desk.looks).toEqual(['two'])
  await tab.ask('meter-watch', { key: 'two', watching: false })
  expect(app.desk.looks).toEqual([])
  await tab.ask('meter-watch', { key: 'one', watching: true })
  tab.close()
  await expect.poll(() => app.desk.looks).toEqual([])
})

test('a meter that is not there is refused with a sentence', async () => {
  const tab = await openTab(app.app.url, app.cookie)
  expect(await tab.ask('meter-watch', { key: 'gone', watching: true })).toEqual({
    kind: 'refused',
    why: 'No such meter is plugged in.',
  })
  tab.close()
})

test('the samples of a recording are a file for whoever is signed in, and for nobody else', async () => {
  const get = (path: string, cookie: string) =>
    fetch(app.app.url + path, { headers: { cookie }, redirect: 'manual' })
  const csv = await get('/meter/recordings/recording-1.csv', app.cookie)
  expect(csv.headers.get('content-disposition')).toBe('attachment; filename="power-recording-1.csv"')
  expect(await csv.text()).toBe('time_utc,seconds\r\n2026-01-05,0\r\n')
  expect((await get('/meter/recordings/recording-2.csv', app.cookie)).status).toBe(404)
  const raw = await get('/meter/recordings/recording-1.txt', app.cookie)
  expect(raw.headers.get('content-disposition')).toBe('attachment; filename="raw-reports-recording-1.txt"')
  expect(await raw.text()).toBe('# Raw\n0.000 - f aa04\n')
  expect((await get('/meter/recordings/recording-2.txt', app.cookie)).status).toBe(404)
  expect((await get('/meter/recordings/recording-1.txt', '')).status).not.toBe(200)
  expect((await get('/meter/recordings/recording-1.csv', '')).status).not.toBe(200)
})
