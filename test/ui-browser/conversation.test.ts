import { expect, test } from 'vitest'
import type { Part } from '../../agent/protocol/messages.ts'
import { fakeAnsweredBy } from '../support/fake-answer.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, photoFile, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const answer = { ...messageOf('a1', 'advisor', []), answeredBy: null }

test('a reload in the middle of an answer loses no word', async () => {
  const page = await ui.openPage()
  ui.lab().startRun('r1')
  ui.lab().emit({ kind: 'message-start', message: answer })
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'The switch is ' })
  await page.getByRole('button', { name: 'Stop' }).waitFor()
  await page.reload()
  await page.getByRole('article', { name: 'HWLab' }).getByText('The switch is').waitFor()
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'in Rack 2.' })
  ui.lab().emit({ kind: 'run-end', messageId: 'a1', outcome: 'done', answeredBy: fakeAnsweredBy })
  await page.getByRole('article', { name: 'HWLab' }).getByText('The switch is in Rack 2.').waitFor()
  await page.getByRole('button', { name: 'Commands · 1.2 s · free' }).waitFor()
})

test('a lost chunk is fetched', async () => {
  const page = await ui.openPage()
  ui.lab().startRun('r1')
  ui.lab().emit({ kind: 'message-start', message: answer })
  await page.getByText('Working on it…').waitFor()
  ui.lab().lose({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'The first half ' })
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'and the second.' })
  await page.getByRole('article', { name: 'HWLab' }).getByText('The first half and the second.').waitFor()
})

test('markup, pictures and links of an answer cannot act or hide where they lead', async () => {
  const text =
    'See [our page](https://example.org/x) <img src="/boom" onerror="alert(1)"> ![p](https://evil.example/p.png)'
  ui.lab().conversation.messages = [messageOf('m2', 'advisor', [{ kind: 'text', text }])]
  const page = await ui.openPage()
  const article = page.getByRole('article', { name: 'HWLab' })
  await article.getByRole('link', { name: 'our page' }).waitFor()
  await article.getByText('(https://example.org/x)', { exact: true }).waitFor()
  expect(await article.locator('img').count()).toBe(0)
})

test('a photo is chosen, a bad file is refused with a sentence, both beside the text', async () => {
  const page = await ui.openPage()
  await page.getByRole('textbox', { name: 'Message' }).fill('from the shelf')
  await page
    .locator('#photo-files')
    .setInputFiles([
      photoFile,
      { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ])
  await page.getByText(/This is not a JPEG, PNG, WebP or HEIC photo/).waitFor()
  await page.getByRole('img', { name: 'label.jpg' }).waitFor()
  ui.lab().answer = () => ({ messageId: 'm1', runId: 'r1' })
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await expect
    .poll(() => ui.heard('message-send'))
    .toEqual([
      {
        conversationId: 'conversation-1',
        requestId: expect.any(String),
        text: 'from the shelf',
        attachmentIds: ['up-0'],
      },
    ])
  expect(await page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('')
})

test('a refused message keeps its text and can be sent again under the same request id', async () => {
  const page = await ui.openPage()
  ui.lab().answer = () => 'There is no command /fnid. Did you mean /find?'
  await page.getByRole('textbox', { name: 'Message' }).fill('/fnid x')
  await page.getByRole('button', { name: 'Send' }).click()
  await page.getByText('Did you mean /find?').waitFor()
  await page.getByRole('button', { name: 'Send again' }).click()
  await expect.poll(() => ui.heard('message-send').length).toBe(2)
  expect(ui.heard('message-send')[1]).toEqual(ui.heard('message-send')[0])
})

test('a message that nobody answered before the page was loaded again is sent once more, as the same', async () => {
  const page = await ui.openPage()
  ui.lab().answer = () => new Promise(() => {})
  await page.getByRole('textbox', { name: 'Message' }).fill('which rack is full?')
  await page.getByRole('textbox', { name: 'Message' }).press('Enter')
  await page.getByText('Sending…').waitFor()
  await expect.poll(() => ui.heard('message-send').length).toBe(1)
  ui.lab().answer = () => ({ messageId: 'm1', runId: 'r1' })
  await page.reload()
  await expect.poll(() => ui.heard('message-send').length).toBe(2)
  expect(ui.heard('message-send')[1]).toEqual(ui.heard('message-send')[0])
  await page.getByRole('article', { name: 'You' }).getByText('which rack is full?').waitFor()
  await page.getByText('Sending…').waitFor({ state: 'hidden' })
})

test('the text that was not sent yet survives a reload', async () => {
  const page = await ui.openPage()
  await page.getByRole('textbox', { name: 'Message' }).fill('half a thou')
  await page.reload()
  await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a thou')
})

test('a newcomer starts the sample with one click', async () => {
  const page = await ui.openPage()
  await page.getByRole('button', { name: 'Try it with a sample photo' }).click()
  await expect
    .poll(() => ui.heard('sample-start'))
    .toEqual([{ conversationId: 'conversation-1', requestId: expect.any(String) }])
})

test('what a model thought is folded above its answer, and grows while it thinks', async () => {
  const page = await ui.openPage()
  ui.lab().startRun('r1')
  ui.lab().emit({ kind: 'message-start', message: answer })
  const thinking: Part = { kind: 'reasoning', text: '', elapsedMs: null }
  ui.lab().emit({ kind: 'part-set', messageId: 'a1', partIndex: 0, part: thinking })
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'The attic has ' })
  ui.lab().emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'two racks.' })
  await page.getByRole('button', { name: 'Thinking…' }).click()
  await page.getByText('The attic has two racks.').waitFor()
  const thought: Part = { ...thinking, text: 'The attic has two racks.', elapsedMs: 12_300 }
  ui.lab().emit({ kind: 'part-set', messageId: 'a1', partIndex: 0, part: thought })
  ui.lab().emit({ kind: 'part-set', messageId: 'a1', partIndex: 1, part: { kind: 'text', text: 'Two.' } })
  ui.lab().emit({ kind: 'run-end', messageId: 'a1', outcome: 'done', answeredBy: fakeAnsweredBy })
  await page.getByRole('button', { name: 'Thought for 12 s' }).waitFor()
  await page.getByText('Two.', { exact: true }).first().waitFor()
  await keepScreen(page, 'reasoning')
  expect(await violations(page)).toEqual([])
}, 60_000)
