import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll } from 'vitest'
import { launchBrowser } from './browser.ts'
import { type RunningHwlab, runHwlab } from './run-hwlab.ts'
import { openSignedIn } from './signed-in-page.ts'

/** The real program on an empty folder, signed in to in a real browser, with its bench open. Call it once in a `describe`. */
export function benchInBrowser(heightPixels: number): () => { page: Page; faults: string[] } {
  let browser: Browser
  let stateDir: string
  let lab: RunningHwlab
  let signedIn: { page: Page; faults: string[] }

  beforeAll(async () => {
    browser = await launchBrowser()
    stateDir = await mkdtemp(join(tmpdir(), 'hwlab-e2e-'))
    lab = await runHwlab({ stateDir, port: 0 })
    signedIn = await openSignedIn(browser, lab, { width: 1280, height: heightPixels })
    await signedIn.page
      .getByRole('button', { name: /^Bench/ })
      .first()
      .click()
  })
  afterAll(async () => {
    await browser.close()
    await lab.stop('SIGTERM')
    await rm(stateDir, { recursive: true })
  })
  return () => signedIn
}
