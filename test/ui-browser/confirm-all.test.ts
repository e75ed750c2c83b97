import { expect, test } from 'vitest'
import { fakeBench, fakeChange, fakeItem } from '../support/fake-lab-things.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const step = (position: number, tag: string, prints: boolean) => ({
  position,
  kind: prints ? 'devices.print_label' : 'netbox.create_item',
  title: prints ? `Print the label of ${tag}` : `Create ${tag}`,
  optional: true,
  state: 'waiting' as const,
  outcome: null,
  waitsFor: prints ? position - 1 : null,
})

const both = fakeChange({
  id: 'change-all',
  itemId: null,
  tier: 'bulk-or-destructive',
  title: 'Record 2 items and print their labels',
  requester: 'operator:operator',
  lines: ['HW-00001', 'HW-00002'].map((tag) => ({ label: tag, before: null, after: `Dell R640 ${tag}` })),
  warnings: [],
  steps: [step(0, 'HW-00001', false), step(1, 'HW-00001', true), step(2, 'HW-00002', false)],
})

function showReady(count: number): void {
  const items = Array.from({ length: count }, (_, at) =>
    fakeItem({ id: `item-${at + 1}`, title: `Dell R64${at}`, sample: false, state: 'researched' }),
  )
  const doubtful = fakeItem({ id: 'item-9', title: 'Box', state: 'needs_research', sample: false })
  ui.lab().send({ section: 'items', value: [...items, doubtful] })
  ui.lab().send({ section: 'bench', value: fakeBench() })
}

async function openTray(width = 1280) {
  const page = await ui.openPage({ viewport: { width, height: 800 } })
  await page
    .getByRole('button', { name: /^Items/ })
    .first()
    .click()
  return page
}

test('all that are ready go into one request, by keyboard, and the focus goes on to it', async () => {
  showReady(2)
  ui.lab().answer = ({ name }) => {
    if (name === 'items-propose') ui.lab().send({ section: 'changes', value: [both] })
    return { changeId: 'change-all', words: '2 done.', left: [] }
  }
  const page = await openTray()
  await page.getByRole('button', { name: 'Confirm all that are ready (2)' }).focus()
  await page.keyboard.press('Enter')
  await expect.poll(() => ui.heard('items-propose')).toEqual([{ itemIds: ['item-1', 'item-2'], print: true }])
  const card = page.getByRole('region', { name: `Request: ${both.title}` })
  await card.waitFor()
  await expect.poll(() => card.evaluate((element) => element === document.activeElement)).toBe(true)
  expect(await violations(page)).toEqual([])
})

test('leaving an item out leaves its label out too; wanting the label wants the item', async () => {
  showReady(2)
  ui.lab().send({ section: 'changes', value: [both] })
  const page = await openTray()
  const box = (name: string) => page.getByRole('checkbox', { name })
  await box('Create HW-00001').uncheck()
  expect(await box('Print the label of HW-00001').isChecked()).toBe(false)
  await box('Print the label of HW-00001').check()
  expect(await box('Create HW-00001').isChecked()).toBe(true)
  await box('Create HW-00001').uncheck()
  await page
    .getByRole('region', { name: `Request: ${both.title}` })
    .getByRole('button')
    .first()
    .click()
  await expect
    .poll(() => ui.heard('change-decide'))
    .toMatchObject([{ decision: 'approve', leaveOut: [0, 1] }])
})

test('what is not in the request is told with its reason, on a phone too', async () => {
  showReady(3)
  ui.lab().answer = () => ({
    changeId: 'change-all',
    words: '2 done, 1 skipped.',
    left: [{ name: 'HW-00003 Dell R642', kind: 'skipped', why: 'HW-00001 has the same serial number.' }],
  })
  const page = await openTray(360)
  await page.getByRole('checkbox', { name: 'Print their labels' }).uncheck()
  await page.getByRole('button', { name: 'Confirm all that are ready (3)' }).click()
  await page.getByText('HW-00003 Dell R642: HW-00001 has the same serial number.').waitFor()
  expect(ui.heard('items-propose')).toMatchObject([{ print: false }])
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await violations(page)).toEqual([])
})

test('one ready item alone needs no button for all', async () => {
  showReady(1)
  const page = await openTray()
  await page.getByText('Dell R640').first().waitFor()
  expect(await page.getByRole('button', { name: /^Confirm all/ }).count()).toBe(0)
})
