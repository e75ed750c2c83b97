import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openScriptedModel, type ScriptedServer } from '../../evals/models/scripted-model.ts'
import { type Step, say } from '../../evals/models/steps.ts'
import { launchBrowser } from '../support/browser.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'
import { testerPhotoJpeg } from '../support/tester-photo.ts'

const reading = (near: string, far: string[], sure = true) =>
  say(JSON.stringify({ tester: true, near: [near], far, sure }))

describe('a tester with lamps only, photographed', () => {
  let browser: Browser
  let stateDir: string
  let model: ScriptedServer
  let lab: RunningHwlab
  let page: Page
  let faults: string[]
  const answers: Step[] = [reading('3', ['3']), reading('4', ['5'], false)]

  beforeAll(async () => {
    browser = await launchBrowser()
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    model = await openScriptedModel(
      [{ said: /cable tester with small lamps/, does: () => answers.shift() ?? say('Nothing left.') }],
      { name: 'Eyes', dialect: 'llama-server', can: { sightPixels: 10 }, model: { vision: true } },
    )
    const modelsFile = join(stateDir, 'models.json')
    await writeFile(modelsFile, JSON.stringify({ servers: [model.row] }))
    lab = await runHwlab({ stateDir, port: 0, environment: { HWLAB_MODELS: modelsFile } })
    const opened = await openSignedIn(browser, lab, { width: 1280, height: 1100 })
    page = opened.page
    faults = opened.faults
    await page.getByRole('button', { name: 'What is connected' }).click()
    await page.getByText('reads print from 14 px').waitFor()
    await openBench()
  })
  afterAll(async () => {
    await browser.close()
    await lab.stop('SIGTERM')
    await model.close()
    await rm(stateDir, { recursive: true })
  })
  const openBench = () =>
    page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
  const tests = () => page.getByRole('region', { name: 'Cable tests' })
  const press = (name: string) => tests().getByRole('button', { name, exact: true }).click()

  test('is read by a model and corrected by a person, and the result keeps the photos', async () => {
    await press('Enter what lit up')
    await press('Begin')
    const photos = [
      { name: 'wire-3.jpg', buffer: await testerPhotoJpeg({ near: ['3'], far: ['3'] }) },
      { name: 'wire-4.jpg', buffer: await testerPhotoJpeg({ near: ['4'], far: [] }) },
    ].map((photo) => ({ ...photo, mimeType: 'image/jpeg' }))
    await tests().locator('input[type=file]').setInputFiles(photos)
    await tests().getByText('Near 3: 3 lit').waitFor()
    await tests().getByText('Near 4: 5 lit').waitFor()
    await press('As it should: 1')
    await press('As it should: 2')
    await press('Next: 3 lit')
    // The photo shows wire 4 dark.
    await tests().getByText('Read from the photo. Compare it').waitFor()
    await keepScreen(page, 'lamp-photos-compared')
    await press('None lit')
    await press('All the rest as they should')
    await tests().getByText('Near 4: you entered none lit').waitFor()
    await press('Keep the result')
    await tests().getByText('Pin 4 open — FAIL').waitFor()
    await tests().getByText('scripted (Eyes) says it is not sure; corrected by hand').waitFor()
    await page.reload()
    await openBench()
    await tests().getByText('2 photos read by scripted (Eyes), checked by operator').waitFor()
    await tests().getByRole('button', { name: 'Look closer: Near 4: 5 lit' }).click()
    await page.getByRole('dialog').getByRole('img', { name: 'Near 4: 5 lit' }).waitFor()
    expect(faults).toEqual([])
  })
})
