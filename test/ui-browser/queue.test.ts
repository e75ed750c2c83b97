import { expect, test } from 'vitest'
import type { QueueOperation } from '../../agent/protocol/queue.ts'
import { startedAt } from '../support/fake-lab-things.ts'
import { fakeQueue } from '../support/fake-queue.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

function operation(facts: Partial<QueueOperation>): QueueOperation {
  return {
    id: 'o1',
    title: 'Acme Box 1 (HW-00001)',
    stateWords: 'Waiting for NetBox',
    tone: 'working',
    tag: 'HW-00001',
    itemId: null,
    why: null,
    conflict: [],
    actions: ['cancel'],
    undoable: false,
    updatedAt: startedAt,
    ...facts,
  }
}

const why =
  'NetBox does not allow HWLab’s token to add devices. Its user needs the permission dcim.add_device.'
const stuck = operation({
  stateWords: `Needs you: ${why}`,
  why,
  tone: 'ask',
  itemId: 'item-1',
  actions: ['retry', 'edit', 'cancel'],
})
const behind = operation({
  id: 'o2',
  title: 'RAM into HW-00001',
  stateWords: 'Waits for HW-00001, which needs you',
})
const done = operation({
  id: 'o3',
  title: 'Old box (HW-00003)',
  tag: 'HW-00003',
  stateWords: 'Confirmed',
  tone: 'good',
  actions: [],
})

test('the queue says what needs a person, since when, and everything can be tried again at once', async () => {
  const standing = {
    ...fakeQueue().standing,
    connectionWords: 'NetBox at https://netbox.lan is away',
    connectionTone: 'bad' as const,
    why: 'Nothing answers at NetBox’s address. Is NetBox running?',
    oldestWaitsSince: startedAt,
    restWords: 'About 3 min for the rest, at the pace of the last minutes.',
    stuck: 2,
    hasEarlier: true,
  }
  const queue = {
    ...fakeQueue(),
    words: 'NetBox is away; 3 waiting; 2 need you',
    tone: 'bad' as const,
    standing,
  }
  ui.lab().send({ section: 'queue', value: { ...queue, operations: [stuck, behind, done] } })
  ui.lab().answer = ({ name }) =>
    name === 'queue-history'
      ? {
          operations: [operation({ id: 'o0', title: 'First box', tone: 'good', actions: [] })],
          hasEarlier: false,
        }
      : {}
  const page = await ui.openPage()
  await page.getByRole('button', { name: /^Saving/ }).click()
  await page.getByText('Waits for HW-00001, which needs you').waitFor()
  expect(await page.getByText(why).count()).toBe(1)
  expect(await page.getByRole('link', { name: 'Save what waits to a file' }).getAttribute('href')).toBe(
    '/queue/export.json',
  )
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'queue')
  await page.getByRole('button', { name: 'Check now' }).click()
  await page.getByRole('button', { name: 'Try all 2 again' }).click()
  await page.getByRole('button', { name: 'Show earlier ones' }).click()
  await page.getByText('First box').waitFor()
  expect(await page.getByRole('button', { name: 'Show earlier ones' }).count()).toBe(0)
  expect(ui.lab().heard.map(({ name, body }) => [name, body])).toEqual(
    expect.arrayContaining([
      ['queue-check', {}],
      ['queue-retry-all', {}],
      ['queue-history', { before: 'o3' }],
    ]),
  )
})

test('an item in the queue can be edited: it leaves the queue and opens in the tray', async () => {
  ui.lab().send({ section: 'queue', value: { ...fakeQueue(), operations: [stuck] } })
  ui.lab().answer = () => ({ operationId: 'o1' })
  const page = await ui.openPage()
  await page.getByRole('button', { name: /^Saving/ }).click()
  await page.getByRole('button', { name: 'Edit the item: Acme Box 1 (HW-00001)' }).click()
  await page.getByRole('heading', { name: /^Item/ }).waitFor()
  expect(ui.lab().heard).toContainEqual({
    name: 'operation-act',
    body: { operationId: 'o1', action: 'edit' },
  })
})
