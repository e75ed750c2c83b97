import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { fakeItem } from '../support/fake-lab-things.ts'
import { fakeRecord } from '../support/fake-record.ts'
import { uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const record = fakeRecord

function showRecorded(count: number): void {
  const items = Array.from({ length: count }, (_, at) =>
    fakeItem({ id: `item-${at}`, tag: `HW-0000${at + 1}`, title: `Switch ${at + 1}`, record, tone: 'good' }),
  )
  ui.lab().send({ section: 'items', value: [...items, fakeItem({ id: 'draft', title: 'A draft' })] })
}

async function openSheet(page: Page) {
  await page
    .getByRole('button', { name: /^Items/ })
    .first()
    .click()
  const section = page.getByRole('region', { name: 'Label sheet' })
  await section.getByRole('button', { name: 'Labels on a sheet, as PDF' }).focus()
  await page.keyboard.press('Enter')
  return section
}

async function asked(page: Page) {
  const href = await page.getByRole('link', { name: 'Open the PDF' }).getAttribute('href')
  return Object.fromEntries(new URL(href ?? '', ui.lab().url).searchParams)
}

test('recorded items go on a label sheet, chosen by keyboard, with the used labels skipped', async () => {
  showRecorded(3)
  const page = await ui.openPage()
  const section = await openSheet(page)
  expect(await section.getByRole('checkbox').count()).toBe(4)
  expect(await section.getByText('A draft').count()).toBe(0)
  await section.getByRole('checkbox', { name: 'HW-00002 Switch 2' }).focus()
  await page.keyboard.press('Space')
  await section.getByLabel('Skip the first').focus()
  await page.keyboard.type('4')
  await section.getByRole('img', { name: 'First page: 4 used up, 2 printed, 15 blank' }).waitFor()
  await section.getByText('2 labels on 1 page.').waitFor()
  expect(await asked(page)).toEqual({ tags: 'HW-00001,HW-00003', sheet: 'a4-63.5x38.1', skip: '4' })
  await section.getByLabel('Sheet').selectOption('letter-101.6x50.8')
  await section.getByRole('img', { name: 'First page: 4 used up, 2 printed, 4 blank' }).waitFor()
  expect(await asked(page)).toMatchObject({ sheet: 'letter-101.6x50.8' })
  expect(await violations(page)).toEqual([])
})

test('more labels are skipped than the sheet has: the last one stays, and the number says so', async () => {
  showRecorded(3)
  const page = await ui.openPage()
  const section = await openSheet(page)
  const skip = section.getByLabel('Skip the first')
  await skip.fill('99')
  await page.keyboard.press('Tab')
  expect(await skip.inputValue()).toBe('20')
  await section.getByText('3 labels on 2 pages.').waitFor()
  expect(await asked(page)).toMatchObject({ skip: '20' })
})

test('without a chosen item there is nothing to open, and it says what to do', async () => {
  showRecorded(2)
  const page = await ui.openPage()
  const section = await openSheet(page)
  await section.getByRole('checkbox', { name: 'All 2' }).uncheck()
  await section.getByText('Choose at least one item.').waitFor()
  expect(await section.getByRole('link').count()).toBe(0)
  await section.getByRole('checkbox', { name: 'All 2' }).check()
  await section.getByRole('link', { name: 'Open the PDF' }).waitFor()
})

test('while nothing is recorded it says how a label gets on a sheet', async () => {
  showRecorded(0)
  const page = await ui.openPage()
  const section = await openSheet(page)
  await section.getByText('No item has a record yet. Confirm one, and its label can go on a sheet.').waitFor()
  expect(await violations(page)).toEqual([])
})

test('it fits a phone of 360 px and has targets for fingers', async () => {
  showRecorded(9)
  const page = await ui.openPage({ viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true })
  const section = await openSheet(page)
  await section.getByRole('link', { name: 'Open the PDF' }).scrollIntoViewIfNeeded()
  expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
  const link = await section.getByRole('link', { name: 'Open the PDF' }).boundingBox()
  expect(link?.height).toBeGreaterThanOrEqual(44)
  expect(await violations(page)).toEqual([])
})
