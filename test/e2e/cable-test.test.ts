import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { benchInBrowser } from '../support/bench-in-browser.ts'
import { keepScreen } from '../support/screens.ts'

describe('cables on the simulated tester', () => {
  const signedIn = benchInBrowser(1000)
  let page: Page
  let faults: string[]
  beforeAll(() => {
    ;({ page, faults } = signedIn())
  })
  const openBench = () =>
    page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
  const bench = () => page.getByRole('region', { name: 'Bench', exact: true })
  const tests = () => page.getByRole('region', { name: 'Cable tests' })

  test('a good one passes, in words and in a drawing', async () => {
    await bench().getByRole('button', { name: 'Plug in: Simulated cable tester' }).click()
    await tests().getByRole('button', { name: 'Listen to a tester' }).click()
    await tests().getByLabel('Serial port').selectOption('Simulated cable tester')
    await tests().getByRole('button', { name: 'Test the cable' }).click()
    await tests().getByText('All 8 conductors — PASS').waitFor()
    await tests().getByRole('img', { name: 'Wiremap: every contact reaches its own.' }).waitFor()
    await tests().getByText('Split pairs were not tested.').waitFor()
    await keepScreen(page, 'cable-passed')
  })

  test('a broken one fails as a result of its own, and the first one stays', async () => {
    const tester = bench()
      .getByRole('listitem')
      .filter({ hasText: 'Unplug' })
      .filter({ hasText: 'Cable tester' })
    await tester.getByRole('button', { name: /^What it does wrong/ }).click()
    await page.getByLabel('Cable: Simulated cable tester').selectOption('Pin 4 open')
    await tests().getByRole('button', { name: 'Test again' }).click()
    await tests().getByText('Pin 4 open — FAIL').waitFor()
    await tests().getByRole('img', { name: 'Wiremap: 4 open.' }).waitFor()
    await tests().getByText('All 8 conductors — PASS').waitFor()
    await keepScreen(page, 'cable-failed')
  })

  test('what lit up on a tester without a line is entered by hand', async () => {
    await tests().getByRole('button', { name: 'Stop' }).click()
    await tests().getByRole('button', { name: 'Enter what lit up' }).click()
    await tests().getByLabel('Cable should be').selectOption('HDMI')
    await tests().getByRole('button', { name: 'Begin' }).click()
    await tests().getByRole('button', { name: 'None lit' }).click()
    await tests().getByRole('button', { name: 'All the rest as they should' }).click()
    await tests().getByRole('button', { name: 'Keep the result' }).click()
    await tests().getByText('TMDS data 2+ (1) open — FAIL').waitFor()
    await tests().getByRole('img', { name: 'Wiremap: 1 open.' }).waitFor()
    await keepScreen(page, 'cable-entered')
    await page.reload()
    await openBench()
    await tests().getByText('TMDS data 2+ (1) open — FAIL').waitFor()
    expect(faults).toEqual([])
  })
})
