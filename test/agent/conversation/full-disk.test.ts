import { expect, test } from 'vitest'
import type { LabDatabase } from '../../../agent/store/lab-database.ts'
import { openTab, runEnded } from '../../../evals/worlds/tab.ts'
import { openAgentApp } from '../../support/open-agent-app.ts'

/** SQLite then says what it says on a full disk; the returned function makes room again. */
function fillDisk(database: LabDatabase): () => void {
  database.exec('create table filler (text text)')
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`)
  const fill = database.prepare("insert into filler values ('so much')")
  expect(() => {
    for (;;) fill.run()
  }).toThrow('full')
  return () => database.pragma('max_page_count = 1000000')
}

test('a disk that fills up in the middle of an answer ends that answer, and the next one comes once there is room', async () => {
  const app = await openAgentApp()
  const tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  await tab.send(`find ${'long '.repeat(2500)}`)
  await tab.until(() => app.domain.finds.length === 1)
  const makeRoom = fillDisk(app.database)
  gate.resolve()
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('HWLab could not finish this answer.')
  makeRoom()
  expect(await tab.send('find rack')).toMatchObject({ kind: 'ok' })
  await tab.until(runEnded)

  const later = await openTab(app.app.url, app.cookie)
  await later.open()
  expect([...later.messages.values()].map(({ role }) => role)).toEqual([
    ...['operator', 'advisor', 'operator', 'advisor'],
  ])
  expect(later.advisorText()).toMatch(/could not finish this answer[\s\S]*Switch rack/)
  tab.close()
  later.close()
  await app.close()
})
