import type { Browser, BrowserContext, Page } from 'playwright-core'
import type { RunningHwlab } from './run-hwlab.ts'

/** What a program that was killed did not answer any more, and what is asked before it is back. */
const leftUnanswered = /net::ERR_(CONNECTION_(REFUSED|RESET|CLOSED)|EMPTY_RESPONSE)/

/** A browser window in which the sign-in link was opened; fails on any script error or refused content. */
export async function openSignedIn(
  browser: Browser,
  lab: RunningHwlab,
  look: { width: number; height: number; colorScheme?: 'light' | 'dark' },
): Promise<{ context: BrowserContext; page: Page; faults: string[] }> {
  const { width, height, colorScheme = 'light' } = look
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme,
    locale: 'en-GB',
    reducedMotion: 'reduce',
  })
  const page = await context.newPage()
  const faults: string[] = []
  page.on('pageerror', (error) => faults.push(error.message))
  page.on('console', (message) => {
    if (message.type() === 'error' && !leftUnanswered.test(message.text())) faults.push(message.text())
  })
  await page.goto(lab.signInUrl)
  await page.waitForURL(`${lab.url}/`)
  return { context, page, faults }
}
