import { expect, test } from 'vitest'
import type { Part } from '../../agent/protocol/messages.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

type Call = Extract<Part, { kind: 'tool-call' }>
const scan: Call = {
  ...{ kind: 'tool-call', callId: 'call-1', server: 'netbox', tool: 'check_inventory' },
  ...{ title: 'Check the inventory', input: '{}', state: 'running', outcome: 'Checking rack 3 of 12…' },
  ...{ itemId: null, changeId: null, result: null },
}

test.each([
  { name: 'slow-tool-light', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'slow-tool-dark', viewport: { width: 1280, height: 900 }, colorScheme: 'dark' as const },
  { name: 'slow-tool-phone', viewport: { width: 360, height: 740 }, colorScheme: 'light' as const },
])(
  '$name: a long call shows for how long, how far, and can be cancelled',
  async ({ name, viewport, colorScheme }) => {
    const message = { ...messageOf('m2', 'advisor', [scan]), answeredBy: null }
    ui.lab().conversation.messages = [
      messageOf('m1', 'operator', [{ kind: 'text', text: 'Is everything right?' }]),
    ]
    const page = await ui.openPage({ viewport, colorScheme })
    ui.lab().startRun('run-1')
    ui.lab().emit({ kind: 'message-start', message })
    const running = page.getByRole('region', { name: 'Check the inventory: running' })
    await page.getByText('Checking rack 3 of 12…').waitFor()
    expect(await running.count()).toBe(0)
    const startedAt = new Date(Date.now() - 75_000).toISOString()
    const job = { startedAt, share: 0.25 }
    ui.lab().emit({ kind: 'part-set', messageId: 'm2', partIndex: 0, part: { ...scan, job } })
    await running.getByText(/for 1 min \d+ s/).waitFor()
    expect(await running.getByRole('progressbar').getAttribute('value')).toBe('0.25')
    expect(await violations(page)).toEqual([])
    expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(
      0,
    )
    await keepScreen(page, name)
    ui.lab().answer = () => ({ callId: 'call-1' })
    await running.getByRole('button', { name: 'Cancel' }).click()
    await expect
      .poll(() => ui.heard('call-cancel'))
      .toEqual([{ conversationId: 'conversation-1', callId: 'call-1' }])
    const outcome = 'Cancelled before it came to an end; its answer is not known.'
    ui.lab().emit({
      kind: 'part-set',
      messageId: 'm2',
      partIndex: 0,
      part: { ...scan, state: 'failed', outcome },
    })
    await page.getByText(outcome).waitFor()
    expect(await running.count()).toBe(0)
  },
  60_000,
)

test('a repaired call is told behind the line of who answered', async () => {
  const part: Call = { ...scan, state: 'done', outcome: 'All is well.', origin: 'salvaged' }
  ui.lab().conversation.messages = [messageOf('m2', 'advisor', [part, { kind: 'text', text: 'All well.' }])]
  ui.lab().answer = () => ({ route: null })
  const page = await ui.openPage()
  await page.getByRole('button', { name: / · / }).last().click()
  await page.getByText('One tool call came as text or in a broken form; HWLab repaired it.').waitFor()
}, 60_000)
