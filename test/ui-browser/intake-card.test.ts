import { expect, test } from 'vitest'
import { fakeBench, fakeChange, startedAt } from '../support/fake-lab-things.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { intakeCard, uiInBrowser } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

test('a field is corrected in place with the keyboard alone', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Serial: 7XK9QZ2. Edit' }).focus()
  await page.keyboard.press('Enter')
  await intakeCard(page).getByRole('textbox', { name: 'Serial' }).fill('7XK9QZ3')
  await page.keyboard.press('Escape')
  expect(ui.heard('field-correct')).toEqual([])
  await page.keyboard.press('Enter')
  await intakeCard(page).getByRole('textbox', { name: 'Serial' }).fill('7XK9QZ3')
  await page.keyboard.press('Enter')
  await intakeCard(page).getByRole('button', { name: 'Serial: 7XK9QZ2. Edit' }).waitFor()
  expect(ui.heard('field-correct')).toEqual([{ itemId: 'item-1', field: 'serial', value: '7XK9QZ3' }])
})

test('a refused correction stays open and says why', async () => {
  ui.showIntake()
  ui.lab().answer = () => 'A MAC address has twelve hexadecimal digits.'
  const page = await ui.openPage()
  await intakeCard(page)
    .getByRole('button', { name: /^MAC address: .* Edit$/ })
    .click()
  await intakeCard(page).getByRole('textbox', { name: 'MAC address' }).fill('12')
  await intakeCard(page).getByRole('button', { name: 'Save' }).click()
  await intakeCard(page).getByText('A MAC address has twelve hexadecimal digits.').waitFor()
  expect(await intakeCard(page).getByRole('textbox', { name: 'MAC address' }).inputValue()).toBe('12')
})

test('the evidence of a field shows the very crop and the number', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Serial: certain' }).click()
  const crop = intakeCard(page).getByRole('img', { name: 'Cut-out that reads “S7XK9QZ2”' })
  await crop.waitFor()
  expect(await crop.getAttribute('src')).toBe(
    '/attachments/photo-1/crop?left=90&top=430&width=620&height=130',
  )
  await intakeCard(page).getByText('0.98').waitFor()
})

test('two readings that disagree are settled with one click', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Use 54:BF:64:12:9A:DE as MAC address' }).click()
  await expect
    .poll(() => ui.heard('field-correct'))
    .toEqual([{ itemId: 'item-1', field: 'mac_address', value: '54:BF:64:12:9A:DE' }])
})

test('it is decided once, with the digest that was shown and without the print that was switched off', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Confirm and print' }).waitFor()
  await intakeCard(page).getByRole('checkbox', { name: 'Print the label HW-00001' }).uncheck()
  await intakeCard(page).getByRole('button', { name: 'Confirm', exact: true }).click()
  await expect
    .poll(() => ui.heard('change-decide'))
    .toEqual([{ changeId: 'change-1', digest: 'd'.repeat(64), decision: 'approve', leaveOut: [1] }])
})

test('an expired request cannot be confirmed; it can be prepared again', async () => {
  ui.showIntake({ change: fakeChange({ state: 'expired', stateWords: 'Expired; nothing was done' }) })
  const page = await ui.openPage()
  await intakeCard(page).getByText('Expired; nothing was done').waitFor()
  expect(
    await intakeCard(page)
      .getByRole('button', { name: /^Confirm/ })
      .count(),
  ).toBe(0)
  await intakeCard(page).getByRole('button', { name: 'Propose it again' }).click()
  await expect.poll(() => ui.heard('item-propose')).toEqual([{ itemId: 'item-1' }])
})

test('a saved item shows its record, its tag and what became of the label', async () => {
  const job = {
    id: 'j1',
    tag: 'HW-00001',
    printerName: 'Bench printer',
    stateWords: 'Sent, unconfirmed',
    tone: 'ask' as const,
    fileUrl: null,
    actions: ['reprint' as const],
    updatedAt: startedAt,
  }
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), printJobs: [job] } })
  const record = { ...fakeRecord, url: 'https://netbox.example/dcim/devices/7/' }
  ui.showIntake({ tag: 'HW-00001', tone: 'good', state: 'complete', record, change: null })
  const page = await ui.openPage()
  expect(await intakeCard(page).getByRole('link', { name: 'Open the record' }).getAttribute('href')).toBe(
    record.url,
  )
  await intakeCard(page).getByText('Sent, unconfirmed').waitFor()
  await intakeCard(page).getByRole('button', { name: 'Reprint (HW-00001)' }).click()
  await expect.poll(() => ui.heard('print-job-act')).toEqual([{ jobId: 'j1', action: 'reprint' }])
})
