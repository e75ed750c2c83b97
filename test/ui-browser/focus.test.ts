import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fakeAnsweredBy } from '../support/fake-answer.ts'
import { fakeBench } from '../support/fake-lab-things.ts'
import { fakeRecording } from '../support/fake-meter.ts'
import { intakeCard, messageOf, uiInBrowser } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

/** What has the keyboard, by its name. */
function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement
    return (element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim().slice(0, 60)
  })
}
const fact = (id: string) => ({
  ...{ id, text: id, isPrivate: false, originWords: 'You wrote it' },
  ...{ setBy: 'operator', setAt: '2026-11-20T14:00:00.000Z' },
})
const remembered = (...ids: string[]) =>
  ui.lab().send({ section: 'facts', value: { facts: ids.map(fact), roomWords: `${ids.length} of 100` } })

test('what was opened with the keyboard gives it back when it is closed', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Look closer at label.jpg' }).press('Enter')
  await page.getByRole('dialog').waitFor()
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('Look closer at label.jpg')
  const saving = page.getByRole('button', { name: 'Saving' })
  await saving.press('Enter')
  await page.getByRole('button', { name: 'Close', exact: true }).press('Enter')
  await page.getByRole('region', { name: 'Saving' }).waitFor({ state: 'detached' })
  await expect.poll(() => saving.evaluate((button) => button.matches(':focus'))).toBe(true)
})

test('a sentence after the other is remembered, changed and deleted without looking for the keyboard', async () => {
  remembered('one', 'two')
  const page = await ui.openPage()
  ui.lab().answer = ({ name }) => {
    if (name === 'fact-add') remembered('three', 'one', 'two')
    if (name === 'fact-forget') remembered('three', 'two')
    return { words: 'Done.' }
  }
  await page.getByRole('button', { name: 'Remembered' }).click()
  await page.getByRole('textbox', { name: 'Sentence to remember' }).fill('three')
  await page.keyboard.press('Enter')
  await page.getByText('three', { exact: true }).waitFor()
  await expect.poll(() => focused(page)).toBe('Sentence to remember')
  await page.getByRole('button', { name: 'Edit “one”' }).press('Enter')
  await page.keyboard.press('Escape')
  await expect.poll(() => focused(page)).toBe('Edit “one”')
  await page.getByRole('button', { name: 'Delete “one”' }).press('Enter')
  await expect.poll(() => focused(page)).toBe('Edit “two”')
})

test('a sentence that is being remembered does not take the keyboard from one that is being changed', async () => {
  remembered('one', 'two')
  const page = await ui.openPage()
  const taken = Promise.withResolvers<{ words: string }>()
  ui.lab().answer = () => taken.promise
  await page.getByRole('button', { name: 'Remembered' }).click()
  const added = page.getByRole('textbox', { name: 'Sentence to remember' })
  await added.fill('three')
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'Edit “one”' }).press('Enter')
  taken.resolve({ words: 'Done.' })
  await expect.poll(() => added.inputValue()).toBe('')
  expect(await focused(page)).toBe('Sentence')
})

test('a question that is asked back has the keyboard on the answer that changes nothing', async () => {
  const page = await ui.openPage()
  await page.getByRole('button', { name: /^Spending/ }).click()
  await page.getByRole('textbox', { name: 'For a day' }).fill('2')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('Keep the old caps')
  await page.keyboard.press('Enter')
  await expect.poll(() => focused(page)).toBe('For one question, in US dollars')
  const recordings = [fakeRecording(), fakeRecording({ id: 'r2' })]
  ui.lab().send({ section: 'bench', value: { ...fakeBench(), recordings } })
  ui.lab().answer = () =>
    ui.lab().send({ section: 'bench', value: { ...fakeBench(), recordings: recordings.slice(1) } })
  await page.getByRole('button', { name: /^Bench/ }).click()
  await page.getByRole('button', { name: 'Delete', exact: true }).first().press('Enter')
  await page.keyboard.press('Shift+Tab')
  await page.keyboard.press('Enter')
  await expect.poll(() => page.getByRole('button', { name: 'Delete for good' }).count()).toBe(0)
  await expect
    .poll(() => page.evaluate(() => document.activeElement?.closest('.recording') !== null))
    .toBe(true)
})

test('a button that is off while it waits has the keyboard again with the answer', async () => {
  const page = await ui.openPage()
  await page
    .getByRole('button', { name: /onnected$/ })
    .first()
    .click()
  const panel = page.getByRole('region', { name: 'What is connected' })
  const check = panel.getByRole('button', { name: 'Check again' })
  const checked = Promise.withResolvers<{ checked: number }>()
  ui.lab().answer = () => checked.promise
  await check.press('Enter')
  await expect.poll(() => page.evaluate(() => document.activeElement === document.body)).toBe(true)
  checked.resolve({ checked: 3 })
  await expect.poll(() => focused(page)).toBe('Check again')
})

test('while a person is busy with a card, what comes below does not push it away and is one button away', async () => {
  ui.showIntake()
  const page = await ui.openPage()
  await intakeCard(page).getByRole('button', { name: 'Confirm and print' }).click()
  ui.lab().startRun('r1')
  ui.lab().emit({ kind: 'message-start', message: { ...messageOf('a1', 'advisor', []), answeredBy: null } })
  const text = 'A long answer.\n\n'.repeat(60)
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: `${text}The end.` })
  ui.lab().emit({ kind: 'run-end', messageId: 'a1', outcome: 'done', answeredBy: fakeAnsweredBy })
  const end = page.getByRole('article', { name: 'HWLab' }).getByText('The end.')
  await end.waitFor()
  await page.getByRole('button', { name: 'Newest' }).click()
  await expect.poll(() => end.evaluate((one) => one.getBoundingClientRect().bottom < innerHeight)).toBe(true)
})

test('what cannot be opened or stopped says why', async () => {
  const page = await ui.openPage()
  ui.lab().answer = () => 'HWLab is just stopping. Try again in a moment.'
  await page.getByRole('button', { name: 'New conversation' }).first().click()
  const rail = page.getByRole('navigation', { name: 'HWLab', exact: true })
  await rail.getByText('HWLab is just stopping.').waitFor()
  ui.lab().startRun('r1')
  ui.lab().emit({ kind: 'message-start', message: { ...messageOf('a1', 'advisor', []), answeredBy: null } })
  await page.getByRole('button', { name: 'Stop' }).click()
  await page.getByRole('form', { name: 'New message' }).getByText('HWLab is just stopping.').waitFor()
  await expect.poll(() => focused(page)).toBe('Message')
})
