import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { replayRawLog } from '../support/replay-raw-log.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

let browser: Browser
let stateDir: string
let lab: RunningHwlab
beforeAll(async () => {
  browser = await launchBrowser()
  stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
  lab = await runHwlab({ stateDir, port: 0 })
})
afterAll(async () => {
  await lab.stop('SIGTERM')
  await browser.close()
  await rm(stateDir, { recursive: true, force: true })
})

test('a simulated meter is looked at, recorded over an unplug, and its samples are saved', async () => {
  const { page, context, faults } = await openSignedIn(browser, lab, { width: 1280, height: 1000 })
  await page
    .getByRole('button', { name: /^Bench/ })
    .first()
    .click()
  const plug = page.getByRole('button', { name: 'Plug in: Simulated FNB58 meter' })
  const meter = page.getByRole('region', { name: 'Power meters' })
  const recordings = page.getByRole('region', { name: 'Recordings' })

  await plug.click()
  await meter.getByText('Simulated', { exact: true }).waitFor()
  await meter.getByRole('button', { name: 'Show live values' }).click()
  await meter
    .getByText(/^\d\.\d{3} V$/)
    .first()
    .waitFor()
  await expect.poll(() => meter.locator('canvas').count()).toBe(4)
  await meter.getByLabel('Keep raw reports, for support').check()
  await meter.getByRole('button', { name: 'Record', exact: true }).click()
  await meter.getByText('Recording, with raw reports').waitFor()
  await recordings.getByText(/^0\.0\d*[1-9]\d* Wh$/).waitFor()

  await page.getByRole('button', { name: 'Unplug: Simulated FNB58 meter' }).click()
  await meter.getByText('No values come: these are the last ones').waitFor()
  await meter.getByText('Unplugged', { exact: true }).waitFor()
  await plug.click()
  await meter.getByText('Live', { exact: true }).waitFor()
  await meter.getByText(/gaps?, .* without samples: not counted\.$/).waitFor()
  await meter.getByRole('button', { name: 'Stop recording' }).click()

  await recordings.getByText(/gaps?, .* without samples: not counted\.$/).waitFor()
  await recordings.getByRole('button', { name: 'Show the curve' }).click()
  await expect.poll(() => recordings.locator('canvas').count()).toBe(4)
  async function saved(name: string): Promise<string> {
    const href = await recordings.getByRole('link', { name }).getAttribute('href')
    return (await context.request.get(`${lab.url}${href}`)).text()
  }
  const lines = (await saved('Save CSV')).trimEnd().split('\r\n')
  expect(lines.length).toBeGreaterThan(200)
  expect(replayRawLog(await saved('Save raw reports'))).toHaveLength(lines.length - 1)
  expect(lines.filter((line) => /,\d+\.\d\d$/.test(line)).length).toBeGreaterThanOrEqual(1)
  expect(faults).toEqual([])
  await context.close()
})
