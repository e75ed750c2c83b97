import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, Page } from 'playwright-core'
import sharp from 'sharp'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { launchBrowser } from '../support/browser.ts'
import { photographTestLabel } from '../support/label-photo.ts'
import { type RunningHwlab, runHwlab } from '../support/run-hwlab.ts'
import { keepScreen } from '../support/screens.ts'
import { openSignedIn } from '../support/signed-in-page.ts'

describe('what a person drops by mistake is explained, and HWLab lives', () => {
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

  async function drop(name: string, mimeType: string, buffer: Buffer): Promise<void> {
    await page.locator('input[type=file]').first().setInputFiles({ name, mimeType, buffer })
  }

  test.for([
    [
      'a text named like a photo',
      'notes.jpg',
      Buffer.from('not a photo at all'),
      /not a photo|not an image|photo/i,
    ],
    [
      'a drawing',
      'plan.svg',
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'),
      /SVG/,
    ],
    [
      'a photo that is too large',
      'huge.jpg',
      Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.alloc(11_000_000)]),
      /10 MB/,
    ],
  ] as const)('%s is refused with a sentence', async ([, name, bytes, words]) => {
    await drop(name, 'image/jpeg', bytes)
    const refusal = page.getByText(words).filter({ hasText: /\./ }).last()
    await refusal.waitFor()
    await page.getByRole('button', { name: new RegExp(`Remove ${name}`) }).click()
  })

  test('a truncated photo is refused with a sentence', async () => {
    const whole = await sharp({ create: { width: 800, height: 600, channels: 3, background: '#778899' } })
      .jpeg()
      .toBuffer()
    await drop('half.jpg', 'image/jpeg', whole.subarray(0, Math.floor(whole.length / 2)))
    await page
      .getByText(/cut off|incomplete|broken|damaged|not complete/i)
      .first()
      .waitFor()
    await keepScreen(page, 'photo-refused')
    await page.getByRole('button', { name: /Remove half\.jpg/ }).click()
  })

  test('a text of 100,000 characters stays in the composer with the reason', async () => {
    await page.getByRole('textbox', { name: 'Message' }).fill('x'.repeat(100_000))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('a message can have 20,000').waitFor()
    expect((await page.getByRole('textbox', { name: 'Message' }).inputValue()).length).toBe(100_000)
    await page.getByRole('textbox', { name: 'Message' }).fill('')
  })

  test('an unknown command is answered with what to type', async () => {
    await page.getByRole('textbox', { name: 'Message' }).fill('/fnid switch')
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page
      .getByText(/\/?find/)
      .last()
      .waitFor()
  })

  test('a photo without a label asks for one specific photo and proposes nothing', async () => {
    const wall = await sharp({ create: { width: 1200, height: 900, channels: 3, background: '#556b5d' } })
      .jpeg()
      .toBuffer()
    await drop('wall.jpg', 'image/jpeg', wall)
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByText('Needs research', { exact: true }).first().waitFor()
    await page
      .getByText(/Photograph the label/)
      .first()
      .waitFor()
    expect(await page.getByRole('button', { name: 'Confirm and print' }).count()).toBe(0)
    await page.getByRole('region', { name: /^Intake: / }).evaluate((card) => card.scrollIntoView())
    await keepScreen(page, 'card-needs-research')
  })

  test('after all of that the real photo still goes through, in the dark and on a phone', async () => {
    await page.getByRole('button', { name: 'New conversation' }).first().click()
    await page.getByRole('heading', { name: 'Photograph it, check it, confirm it.' }).waitFor()
    await drop('label.jpg', 'image/jpeg', Buffer.from((await photographTestLabel(11)).jpeg))
    await page.getByRole('button', { name: 'Send', exact: true }).click()
    await page.getByRole('button', { name: 'Confirm and print' }).waitFor()
    await page.emulateMedia({ colorScheme: 'dark' })
    await keepScreen(page, 'card-waiting-dark')
    await page.setViewportSize({ width: 360, height: 740 })
    await page.getByRole('button', { name: 'Confirm and print' }).scrollIntoViewIfNeeded()
    await keepScreen(page, 'card-waiting-phone')
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360)
    await page.getByRole('button', { name: 'Decline' }).click()
    const card = page.getByRole('region', { name: /^Intake: MikroTik/ })
    await card.getByText('Declined; nothing was done').waitFor()
    await card.getByRole('button', { name: 'Propose it again' }).scrollIntoViewIfNeeded()
    await keepScreen(page, 'card-declined-phone')
  })
})
