import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { photographTestLabel, testDevice } from '../support/label-photo.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

let browser: Browser
beforeAll(async () => {
  browser = await launchBrowser()
})
afterAll(() => browser.close())

async function send(page: Page, name: string, photo: Uint8Array): Promise<void> {
  await page
    .locator('input[type=file]')
    .first()
    .setInputFiles({ name, mimeType: 'image/jpeg', buffer: Buffer.from(photo) })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
}

async function photoOfLabel(): Promise<Uint8Array> {
  return (await photographTestLabel(11)).jpeg
}

async function axe(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.html).join(' | ')}`)
}

describe('the main job, from photo to label', () => {
  let stateDir: string
  let lab: RunningHwlab
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    lab = await runHwlab({ stateDir, port: 0 })
    const opened = await openSignedIn(browser, lab, { width: 1280, height: 900 })
    page = opened.page
    faults = opened.faults
  })
  afterAll(async () => {
    await lab.stop('SIGTERM')
    await rm(stateDir, { recursive: true })
  })

  test('a newcomer is told what to do and what is missing', async () => {
    await page.getByRole('heading', { name: 'Photograph it, check it, confirm it.' }).waitFor()
    await page.getByText('Without one, photos, commands and').waitFor()
    expect(await axe(page)).toEqual([])
    await keepScreen(page, 'first-run')
  })

  test('a photo becomes a card with what was read and on what evidence', async () => {
    await send(page, 'shelf.jpg', await photoOfLabel())
    const card = page.getByRole('region', { name: /^Intake: / })
    await card.getByRole('button', { name: 'Confirm and print' }).waitFor()
    expect(await card.textContent()).toContain(testDevice.serial)
    expect(await card.textContent()).toContain('decoded from')
    expect(await axe(page)).toEqual([])
    await card.scrollIntoViewIfNeeded()
    await page.setViewportSize({ width: 1280, height: 1420 })
    await card.getByText('Confirm and print').scrollIntoViewIfNeeded()
    await keepScreen(page, 'card-waiting')
    await page.setViewportSize({ width: 1280, height: 900 })
  })

  test('a card that waits is there after a reload', async () => {
    await page.reload()
    await page.getByRole('button', { name: 'Confirm and print' }).waitFor()
    expect(await page.getByRole('button', { name: 'Confirm and print' }).count()).toBe(1)
  })

  test('a value corrected in the card is what will be written', async () => {
    const card = page.getByRole('region', { name: /^Intake:/ })
    await card.getByRole('button', { name: /^Description: .*Edit$/ }).click()
    await card.getByRole('textbox', { name: 'Description' }).fill('Spare for the rack in the hall')
    await card.getByRole('textbox', { name: 'Description' }).press('Enter')
    const line = card.getByRole('row', { name: /Spare for the rack in the hall/ })
    await line.waitFor()
    await page.getByRole('button', { name: 'Confirm and print' }).waitFor()
  })

  test('HWLab that is killed while a card waits has it again when it is back', async () => {
    await lab.stop('SIGKILL')
    await page
      .getByText(/connection|offline|not reachable|lost/i)
      .first()
      .waitFor()
    await page.getByText('HWLab is not connected right now. Decide when it is back.').waitFor()
    expect(await page.getByRole('button', { name: 'Confirm and print' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'Confirm and print' }).scrollIntoViewIfNeeded()
    await keepScreen(page, 'connection-lost')
    lab = await runHwlab({ stateDir, port: lab.port })
    await page.getByText('The connection to HWLab is lost.').waitFor({ state: 'detached' })
    await page.getByRole('button', { name: 'Confirm and print' }).waitFor()
  })

  test('one confirmation writes the record, reads it back and prints the label', async () => {
    await page.getByRole('button', { name: 'Confirm and print' }).click()
    const card = page.getByRole('region', { name: /^Intake:/ })
    await card.getByText('In the inventory', { exact: true }).first().waitFor()
    await card.getByText('Printed (simulated)', { exact: true }).waitFor()
    expect(await card.textContent()).toContain('HW-00001')
    expect(await axe(page)).toEqual([])
    await card.scrollIntoViewIfNeeded()
    await keepScreen(page, 'card-done')
  })

  test('the tag on the label leads to the record', async () => {
    const tab = await page.context().newPage()
    await tab.goto(`${lab.url}/a/HW-00001`)
    const panel = tab.getByRole('region', { name: 'Item' })
    await panel.getByText('In the inventory', { exact: true }).first().waitFor()
    await panel.getByText(testDevice.serial).first().waitFor()
    await panel.getByText(/by operator/).waitFor()
    await tab.setViewportSize({ width: 360, height: 740 })
    await keepScreen(tab, 'tag-opened-phone')
    await tab.close()
  })

  test('the same thing photographed again opens its record and is not written twice', async () => {
    await page.getByRole('button', { name: 'New conversation' }).first().click()
    await page.getByRole('heading', { name: 'Photograph it, check it, confirm it.' }).waitFor()
    await send(page, 'again.jpg', await photoOfLabel())
    await page
      .getByText(/HW-00001/)
      .first()
      .waitFor()
    await page
      .getByText(/already|same serial/i)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: 'Confirm and print' }).count()).toBe(0)
    await keepScreen(page, 'card-duplicate')
    await page.getByRole('button', { name: 'Open HW-00001' }).click()
    const record = page.getByRole('region', { name: 'Label' })
    await record.getByText('In the inventory', { exact: true }).first().waitFor()
    expect(await record.textContent()).toContain(testDevice.serial)
  })

  test('a cable test of the recorded thing is noted in its journal, and its card shows it', async () => {
    await page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
    const tests = page.getByRole('region', { name: 'Cable tests' })
    await tests.getByRole('button', { name: 'Enter what lit up' }).click()
    await tests.getByRole('button', { name: 'Begin' }).click()
    await tests.getByRole('button', { name: 'All the rest as they should' }).click()
    await tests.getByRole('button', { name: 'Keep the result' }).click()
    await tests.getByText('All 8 conductors — PASS').waitFor()
    const recorded = await tests.getByRole('option', { name: /^HW-00001/ }).getAttribute('value')
    await tests.getByLabel('Belongs to').selectOption(recorded)
    await tests.getByRole('button', { name: 'Note it in the inventory' }).click()
    const request = tests.getByRole('region', { name: /^Request: Cable test of / })
    await request.getByRole('button', { name: 'Confirm' }).click()
    const noted = tests.getByText(/The note on HW-00001 is in .*, read back\./)
    await noted.waitFor()
    await expect.poll(() => noted.evaluate((words) => words.closest(':focus') !== null)).toBe(true)
    expect(await tests.getByRole('button', { name: /^Note it/ }).count()).toBe(0)
    await page
      .getByRole('button', { name: /^Items/ })
      .first()
      .click()
    const items = page.getByRole('region', { name: 'Items' })
    await items.getByRole('button', { name: /HW-00001/ }).click()
    await tests.getByText('All 8 conductors — PASS').waitFor()
  })

  test('no script failed and nothing was refused by the content policy', () => {
    expect(faults).toEqual([])
  })
})
