import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, Page } from 'playwright-core'
import { build } from 'vite'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import type { Message, Part } from '../../agent/protocol.ts'
import { launchBrowser } from '../support/browser.ts'
import { type FakeLabServer, openFakeLabServer } from '../support/fake-lab-server.ts'
import { fakeAnsweredBy, fakeBench, fakeChange, fakeItem, startedAt } from '../support/fake-lab-things.ts'

let uiFolder: string
let browser: Browser
let lab: FakeLabServer

beforeAll(async () => {
  uiFolder = await mkdtemp(join(tmpdir(), 'hwlab-ui-'))
  await build({ logLevel: 'silent', build: { outDir: uiFolder, emptyOutDir: true } })
  browser = await launchBrowser()
}, 60_000)
afterAll(async () => {
  await browser?.close()
  if (uiFolder) await rm(uiFolder, { recursive: true })
})
beforeEach(async () => {
  lab = await openFakeLabServer({ uiFolder })
})
afterEach(async () => {
  await Promise.all(browser.contexts().map((context) => context.close()))
  await lab.close()
})

async function openPage(options: Parameters<Browser['newContext']>[0] = {}, path = '/'): Promise<Page> {
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
  const page = await context.newPage()
  page.setDefaultTimeout(10_000)
  await page.goto(lab.url + path)
  await page.getByRole('textbox', { name: 'Message' }).waitFor()
  return page
}

function message(id: string, role: Message['role'], parts: Part[]): Message {
  return { id, role, createdAt: startedAt, parts, answeredBy: role === 'advisor' ? fakeAnsweredBy : null }
}
const intakeCall: Part = {
  kind: 'tool-call',
  callId: 't1',
  server: 'netbox',
  tool: 'start_intake',
  title: 'Start an intake',
  input: '{"attachment_ids":["photo-1"]}',
  state: 'done',
  outcome: 'Dell PowerEdge R640',
  itemId: 'item-1',
  changeId: null,
  result: null,
}

function showIntake(facts: Parameters<typeof fakeItem>[0] = { change: fakeChange(), tag: 'HW-00001' }): void {
  lab.conversation.messages = [
    message('m1', 'operator', [{ kind: 'photo', attachmentId: 'photo-1', name: 'label.jpg' }]),
    message('m2', 'advisor', [intakeCall, { kind: 'text', text: 'I read a **Dell PowerEdge R640**.' }]),
  ]
  lab.send({ section: 'items', value: [fakeItem(facts)] })
}

const card = (page: Page) => page.getByRole('region', { name: 'Intake: Dell PowerEdge R640' })

function heard(name: string): unknown[] {
  return lab.heard.filter((request) => request.name === name).map((request) => request.body)
}

async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)
}

describe('the intake card', () => {
  test('a field is corrected in place with the keyboard alone', async () => {
    showIntake()
    const page = await openPage()
    await card(page).getByRole('button', { name: 'Serial: 7XK9QZ2. Edit' }).focus()
    await page.keyboard.press('Enter')
    await card(page).getByRole('textbox', { name: 'Serial' }).fill('7XK9QZ3')
    await page.keyboard.press('Escape')
    expect(heard('field-correct')).toEqual([])
    await page.keyboard.press('Enter')
    await card(page).getByRole('textbox', { name: 'Serial' }).fill('7XK9QZ3')
    await page.keyboard.press('Enter')
    await card(page).getByRole('button', { name: 'Serial: 7XK9QZ2. Edit' }).waitFor()
    expect(heard('field-correct')).toEqual([{ itemId: 'item-1', field: 'serial', value: '7XK9QZ3' }])
  })

  test('a refused correction stays open and says why', async () => {
    showIntake()
    lab.answer = () => 'A MAC address has twelve hexadecimal digits.'
    const page = await openPage()
    await card(page)
      .getByRole('button', { name: /^MAC address: .* Edit$/ })
      .click()
    await card(page).getByRole('textbox', { name: 'MAC address' }).fill('12')
    await card(page).getByRole('button', { name: 'Save' }).click()
    await card(page).getByText('A MAC address has twelve hexadecimal digits.').waitFor()
    expect(await card(page).getByRole('textbox', { name: 'MAC address' }).inputValue()).toBe('12')
  })

  test('the evidence of a field shows the very crop and the number', async () => {
    showIntake()
    const page = await openPage()
    await card(page).getByRole('button', { name: 'Serial: certain' }).click()
    const crop = card(page).getByRole('img', { name: 'Cut-out that reads “S7XK9QZ2”' })
    await crop.waitFor()
    expect(await crop.getAttribute('src')).toBe(
      '/attachments/photo-1/crop?left=90&top=430&width=620&height=130',
    )
    await card(page).getByText('0.98').waitFor()
  })

  test('two readings that disagree are settled with one click', async () => {
    showIntake()
    const page = await openPage()
    await card(page).getByRole('button', { name: 'Use 54:BF:64:12:9A:DE as MAC address' }).click()
    await expect
      .poll(() => heard('field-correct'))
      .toEqual([{ itemId: 'item-1', field: 'mac_address', value: '54:BF:64:12:9A:DE' }])
  })

  test('it is decided once, with the digest that was shown and without the print that was switched off', async () => {
    showIntake()
    const page = await openPage()
    await card(page).getByRole('button', { name: 'Confirm and print' }).waitFor()
    await card(page).getByRole('checkbox', { name: 'Print the label HW-00001' }).uncheck()
    await card(page).getByRole('button', { name: 'Confirm', exact: true }).click()
    await expect
      .poll(() => heard('change-decide'))
      .toEqual([{ changeId: 'change-1', digest: 'd'.repeat(64), decision: 'approve', leaveOut: [1] }])
  })

  test('an expired request cannot be confirmed; it can be prepared again', async () => {
    showIntake({ change: fakeChange({ state: 'expired', stateWords: 'Expired; nothing was done' }) })
    const page = await openPage()
    await card(page).getByText('Expired; nothing was done').waitFor()
    expect(
      await card(page)
        .getByRole('button', { name: /^Confirm/ })
        .count(),
    ).toBe(0)
    await card(page).getByRole('button', { name: 'Prepare it again' }).click()
    await expect.poll(() => heard('item-propose')).toEqual([{ itemId: 'item-1' }])
  })

  test('a saved item shows its record, its tag and what became of the label', async () => {
    const job = {
      id: 'j1',
      tag: 'HW-00001',
      printerName: 'Bench printer',
      stateWords: 'Sent, unconfirmed',
      tone: 'ask' as const,
      fileUrl: null,
      actions: ['reprint' as const],
      updatedAt: startedAt,
    }
    lab.send({ section: 'bench', value: { ...fakeBench(), printJobs: [job] } })
    const record = {
      url: `${lab.url}/a/HW-00001`,
      words: 'Every field was read back.',
      confirmedAt: startedAt,
    }
    showIntake({ tag: 'HW-00001', tone: 'good', state: 'complete', record, change: null })
    const page = await openPage()
    expect(await card(page).getByRole('link', { name: 'Open the record' }).getAttribute('href')).toBe(
      record.url,
    )
    await card(page).getByText('Sent, unconfirmed').waitFor()
    await card(page).getByRole('button', { name: 'Reprint (HW-00001)' }).click()
    await expect.poll(() => heard('print-job-act')).toEqual([{ jobId: 'j1', action: 'reprint' }])
  })
})

describe('the conversation', () => {
  const answer = { ...message('a1', 'advisor', []), answeredBy: null }

  test('a reload in the middle of an answer loses no word', async () => {
    const page = await openPage()
    lab.startRun('r1')
    lab.emit({ kind: 'message-start', message: answer })
    lab.emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'The switch is ' })
    await page.getByRole('button', { name: 'Stop' }).waitFor()
    await page.reload()
    await page.getByRole('article', { name: 'HWLab' }).getByText('The switch is').waitFor()
    lab.emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'in Rack 2.' })
    lab.emit({ kind: 'run-end', messageId: 'a1', outcome: 'done', answeredBy: fakeAnsweredBy })
    await page.getByRole('article', { name: 'HWLab' }).getByText('The switch is in Rack 2.').waitFor()
    await page.getByRole('button', { name: 'Commands · 1.2 s · free' }).waitFor()
  })

  test('a lost chunk is fetched', async () => {
    const page = await openPage()
    lab.startRun('r1')
    lab.emit({ kind: 'message-start', message: answer })
    await page.getByText('Working on it…').waitFor()
    lab.lose({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'The first half ' })
    lab.emit({ kind: 'text-delta', messageId: 'a1', partIndex: 0, text: 'and the second.' })
    await page.getByRole('article', { name: 'HWLab' }).getByText('The first half and the second.').waitFor()
  })

  test('markup, pictures and links of an answer cannot act or hide where they lead', async () => {
    const text =
      'See [our page](https://example.org/x) <img src="/boom" onerror="alert(1)"> ![p](https://evil.example/p.png)'
    lab.conversation.messages = [message('m2', 'advisor', [{ kind: 'text', text }])]
    const page = await openPage()
    const article = page.getByRole('article', { name: 'HWLab' })
    await article.getByText('(https://example.org/x)').waitFor()
    expect(await article.locator('img').count()).toBe(0)
  })

  test('a photo is chosen, a bad file is refused with a sentence, both beside the text', async () => {
    const page = await openPage()
    await page.getByRole('textbox', { name: 'Message' }).fill('from the shelf')
    await page.locator('#photo-files').setInputFiles([
      { name: 'label.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') },
      { name: 'drawing.svg', mimeType: 'image/svg+xml', buffer: Buffer.from('<svg/>') },
    ])
    await page.getByText(/This is not a JPEG, PNG, WebP or HEIC photo/).waitFor()
    await page.getByRole('img', { name: 'label.jpg' }).waitFor()
    lab.answer = () => ({ messageId: 'm1', runId: 'r1' })
    await page.getByRole('textbox', { name: 'Message' }).press('Enter')
    await expect
      .poll(() => heard('message-send'))
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
    const page = await openPage()
    lab.answer = () => 'There is no command /fnid. Did you mean /find?'
    await page.getByRole('textbox', { name: 'Message' }).fill('/fnid x')
    await page.getByRole('button', { name: 'Send' }).click()
    await page.getByText('Did you mean /find?').waitFor()
    await page.getByRole('button', { name: 'Send again' }).click()
    await expect.poll(() => heard('message-send').length).toBe(2)
    expect(heard('message-send')[1]).toEqual(heard('message-send')[0])
  })

  test('the text that was not sent yet survives a reload', async () => {
    const page = await openPage()
    await page.getByRole('textbox', { name: 'Message' }).fill('half a thou')
    await page.reload()
    await expect.poll(() => page.getByRole('textbox', { name: 'Message' }).inputValue()).toBe('half a thou')
  })

  test('a newcomer starts the sample with one click', async () => {
    const page = await openPage()
    await page.getByRole('button', { name: 'Try it with a sample photo' }).click()
    await expect
      .poll(() => heard('sample-start'))
      .toEqual([{ conversationId: 'conversation-1', requestId: expect.any(String) }])
  })
})

describe('every screen', () => {
  test.each([
    { name: 'wide and light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
    { name: 'a dark phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
  ])('$name: no accessibility violation, no sideways scrolling', async ({ viewport, colorScheme }) => {
    showIntake({
      title: 'Dell PowerEdge R640',
      change: fakeChange({ warnings: [`Serial ${'7XK9QZ2'.repeat(30)} is long.`] }),
      duplicates: [{ words: 'Same serial in Rack 2.', tag: 'HW-00014', url: '/a/HW-00014', certain: true }],
    })
    const page = await openPage({ viewport, colorScheme })
    await card(page).getByRole('button', { name: 'Confirm and print' }).waitFor()
    await card(page).getByRole('button', { name: 'Serial: certain' }).click()
    expect(await violations(page)).toEqual([])
    for (const section of ['Bench', 'Saving', /onnected$/, 'Items']) {
      await page.getByRole('button', { name: section }).first().click()
      expect(await violations(page)).toEqual([])
    }
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
  })

  test('an unknown label asks for a photo of the thing that carries it', async () => {
    const page = await openPage({}, '/a/HW-00007')
    const region = page.getByRole('region', { name: 'Label HW-00007' })
    await region.getByRole('button', { name: 'Photograph it' }).waitFor()
    expect(await violations(page)).toEqual([])
    lab.answer = () => ({ messageId: 'm1', runId: 'r1' })
    await region.getByRole('button', { name: 'Begin without a photo' }).click()
    await expect
      .poll(() => heard('message-send'))
      .toMatchObject([{ text: expect.stringContaining('HW-00007') }])
  })

  test('a used sign-in link says how to get a new one; a good one opens the lab', async () => {
    const page = await (await browser.newContext()).newPage()
    await page.goto(`${lab.url}/sign-in#used`)
    await page.getByText('npx hwlab token create --sign-in').waitFor()
    expect(await violations(page)).toEqual([])
    await page.goto(`${lab.url}/sign-in#good`)
    await page.waitForURL(`${lab.url}/`)
  })

  test('an answer in a conversation of 5,000 messages arrives without drawing all of them', async () => {
    lab.conversation.messages = Array.from({ length: 5000 }, (_, index) =>
      message(`m${index}`, index % 2 ? 'advisor' : 'operator', [{ kind: 'text', text: `Message ${index}` }]),
    )
    const page = await openPage()
    await page.getByText('Message 4999').last().waitFor()
    expect(await page.getByRole('article').count()).toBeLessThan(200)
    await page.getByRole('button', { name: /Show earlier messages/ }).scrollIntoViewIfNeeded()
    await expect.poll(() => page.getByRole('article').count()).toBeGreaterThan(60)
  })
})
