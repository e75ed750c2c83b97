import { expect, test } from 'vitest'
import { fakeBench, fakeChange, fakeItem, startedAt } from '../support/fake-lab-things.ts'
import { fakeQueue } from '../support/fake-queue.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { intakeCard, messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const record = fakeRecord

test('a certain duplicate leads to the thing that is owned; writing it again is not offered first', async () => {
  const words = 'HW-00001 in the inventory has the same serial number.'
  const duplicates = [{ words, tag: 'HW-00001', url: '/a/HW-00001', certain: true }]
  ui.showIntake({ duplicates, change: null })
  const owned = fakeItem({ id: 'item-0', tag: 'HW-00001', title: 'Dell PowerEdge R640 in use', record })
  ui.lab().send({ section: 'items', value: [fakeItem({ duplicates }), owned] })
  const page = await ui.openPage()
  expect(await intakeCard(page).locator('.button-primary').allTextContents()).toEqual(['Open HW-00001'])
  expect(await violations(page)).toEqual([])
  await intakeCard(page).getByRole('button', { name: 'Open HW-00001' }).click()
  await page.getByRole('region', { name: 'Label' }).getByRole('heading', { name: owned.title }).waitFor()
})

test('a scanned label shows the facts of the thing at once', async () => {
  const change = fakeChange({ state: 'done', decidedBy: 'operator' })
  ui.lab().send({ section: 'items', value: [fakeItem({ tag: 'HW-00001', record, change })] })
  const page = await ui.openPage({}, '/?tag=HW-00001')
  await page.setViewportSize({ width: 360, height: 740 })
  const card = page.getByRole('region', { name: 'Label' }).getByRole('region')
  await card.getByText('7XK9QZ2').waitFor()
  await card.getByText(/by operator/).waitFor()
  await card.getByRole('img', { name: 'Dell PowerEdge R640' }).waitFor()
  expect(await card.getByRole('link', { name: 'Open the record' }).count()).toBe(0)
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  expect(await card.evaluate((element) => element.scrollHeight - element.clientHeight)).toBe(0)
})

test('a field that no label shows is added by hand, and goes away when it is left empty', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  const card = intakeCard(page)
  expect(await card.getByRole('button', { name: /^Name:/ }).count()).toBe(0)
  await card.getByRole('button', { name: 'Add a field' }).click()
  await card.getByRole('button', { name: 'Name', exact: true }).click()
  await page.keyboard.press('Escape')
  expect(await card.getByRole('textbox', { name: 'Name' }).count()).toBe(0)
  await card.getByRole('button', { name: 'Add a field' }).click()
  await card.getByRole('button', { name: 'Name', exact: true }).click()
  await page.keyboard.type('rack-sw-1')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('field-correct'))
    .toEqual([{ itemId: 'item-1', field: 'name', value: 'rack-sw-1' }])
})

test('a decision that waits above newer messages is in view when the page is opened', async () => {
  ui.showIntake()
  const later = Array.from({ length: 40 }, (_, index) =>
    messageOf(`later-${index}`, index % 2 ? 'advisor' : 'operator', [
      { kind: 'text', text: `Line ${index}` },
    ]),
  )
  ui.lab().conversation.messages.push(...later)
  const page = await ui.openPage()
  await expect
    .poll(() => intakeCard(page).evaluate((card) => Math.abs(card.getBoundingClientRect().top) < innerHeight))
    .toBe(true)
})

test('a reprint is decided where it was asked for', async () => {
  const job = {
    id: 'j1',
    tag: 'HW-00001',
    itemId: null,
    printerName: 'Bench printer',
    stateWords: 'Failed: The cover is open.',
    tone: 'bad' as const,
    fileUrl: null,
    actions: ['reprint' as const],
    updatedAt: startedAt,
  }
  const again = fakeChange({
    id: 'change-2',
    itemId: null,
    title: 'Print label HW-00001 again',
    lines: [{ label: 'Label', before: null, after: 'HW-00001' }],
    steps: fakeChange()
      .steps.slice(1)
      .map((step) => ({ ...step, position: 0, optional: false })),
    approveWords: 'Print',
  })
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), printJobs: [job] } })
  ui.lab().answer = ({ name }) => {
    if (name === 'print-job-act') ui.lab().send({ section: 'changes', value: [again] })
    return {}
  }
  ui.showIntake({ tag: 'HW-00001', record, change: null })
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Reprint (HW-00001)' }).click()
  await intakeCard(page).getByRole('button', { name: 'Print', exact: true }).click()
  await expect
    .poll(() => ui.heard('change-decide'))
    .toMatchObject([{ changeId: 'change-2', decision: 'approve', leaveOut: [] }])
})

test('an approved record that waits for NetBox says so, and not that it waits for a person', async () => {
  const steps = fakeChange().steps.map((step, position) =>
    position === 0 ? { ...step, state: 'running' as const } : step,
  )
  ui.showIntake({ tag: 'HW-00001', change: fakeChange({ state: 'executing', tone: 'working', steps }) })
  ui.lab().conversation.messages.push(
    messageOf('m3', 'advisor', [
      {
        kind: 'tool-call',
        callId: 't2',
        server: 'netbox',
        tool: 'propose_record',
        title: 'Propose the record',
        input: '{}',
        state: 'waiting',
        outcome: 'Waiting for your decision.',
        itemId: 'item-1',
        changeId: 'change-1',
        result: null,
      },
    ]),
  )
  const operation = {
    id: 'o1',
    title: 'Dell PowerEdge R640 (HW-00001)',
    stateWords: 'Waiting for NetBox',
    tone: 'working' as const,
    tag: 'HW-00001',
    itemId: null,
    why: 'NetBox does not answer.',
    conflict: [],
    undoable: false,
    actions: [],
    updatedAt: startedAt,
  }
  const queue = { ...fakeQueue(), target: 'NetBox', words: '1 waiting for NetBox', tone: 'working' as const }
  ui.lab().send({ section: 'queue', value: { ...queue, operations: [operation] } })
  const page = await ui.openPage()
  await intakeCard(page).getByText('Waiting for NetBox. NetBox does not answer.').waitFor()
  await page.getByRole('button', { name: 'Propose the record approved, on its way' }).waitFor()
})
