import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

const tabsMax = 120

/** Tab by Tab, as somebody without a mouse. */
async function tabTo(page: Page, words: string): Promise<void> {
  for (let tabs = 0; tabs < tabsMax; tabs += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => document.activeElement?.textContent?.trim() ?? '')
    if (focused === words) return
  }
  throw new Error(`“${words}” cannot be reached with the Tab key`)
}

describe('without a mouse, and with a printer that is open', () => {
  let browser: Browser
  let stateDir: string
  let lab: RunningHwlab
  let page: Page

  beforeAll(async () => {
    browser = await launchBrowser()
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    lab = await runHwlab({ stateDir, port: 0 })
    page = (await openSignedIn(browser, lab, { width: 1280, height: 900 })).page
  })
  afterAll(async () => {
    await browser.close()
    await lab.stop('SIGTERM')
    await rm(stateDir, { recursive: true })
  })
  const card = () => page.getByRole('region', { name: /^Intake: / })

  test('the sample goes from photo to label with the Tab and Enter keys alone', async () => {
    await page.getByRole('button', { name: 'Try it with a sample photo' }).waitFor()
    await tabTo(page, 'Try it with a sample photo')
    await page.keyboard.press('Enter')
    await card().getByText('Being read').first().waitFor()
    await keepScreen(page, 'card-reading')
    await page.getByRole('button', { name: 'Confirm and print' }).waitFor()
    await tabTo(page, 'Confirm and print')
    await page.keyboard.press('Enter')
    await card().getByText('Printed (simulated)', { exact: true }).waitFor()
    await page
      .getByText('HW-00001 is recorded and read back. The label was printed (simulated).')
      .first()
      .waitFor()
  })

  test('the conversation is named after the thing on its photo', async () => {
    await page
      .getByRole('heading', { name: /^MikroTik CRS112/, level: 2 })
      .first()
      .waitFor()
    expect(await page.getByText('Photo: sample-label.jpg').count()).toBe(0)
  })

  test('a printer with an open cover says so before anything is sent', async () => {
    await page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
    const bench = page.getByRole('region', { name: 'Bench' })
    await bench.getByRole('button', { name: /^What it does wrong/ }).click()
    await bench.getByLabel('Cover: Simulated printer').selectOption('Open')
    await bench.getByText('The cover is open.').first().waitFor()
    await card().getByRole('button', { name: 'Reprint (HW-00001)' }).click()
    await card().getByRole('button', { name: 'Print', exact: true }).click()
    await card().getByText('Failed: The cover is open.').waitFor()
    await bench.getByText('The cover is open.', { exact: true }).waitFor()
    await keepScreen(page, 'printer-open')
  })

  test('with the cover closed the same label comes out', async () => {
    const bench = page.getByRole('region', { name: 'Bench' })
    await bench.getByLabel('Cover: Simulated printer').selectOption('Closed')
    await card().getByRole('button', { name: 'Reprint (HW-00001)' }).click()
    await card().getByRole('button', { name: 'Print', exact: true }).click()
    await card().getByText('Printed (simulated)', { exact: true }).waitFor()
  })

  test('an item in the tray leads back to the conversation in which it began', async () => {
    await page.getByRole('button', { name: 'New conversation' }).first().click()
    await page.getByRole('heading', { name: 'Photograph it, check it, confirm it.' }).waitFor()
    await page
      .getByRole('button', { name: /^Items/ })
      .first()
      .click()
    await page
      .getByRole('region', { name: 'Items' })
      .getByRole('button', { name: /MikroTik/ })
      .click()
    await page.getByRole('button', { name: 'Open its conversation' }).click()
    await page
      .getByRole('region', { name: 'Conversation' })
      .getByText('Printed (simulated)', { exact: true })
      .waitFor()
  })

  test('its label also goes on a sheet of labels, as a PDF', async () => {
    await page
      .getByRole('button', { name: /^Items/ })
      .first()
      .click()
    const sheet = page.getByRole('region', { name: 'Label sheet' })
    await sheet.getByRole('button', { name: 'Labels on a sheet, as PDF' }).click()
    const href = await sheet.getByRole('link', { name: 'Open the PDF' }).getAttribute('href')
    const pdf = await page.request.get(new URL(href ?? '', page.url()).href)
    expect([pdf.status(), pdf.headers()['content-type']]).toEqual([200, 'application/pdf'])
    expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-')
    const unknown = await page.request.get(
      new URL('/labels/sheet.pdf?tags=HW-00777&sheet=a4-70x37', page.url()).href,
    )
    expect(await unknown.text()).toBe('HW-00777 is not in the inventory, so it has no label.\n')
  })
})
