import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchInBrowser } from '../support/bench-in-browser.ts'
import { keepScreen } from '../support/screens.ts'

describe('the console of a simulated switch', () => {
  const signedIn = benchInBrowser(900)
  let page: Page
  let faults: string[]
  beforeAll(() => {
    ;({ page, faults } = signedIn())
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
