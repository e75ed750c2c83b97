import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import { photoFile, uiInBrowser } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

function photosFor(page: Page) {
  return page.getByRole('list', { name: 'Photos for this message' }).getByRole('img')
}

test('a photo from the clipboard goes with the message, and no text is pasted with it', async () => {
  const page = await ui.openPage()
  await page.getByRole('textbox', { name: 'Message' }).evaluate((area) => {
    const clipboardData = new DataTransfer()
    clipboardData.items.add(new File(['x'], 'pasted.png', { type: 'image/png' }))
    area.dispatchEvent(new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true }))
  })
  await page.getByRole('img', { name: 'pasted.png' }).waitFor()
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('')
})

test('a photo that is dropped anywhere on the conversation goes with the message', async () => {
  const page = await ui.openPage()
  const dataTransfer = await page.evaluateHandle(() => {
    const dropped = new DataTransfer()
    dropped.items.add(new File(['x'], 'dropped.jpg', { type: 'image/jpeg' }))
    return dropped
  })
  await page.dispatchEvent('.thread', 'dragover', { dataTransfer })
  await page.getByText('Drop up to three photos of one thing').waitFor()
  await page.dispatchEvent('.thread', 'drop', { dataTransfer })
  await page.getByRole('img', { name: 'dropped.jpg' }).waitFor()
  expect(await page.getByText('Drop up to three photos of one thing').count()).toBe(0)
})

test('three photos fit into one message; a fourth is refused in words', async () => {
  const page = await ui.openPage()
  const named = (name: string) => ({ ...photoFile, name })
  await page
    .locator('#photo-files')
    .setInputFiles([named('a.jpg'), named('b.jpg'), named('c.jpg'), named('d.jpg')])
  await page.getByText('Three photos fit into one message.').waitFor()
  await expect.poll(() => photosFor(page).count()).toBe(3)
  ui.lab().answer = () => ({ messageId: 'm1', runId: 'r1' })
  await page.getByRole('button', { name: 'Send' }).click()
  await expect
    .poll(() => ui.heard('message-send'))
    .toMatchObject([{ attachmentIds: ['up-0', 'up-1', 'up-2'] }])
})

test('a phone offers its camera, a computer its files', async () => {
  const phone = await ui.openPage({ hasTouch: true, isMobile: true, viewport: { width: 360, height: 740 } })
  await phone.getByRole('button', { name: 'Take a photo' }).waitFor()
  expect(await phone.locator('input[capture=environment]').count()).toBe(1)
  const desk = await ui.openPage()
  expect(await desk.locator('input[capture]').count()).toBe(0)
  await desk.getByRole('button', { name: 'Choose photos' }).waitFor()
})

test('a text without a space stays inside the composer, and can be sent', async () => {
  const page = await ui.openPage({ viewport: { width: 360, height: 740 } })
  await page.getByRole('textbox', { name: 'Message' }).fill('7XK9QZ2'.repeat(2000))
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(overflow).toBeLessThanOrEqual(0)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect.poll(() => ui.heard('message-send')).toHaveLength(1)
})
