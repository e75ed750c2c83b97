import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { QueueView } from '../../agent/protocol/queue.ts'
import { fakeChange, fakeItem, startedAt } from '../support/fake-lab-things.ts'
import { fakeQueue } from '../support/fake-queue.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { keepScreen } from '../support/screens.ts'
import { intakeCard, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const conflict: QueueView['operations'][number]['conflict'] = [
  { field: 'serial', label: 'Serial number', base: '7XK9QZ2', mine: '7XK9QZ3', netbox: '7XK9QZ8' },
  { field: 'name', label: 'Name', base: null, mine: 'rack-server-1', netbox: 'attic-server' },
  {
    field: 'comments',
    label: 'Comments',
    base: 'From the top shelf.',
    mine: null,
    netbox: `From the top shelf.\n\n${'Long words of somebody else. '.repeat(6)}`,
  },
]

function showQueue(facts: Partial<QueueView['operations'][number]>): void {
  const operation = {
    id: 'o1',
    title: 'Serial number, name and comments of Dell PowerEdge R640 (HW-00001)',
    stateWords: 'Changed in NetBox too',
    tone: 'ask' as const,
    tag: 'HW-00001',
    itemId: null,
    why: 'Serial number, name and comments of HW-00001 were changed in NetBox too. Choose what counts.',
    conflict,
    undoable: false,
    actions: ['choose' as const, 'cancel' as const],
    updatedAt: startedAt,
    ...facts,
  }
  const words = 'NetBox at https://netbox.lan'
  ui.lab().send({
    section: 'queue',
    value: { ...fakeQueue(), target: words, words: '1 needs you', tone: 'bad', operations: [operation] },
  })
}

const done = {
  ...{ tag: 'HW-00001', record: fakeRecord, change: null, nextAction: '', sample: false },
  ...{ state: 'complete' as const, stateWords: 'In the inventory', tone: 'good' as const },
}

async function openQueue(page: Page) {
  await page.getByRole('button', { name: 'Saving' }).first().click()
  return page.getByRole('region', { name: 'Saving' })
}

test('a conflict is settled with Enter alone: NetBox’s values are chosen already', async () => {
  showQueue({})
  const page = await ui.openPage()
  const queue = await openQueue(page)
  const ask = queue.getByRole('form', { name: /^Changed in NetBox too/ })
  const theirs = ask.getByRole('radio', { name: /^NetBox says/, checked: true })
  await expect.poll(() => theirs.count()).toBe(conflict.length)
  await ask.getByRole('radio', { name: /^NetBox says 7XK9QZ8/ }).focus()
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('conflict-choose'))
    .toEqual([{ operationId: 'o1', choices: { serial: 'netbox', name: 'netbox', comments: 'netbox' } }])
})

test('by keyboard, one field is kept as HWLab wanted it, and the button says what will happen', async () => {
  showQueue({})
  const page = await ui.openPage()
  const queue = await openQueue(page)
  const serial = queue.getByRole('group', { name: 'Serial number' })
  await serial.getByRole('radio', { name: /^NetBox says/ }).focus()
  await page.keyboard.press('ArrowDown')
  expect(await serial.getByRole('radio', { name: 'Keep mine 7XK9QZ3' }).isChecked()).toBe(true)
  await queue.getByRole('button', { name: 'Save these choices' }).waitFor()
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('conflict-choose'))
    .toMatchObject([{ choices: { serial: 'mine', name: 'netbox' } }])
})

test.each([
  { name: 'conflict', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'conflict-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const },
  { name: 'conflict-phone', viewport: { width: 360, height: 740 }, colorScheme: 'light' as const },
])(
  'the screen of a conflict ($name) is accessible and does not scroll sideways',
  async ({ name, ...look }) => {
    showQueue({})
    const page = await ui.openPage(look)
    const queue = await openQueue(page)
    await queue.getByRole('button', { name: 'Take NetBox’s' }).waitFor()
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    await keepScreen(page, name)
  },
)

test('the card of the thing asks as well', async () => {
  ui.showIntake(done)
  showQueue({})
  const page = await ui.openPage()
  await intakeCard(page).getByRole('radio', { name: 'Keep mine rack-server-1' }).check()
  await intakeCard(page).getByRole('button', { name: 'Save these choices' }).click()
  await expect.poll(() => ui.heard('conflict-choose')).toMatchObject([{ choices: { name: 'mine' } }])
  expect(await violations(page)).toEqual([])
})

test('a field of a recorded thing is edited on its card, and the change is one decision there', async () => {
  const edit = fakeChange({
    id: 'change-9',
    title: 'Change serial number of Dell PowerEdge R640 (HW-00001)',
    lines: [{ label: 'Serial number', before: '7XK9QZ2', after: '7XK9QZ3' }],
    steps: fakeChange()
      .steps.slice(0, 1)
      .map((step) => ({ ...step, kind: 'netbox.change_record', title: 'Change HW-00001' })),
    approveWords: 'Confirm',
  })
  const recorded = { ...done, stateWords: 'A change waits for you' }
  ui.lab().answer = ({ name }) => {
    if (name === 'record-change')
      ui.lab().send({ section: 'items', value: [fakeItem({ ...recorded, edit })] })
    return { changeId: 'change-9' }
  }
  ui.showIntake(done)
  const page = await ui.openPage()
  const card = intakeCard(page)
  await card.getByRole('button', { name: 'Serial: 7XK9QZ2. Change' }).click()
  await page.keyboard.type('7XK9QZ3')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('record-change'))
    .toEqual([{ itemId: 'item-1', field: 'serial', value: '7XK9QZ3' }])
  await card.getByText('Change serial number of Dell PowerEdge R640 (HW-00001)').waitFor()
  expect(await violations(page)).toEqual([])
  await card.getByText('Change serial number of Dell PowerEdge R640 (HW-00001)').scrollIntoViewIfNeeded()
  await keepScreen(page, 'record-change')
  await card.getByRole('button', { name: 'Confirm' }).click()
  await expect
    .poll(() => ui.heard('change-decide'))
    .toMatchObject([{ changeId: 'change-9', decision: 'approve' }])
})

test('what cannot be changed is not offered, and nothing is while HWLab is read-only', async () => {
  ui.showIntake(done)
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Retire this thing' }).waitFor()
  expect(
    await intakeCard(page)
      .getByRole('button', { name: /^Manufacturer: .* Change$/ })
      .count(),
  ).toBe(0)
  ui.lab().send({ section: 'session', value: { operator: 'operator', version: '1', readOnly: true } })
  await expect
    .poll(() =>
      intakeCard(page)
        .getByRole('button', { name: /Change$|^Retire/ })
        .count(),
    )
    .toBe(0)
})

test('a written change is taken back from the queue and from the card', async () => {
  const edit = fakeChange({
    id: 'change-9',
    title: 'Change name of Dell (HW-00001)',
    state: 'done',
    tone: 'good',
  })
  ui.showIntake({ ...done, edit })
  showQueue({ stateWords: 'Confirmed', tone: 'good', conflict: [], why: null, actions: [], undoable: true })
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Take back: Change name of Dell (HW-00001)' }).click()
  const queue = await openQueue(page)
  await queue.getByRole('button', { name: /^Take back: / }).click()
  await expect.poll(() => ui.heard('undo-propose')).toEqual([{ what: 'change-9' }, { what: 'o1' }])
})
