import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

describe('the console of a simulated switch', () => {
  let browser: Browser
  let stateDir: string
  let lab: RunningHwlab
  let page: Page
  let faults: string[]

  beforeAll(async () => {
    browser = await launchBrowser()
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    lab = await runHwlab({ stateDir, port: 0 })
    const opened = await openSignedIn(browser, lab, { width: 1280, height: 900 })
    page = opened.page
    faults = opened.faults
    await page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
  })
  afterAll(async () => {
    await browser.close()
    await lab.stop('SIGTERM')
    await rm(stateDir, { recursive: true })
  })
  const bench = () => page.getByRole('region', { name: 'Bench', exact: true })
  const terminal = () => page.getByRole('dialog', { name: /^Terminal: / })

  test('says what it is when it is asked', async () => {
    await bench().getByRole('button', { name: 'Plug in: Simulated switch console' }).click()
    await bench().getByRole('button', { name: 'Ask who is there' }).click()
    await bench().getByText('Identified').waitFor()
    await bench().getByText('SIM0000S001').first().waitFor()
    await bench().getByRole('button', { name: 'Transcript' }).click()
    await bench().getByText('Processor board ID SIM0000S001').waitFor()
    await keepScreen(page, 'console-identified')
    const { violations } = await new AxeBuilder({ page }).analyze()
    expect(violations.map((violation) => violation.id)).toEqual([])
  })

  test('is driven by hand in a terminal, which asks before several lines are pasted', async () => {
    await bench().getByRole('button', { name: 'Open terminal' }).click()
    await page.locator('textarea.xterm-helper-textarea:focus').waitFor({ state: 'attached' })
    await page.keyboard.type('\rshow version\r')
    await terminal().getByText('Processor board ID SIM0000S001').first().waitFor()
    await terminal()
      .locator('.terminal-screen')
      .evaluate((screen) => {
        const clipboardData = new DataTransfer()
        clipboardData.setData('text', 'configure terminal\nno ip routing\n')
        const field = screen.querySelector('textarea') ?? screen
        field.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
      })
    await terminal().getByText('Paste 2 lines? The device carries out each one at once.').waitFor()
    await keepScreen(page, 'terminal-paste')
    await terminal().getByRole('button', { name: 'Leave it' }).click()
    await keepScreen(page, 'terminal')
    await terminal().getByRole('button', { name: 'Break' }).click()
    await terminal().getByText('A break stops a boot').waitFor()
    await page.keyboard.press('Enter')
    await page.locator('textarea.xterm-helper-textarea:focus').waitFor({ state: 'attached' })
    await page.emulateMedia({ colorScheme: 'dark' })
    await keepScreen(page, 'terminal-dark')
    await page.setViewportSize({ width: 360, height: 740 })
    await keepScreen(page, 'terminal-phone')
    await page.keyboard.press('Escape')
    await page.keyboard.type('\rshow clock\r')
    await terminal().getByText('show clock').first().waitFor()
    await page.keyboard.press('Shift+Escape')
    await terminal().waitFor({ state: 'detached' })
  })

  test('leaves its transcript behind, without what was not pasted', async () => {
    await bench().getByText('Terminal closed').waitFor()
    await keepScreen(page, 'console-phone')
    const last = bench().getByRole('listitem').filter({ hasText: 'Terminal closed' })
    await last.getByRole('button', { name: 'Transcript' }).click()
    const transcript = last.getByRole('region', { name: 'Transcript' })
    await transcript.getByText('sim-switch#show version').waitFor()
    expect(await transcript.textContent()).not.toContain('no ip routing')
    expect(faults).toEqual([])
  })
})
