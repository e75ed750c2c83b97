import { AxeBuilder } from '@axe-core/playwright'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, beforeEach, inject } from 'vitest'
import type { Message, Part } from '../../agent/protocol/messages.ts'
import { launchBrowser } from './browser.ts'
import { fakeAnsweredBy } from './fake-answer.ts'
import { type FakeLabServer, openFakeLabServer } from './fake-lab-server.ts'
import { fakeChange, fakeItem, startedAt } from './fake-lab-things.ts'

/** The built ui in a real browser against a fake lab; a new lab for each test. Call it once at the top of a test file. */
export function uiInBrowser() {
  let browser: Browser
  let lab: FakeLabServer

  beforeAll(async () => {
    browser = await launchBrowser()
  })
  afterAll(() => browser?.close())
  beforeEach(async () => {
    lab = await openFakeLabServer({ uiFolder: inject('uiFolder') })
  })
  afterEach(async () => {
    await Promise.all(browser.contexts().map((context) => context.close()))
    await lab.close()
  })

  return {
    lab: () => lab,
    /** A browser that knows nothing yet, at no address. */
    async blankPage(): Promise<Page> {
      return (await browser.newContext()).newPage()
    },
    async openPage(options: BrowserContextOptions = {}, path = '/'): Promise<Page> {
      const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(10_000)
      await page.goto(lab.url + path)
      await page.getByRole('textbox', { name: 'Message' }).waitFor()
      await page.getByText('Opening the conversation…').waitFor({ state: 'hidden' })
      return page
    },
    /** Bodies of the requests of this name, in order. */
    heard(name: string): unknown[] {
      return lab.heard.filter((request) => request.name === name).map((request) => request.body)
    },
    /** A conversation with one intake in it; ready to be confirmed unless `facts` say otherwise. */
    showIntake(facts: Parameters<typeof fakeItem>[0] = { change: fakeChange(), tag: 'HW-00001' }): void {
      lab.conversation.messages = [
        messageOf('m1', 'operator', [{ kind: 'photo', attachmentId: 'photo-1', name: 'label.jpg' }]),
        messageOf('m2', 'advisor', [intakeCall, { kind: 'text', text: 'I read a **Dell PowerEdge R640**.' }]),
      ]
      lab.send({ section: 'items', value: [fakeItem(facts)] })
    },
  }
}

export function messageOf(id: string, role: Message['role'], parts: Part[]): Message {
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

export const photoFile = { name: 'label.jpg', mimeType: 'image/jpeg', buffer: Buffer.from('x') }

/** The card of the intake that `showIntake` shows. */
export function intakeCard(page: Page) {
  return page.getByRole('region', { name: 'Intake: Dell PowerEdge R640' })
}

/** What axe finds wrong, one line each. */
export async function violations(page: Page): Promise<string[]> {
  const found = await new AxeBuilder({ page }).analyze()
  return found.violations.map(({ id, nodes }) => `${id}: ${nodes.map((node) => node.target).join(' ')}`)
}
