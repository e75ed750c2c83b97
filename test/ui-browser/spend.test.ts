import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fakeSpend } from '../support/fake-spend.ts'
import { keepScreen } from '../support/screens.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

async function openSpending(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Spen/ }).first().click()
  await page.getByRole('region', { name: 'Spending' }).waitFor()
}

test('a person sees what was spent, what is reserved, and what each model cost', async () => {
  const page = await ui.openPage()
  await openSpending(page)
  await page.getByText('Cloud models may spend $0.38 more today.').waitFor()
  await page.getByText('$0.11 of $0.50').waitFor()
  await page.getByText('$0.011 more is reserved').waitFor()
  await page.getByText('Until 18 Nov 2026: $0.10 in').waitFor()
  expect(await page.getByRole('link', { name: 'All calls (CSV)' }).getAttribute('href')).toBe(
    '/spend/ledger.csv',
  )
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'spending')
}, 60_000)

test('raising a cap asks first, lowering it does not', async () => {
  ui.lab().answer = () => ({ words: 'Done.' })
  const page = await ui.openPage()
  await openSpending(page)
  const day = page.getByRole('textbox', { name: 'For a day' })
  const save = page.getByRole('button', { name: 'Save' })
  await day.fill('2')
  await save.click()
  await page.getByText('HWLab may then spend $2.00 instead of $0.50 for a day.').waitFor()
  expect(ui.heard('spend-caps-set')).toEqual([])
  await page.getByRole('button', { name: 'Keep the old caps' }).click()
  expect(await day.inputValue()).toBe('0.50')
  await day.fill('much')
  await page.getByText('Write each cap as dollars').waitFor()
  expect(await save.isDisabled()).toBe(true)
  await day.fill('0')
  await save.click()
  await expect.poll(() => ui.heard('spend-caps-set')).toEqual([{ queryUsd: 0.05, dayUsd: 0, monthUsd: 5 }])
  const caps = { queryUsd: 0.05, dayUsd: 0, monthUsd: 5 }
  const words = 'Cloud models are off: a cap is $0.'
  ui.lab().send({ section: 'spend', value: fakeSpend({ caps, words }) })
  await page.getByText(words).waitFor()
  await day.fill('0.5')
  await save.click()
  await page.getByRole('button', { name: 'Raise the cap' }).click()
  await expect.poll(() => ui.heard('spend-caps-set')[1]).toEqual({ queryUsd: 0.05, dayUsd: 0.5, monthUsd: 5 })
}, 60_000)

test('a model without a price answers only when a person lets it, on a phone as well', async () => {
  ui.lab().answer = () => ({ words: 'Done.' })
  const page = await ui.openPage({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  await openSpending(page)
  await page.getByRole('button', { name: 'Let it answer all the same' }).click()
  await expect.poll(() => ui.heard('spend-price-allow')).toEqual([{ modelKey: 'house/large', allowed: true }])
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'spending-phone')
}, 60_000)
