import { expect, test } from 'vitest'
import type { FactsView } from '../../agent/protocol/facts.ts'
import { fakeChange, startedAt } from '../support/fake-lab-things.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

const view: FactsView = {
  facts: [
    {
      ...{ id: 'fact-2', text: 'The rack key hangs in the hall behind the second door', isPrivate: true },
      ...{ originWords: 'in your words', setBy: 'operator', setAt: startedAt },
    },
    {
      ...{ id: 'fact-1', text: 'labels go on 29x90', isPrivate: false },
      ...{ originWords: 'in words of gemma (Ollama)', setBy: 'operator', setAt: startedAt },
    },
  ],
  roomWords: '2 of 100',
}

async function openPanel(options: Parameters<typeof ui.openPage>[0] = {}) {
  const page = await ui.openPage(options)
  ui.lab().send({ section: 'facts', value: view })
  if ((options.viewport?.width ?? 1280) < 1000) {
    await page.getByRole('button', { name: 'Conversations' }).click()
    await page.getByRole('button', { name: 'What HWLab remembers' }).click()
  } else await page.getByRole('button', { name: 'Remembered' }).click()
  const panel = page.getByRole('region', { name: 'What HWLab remembers' })
  await panel.getByText('labels go on 29x90').waitFor()
  return { page, panel }
}

test('an empty memory says how it is filled', async () => {
  const page = await ui.openPage()
  ui.lab().send({ section: 'facts', value: { facts: [], roomWords: '0 of 100' } })
  await page.getByRole('button', { name: 'Remembered' }).click()
  await page.getByText('Nothing yet. A preference is a good beginning').waitFor()
}, 60_000)

test('a sentence is added, changed and deleted with the keyboard alone, and a refusal is read out', async () => {
  const { page, panel } = await openPanel()
  await panel.getByRole('textbox', { name: 'Sentence to remember' }).fill('new items are in rack lab-1')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Space')
  ui.lab().answer = () => 'HWLab remembers this already.'
  await page.keyboard.press('Tab')
  await page.keyboard.press('Enter')
  await panel.getByRole('alert').getByText('HWLab remembers this already.').waitFor()
  expect(ui.heard('fact-add')).toEqual([{ text: 'new items are in rack lab-1', isPrivate: true }])
  ui.lab().answer = () => ({ words: 'Changed.' })
  await panel.getByRole('button', { name: 'Edit “labels go on 29x90”' }).press('Enter')
  await panel.getByRole('textbox', { name: 'Sentence', exact: true }).fill('labels go on 62 mm')
  await page.keyboard.press('Enter')
  await expect
    .poll(() => ui.heard('fact-edit'))
    .toEqual([{ factId: 'fact-1', text: 'labels go on 62 mm', isPrivate: false }])
  await panel.getByRole('button', { name: 'Delete “labels go on 29x90”' }).press('Enter')
  await expect.poll(() => ui.heard('fact-forget')).toEqual([{ factId: 'fact-1' }])
}, 60_000)

test.each([
  { name: 'facts-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'facts-phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
])(
  '$name: what is remembered fits, and nothing is hard to reach',
  async ({ name, viewport, colorScheme }) => {
    const { page } = await openPanel({ viewport, colorScheme })
    expect(await violations(page)).toEqual([])
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
    expect(overflow).toBeLessThanOrEqual(0)
    await keepScreen(page, name)
  },
  60_000,
)

test('a sentence to remember is decided on a card like any other', async () => {
  const change = fakeChange({
    id: 'proposal-1',
    title: 'Remember this sentence',
    lines: [
      { label: 'Sentence', before: null, after: 'labels go on 29x90' },
      { label: 'From', before: null, after: 'gemma (Ollama), in words of its own' },
    ],
    warnings: ['You did not write this sentence: gemma (Ollama) did. Read it word by word.'],
    steps: [
      {
        ...{ position: 0, kind: 'facts.remember', title: 'Keep it for every conversation', optional: false },
        ...{ state: 'waiting', outcome: null, waitsFor: null },
      },
      {
        ...{ position: 1, kind: 'facts.tell_cloud', title: 'Tell it to models in the cloud as well' },
        ...{ optional: true, state: 'waiting', outcome: null, waitsFor: 0 },
      },
    ],
    approveWords: 'Remember',
    requester: 'gemma (Ollama)',
  })
  ui.lab().conversation.messages = [
    messageOf('m1', 'operator', [{ kind: 'text', text: 'I always use the small labels.' }]),
    messageOf('m2', 'advisor', [
      {
        ...{
          kind: 'tool-call',
          callId: 't1',
          server: 'hwlab',
          tool: 'remember',
          title: 'Remember a sentence',
        },
        ...{ input: '{}', state: 'waiting', outcome: 'Waiting for your decision.', itemId: null },
        ...{ changeId: 'proposal-1', result: null },
      },
    ]),
  ]
  const page = await ui.openPage()
  ui.lab().send({ section: 'changes', value: [change] })
  const card = page.getByRole('region', { name: 'Request: Remember this sentence' })
  await card.getByRole('checkbox', { name: 'Tell it to models in the cloud as well' }).uncheck()
  await keepScreen(page, 'remember-card')
  expect(await violations(page)).toEqual([])
  await card.getByRole('button', { name: 'Remember', exact: true }).click()
  await expect
    .poll(() => ui.heard('change-decide'))
    .toMatchObject([{ changeId: 'proposal-1', decision: 'approve', leaveOut: [1] }])
}, 60_000)
