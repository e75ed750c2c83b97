import type { BrowserContextOptions, Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { CableTestView } from '../../agent/protocol/cable-tests.ts'
import { fakeCableTest, fakeDrawing } from '../support/fake-cable-test.ts'
import { fakeBench, fakeChange, fakeItem, startedAt } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()
const record = {
  ...{ url: 'http://netbox.test/dcim/devices/7/', words: 'Every field was read back and is the same.' },
  ...{ confirmedAt: startedAt, retired: false, editable: [] },
}
const core = fakeItem({
  ...{ tag: 'HW-00001', title: 'Cisco Catalyst 3560', state: 'complete', record },
  conversationId: null,
})
const uplink = { words: 'core-1 Gi1/0/1 – ap-2 eth0', tags: ['HW-00001', 'HW-00002'] }
const failed = { result: 'fail', words: 'Pin 4 open — FAIL', itemId: 'item-1' } as const
const cables = [1, 2, 3, 4, 5, 6, 7, 8].map((port) => ({
  id: port,
  words: `core-1 Gi1/0/${port} – ${port === 7 ? 'ap-2 eth0' : `srv-${port} eno1`}`,
}))

function show(facts: Partial<CableTestView>): void {
  ui.lab().send({ section: 'items', value: [core] })
  const tests = [fakeCableTest({ ...failed, ...facts })]
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), cableTests: tests } })
}

async function open(facts: Partial<CableTestView>, options: BrowserContextOptions = {}): Promise<Page> {
  const drawing = fakeDrawing({ '4': { reaches: [], state: 'open' } })
  const answers: Record<string, unknown> = {
    'cable-test-open': { drawing, rawHex: 'a51202', photos: [] },
    'cable-test-cables': { cables },
  }
  ui.lab().answer = (request) => answers[request.name] ?? {}
  show(facts)
  return ui.openPage({ locale: 'en-GB', ...options })
}

async function openBench(facts: Partial<CableTestView>, options: BrowserContextOptions = {}): Promise<Page> {
  const page = await open(facts, options)
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  await tests(page).getByText('Pin 4 open — FAIL').waitFor()
  // The drawing comes after the words, and what stands below it moves down.
  await tests(page).getByRole('img', { name: 'Wiremap: 4 open.' }).waitFor()
  return page
}

const tests = (page: Page) => page.getByRole('region', { name: 'Cable tests' })

async function looksRight(page: Page): Promise<void> {
  expect(await violations(page)).toEqual([])
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
}

const phone = { viewport: { width: 360, height: 1000 } }

test('the cable is found by a port or a device, and chosen', async () => {
  const page = await openBench({}, phone)
  await tests(page).getByRole('button', { name: 'Choose its cable' }).click()
  await tests(page).getByText('2 more: type a port or a device.').waitFor()
  await tests(page).getByLabel('Port or device').fill('AP-2')
  const choice = tests(page).getByRole('button', { name: 'core-1 Gi1/0/7 – ap-2 eth0' })
  await choice.scrollIntoViewIfNeeded()
  expect(await tests(page).getByRole('listitem').filter({ hasText: 'srv-' }).count()).toBe(0)
  await keepScreen(page, 'cable-choice-phone')
  await looksRight(page)
  await choice.click()
  await expect.poll(() => ui.heard('cable-test-cable')).toEqual([{ testId: 'test-1', cableId: 7 }])
})

test.each([
  { name: 'cable-note', viewport: { width: 1280, height: 1000 }, colorScheme: 'light' as const },
  { name: 'cable-note-dark', viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' as const },
  { name: 'cable-note-phone', ...phone, colorScheme: 'light' as const },
])('$name: a result is noted by a request that is decided beside it', async ({ name, ...options }) => {
  const page = await openBench({ cable: uplink }, options)
  await tests(page).getByText(uplink.words).waitFor()
  await tests(page).getByRole('button', { name: 'Note it in the inventory' }).click()
  await expect.poll(() => ui.heard('cable-test-note')).toEqual([{ testId: 'test-1' }])
  const change = fakeChange({
    ...{ id: 'change-9', title: `Cable test of ${uplink.words}`, itemId: null, warnings: [] },
    steps: [
      {
        ...{ position: 0, kind: 'netbox.add_journal', optional: false, state: 'waiting', outcome: null },
        ...{ title: 'Write it to the journal of core-1 Gi1/0/1 – ap-2 eth0 in NetBox', waitsFor: null },
      },
    ],
    lines: [
      { label: 'Cable test', before: null, after: 'Pin 4 open — FAIL' },
      {
        label: 'Wires',
        before: null,
        after: '1 to 1, 2 to 2, 3 to 3, 4 open, 5 to 5, 6 to 6, 7 to 7, 8 to 8',
      },
      { label: 'What this tester cannot see', before: null, after: 'Split pairs were not tested.' },
      { label: 'Raw bytes', before: null, after: 'a5 12 02 02 01 02 03 00 05 06 07 08 ff 00 00 00 00 00' },
    ],
  })
  ui.lab().send({ section: 'changes', value: [change] })
  show({ cable: uplink, note: { kind: 'waiting', changeId: 'change-9' } })
  const card = tests(page).getByRole('region', { name: `Request: ${change.title}` })
  await card.scrollIntoViewIfNeeded()
  expect(await tests(page).getByRole('button', { name: 'Note it in the inventory' }).count()).toBe(0)
  await keepScreen(page, name)
  await looksRight(page)
})

test('what became of the request is told, and whether it can be asked again', async () => {
  const page = await openBench({ cable: uplink })
  const states: [CableTestView['note'], string, string | null][] = [
    [null, uplink.words, 'Note it in the inventory'],
    [{ kind: 'writing', changeId: 'c', words: 'Being written.' }, 'Being written.', null],
    [{ kind: 'stands', changeId: 'c', why: 'The cable was taken out.' }, 'The cable was taken out.', null],
    [{ kind: 'noted', changeId: 'c', words: 'Noted at HW-1.' }, 'Noted at HW-1.', 'Note it here as well'],
    [
      { kind: 'failed', changeId: 'c', why: 'It was cancelled.' },
      'It was cancelled.',
      'Note it in the inventory',
    ],
  ]
  for (const [note, shown, offers] of states) {
    show({ cable: uplink, note })
    await tests(page).getByText(shown).waitFor()
    const offered = tests(page).getByRole('button', { name: /^Note it/ })
    await expect.poll(() => offered.allTextContents()).toEqual(offers === null ? [] : [offers])
  }
})

test('an item shows the last test of itself and of a cable at it', async () => {
  const words = `The note on ${uplink.words} is in NetBox, read back.`
  const note = { kind: 'noted', changeId: 'c', words } as const
  const facts = { itemId: 'item-9', cable: uplink, note, isNoted: true }
  const page = await open(facts, { viewport: { width: 1280, height: 1000 }, colorScheme: 'dark' })
  await page
    .getByRole('button', { name: /^Items/ })
    .first()
    .click()
  await page.getByRole('button', { name: /^Cisco Catalyst 3560/ }).click()
  await tests(page).getByText('Pin 4 open — FAIL').waitFor()
  await tests(page).getByText(words).scrollIntoViewIfNeeded()
  expect(
    await tests(page)
      .getByRole('button', { name: /^Note it/ })
      .count(),
  ).toBe(0)
  await keepScreen(page, 'cable-item-dark')
  await looksRight(page)
})

test('nothing is offered for what is not in the inventory', async () => {
  const page = await openBench({ itemId: null })
  expect(
    await tests(page)
      .getByRole('button', { name: /Choose its cable|Note it/ })
      .count(),
  ).toBe(0)
})
