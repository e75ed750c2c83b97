import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

async function openKept(page: Page): Promise<void> {
  await page
    .getByRole('button', { name: /connected/i })
    .first()
    .click()
  await page.getByRole('heading', { name: 'What is kept' }).scrollIntoViewIfNeeded()
}
const days = (page: Page) => page.getByRole('textbox', { name: 'Conversations nobody goes on with' })

test('a person sees what is kept, for how long, and what takes the room', async () => {
  const page = await ui.openPage()
  await openKept(page)
  await page.getByRole('button', { name: 'What takes the room' }).click()
  await page.getByText('41.2 MB').waitFor()
  expect(await days(page).inputValue()).toBe('7')
  await page.getByRole('button', { name: 'Tidy up now' }).scrollIntoViewIfNeeded()
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'what-is-kept')
}, 60_000)

test('keeping something shorter asks first, keeping it longer or for good does not', async () => {
  ui.lab().answer = () => ({ words: 'Saved.' })
  const page = await ui.openPage({
    viewport: { width: 360, height: 740 },
    hasTouch: true,
    isMobile: true,
    colorScheme: 'dark',
  })
  await openKept(page)
  await days(page).fill('3')
  await page.getByRole('button', { name: 'Save' }).click()
  await page.getByText('What is older than 3 days goes within the hour.').waitFor()
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  await keepScreen(page, 'what-is-kept-phone-dark')
  await page.getByRole('button', { name: 'Leave it' }).click()
  expect(ui.heard('retention-set')).toEqual([])
  await days(page).fill('soon')
  await page.getByText('Write 1 to 3650 days').waitFor()
  await days(page).fill('')
  await page.getByRole('button', { name: 'Save' }).click()
  await expect.poll(() => ui.heard('retention-set')).toEqual([{ name: 'conversations', days: null }])
}, 60_000)

test('a summary says what it stands for, and that the messages are gone', async () => {
  ui.lab().conversation.messages = [
    messageOf('m1', 'advisor', [
      {
        kind: 'summary',
        text: 'You looked for shelves in the attic.\n\nItems: `HW-00012`',
        messages: 42,
        from: '2026-11-03T09:00:00.000Z',
        to: '2026-11-05T09:00:00.000Z',
        madeBy: null,
        promptHash: null,
      },
    ]),
  ]
  const page = await ui.openPage()
  await page.getByText('made by HWLab without a model. The messages themselves are gone.').waitFor()
  await page.getByText('You looked for shelves in the attic.').waitFor()
  await keepScreen(page, 'conversation-summary')
}, 60_000)
