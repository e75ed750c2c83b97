import type { Locator, Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchInBrowser } from '../support/bench-in-browser.ts'
import { keepScreen } from '../support/screens.ts'
import { violations } from '../support/ui-in-browser.ts'

const printerName = 'Simulated printer (Brother QL-820NWB)'

describe('a simulated device that is put wrong', () => {
  const signedIn = benchInBrowser(1000)
  let page: Page
  let faults: string[]
  beforeAll(() => {
    ;({ page, faults } = signedIn())
  })

  const region = (name: string) => page.getByRole('region', { name, exact: true })
  const device = (name: string): Locator =>
    region('Simulated devices').getByRole('listitem').filter({ hasText: name })
  async function open(name: string): Promise<void> {
    await device(name)
      .getByRole('button', { name: /^What it does wrong/ })
      .click()
  }

  test('a console before auto-provisioning needs a person, and says why', async () => {
    const name = 'Simulated switch console'
    await page.getByRole('button', { name: `Plug in: ${name}` }).click()
    await open(name)
    await page.getByLabel(`Stands at: ${name}`).selectOption('Auto-provisioning')
    await device(name).getByText('Stands at: Auto-provisioning').waitFor()
    await region('Consoles').getByRole('button', { name: 'Ask who is there' }).click()
    await region('Seen at consoles').getByText('Needs you').waitFor()
    await region('Seen at consoles')
      .getByText('It has no configuration and waits before automatic provisioning.')
      .waitFor()
  })

  test('it is plugged in elsewhere, and still stands there', async () => {
    const name = 'Simulated switch console'
    await page.getByRole('button', { name: `Plug in elsewhere: ${name}` }).click()
    await device(name).getByText('Stands at: Auto-provisioning').waitFor()
    await page.getByRole('button', { name: `Unplug: ${name}` }).click()
    await region('Consoles').waitFor({ state: 'detached' })
  })

  test('a printer without labels says so, by keyboard too', async () => {
    await open(printerName)
    await page.getByLabel(`Labels: ${printerName}`).focus()
    await page.keyboard.press('ArrowDown')
    await region('Printers').getByText('No label roll is loaded.').waitFor()
    await device(printerName).getByText('Labels: Used up').waitFor()
    expect(await page.getByLabel(`Labels: ${printerName}`).evaluate((one) => one.matches(':focus'))).toBe(
      true,
    )
    await page.getByRole('button', { name: `Unplug: ${printerName}` }).click()
    await region('Printers')
      .getByText(/refuses connections/)
      .waitFor()
    await page.getByRole('button', { name: `Plug in: ${printerName}` }).click()
    await region('Printers').getByText('No label roll is loaded.').waitFor()
  })

  test('a meter that falls silent is told to send nothing', async () => {
    const name = 'Simulated FNB58 meter'
    await page.getByRole('button', { name: `Plug in: ${name}` }).click()
    await region('Power meters').getByRole('button', { name: 'Show live values' }).click()
    await region('Power meters').getByText('Live', { exact: true }).waitFor()
    await open(name)
    await page.getByLabel(`Line: ${name}`).selectOption('Silent')
    await region('Power meters').getByText('It sends nothing').waitFor()
    await region('Power meters').getByRole('button', { name: 'Hide live values' }).click()
  })

  test('everything that is turned shows, in the dark and on a phone as well', async () => {
    await open(printerName)
    await device(printerName).scrollIntoViewIfNeeded()
    await keepScreen(page, 'put-wrong')
    expect(await violations(page)).toEqual([])
    await page.emulateMedia({ colorScheme: 'dark' })
    await keepScreen(page, 'put-wrong-dark')
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize({ width: 360, height: 800 })
    await device(printerName).scrollIntoViewIfNeeded()
    await keepScreen(page, 'put-wrong-phone')
    expect(await violations(page)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    expect(faults).toEqual([])
  })
})
