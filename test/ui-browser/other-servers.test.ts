import type { Page } from 'playwright-core'
import { expect, test } from 'vitest'
import type { Part } from '../../agent/protocol/messages.ts'
import { fakeForeignCall, fakeOthers } from '../support/fake-others.ts'
import { keepScreen } from '../support/screens.ts'
import { messageOf, uiInBrowser, violations } from '../support/ui-in-browser.ts'

const ui = uiInBrowser()

async function openServers(page: Page, view = fakeOthers()): Promise<ReturnType<Page['getByRole']>> {
  ui.lab().send({ section: 'others', value: view })
  await page
    .getByRole('button', { name: /^(What is connected|Connected)/ })
    .first()
    .click()
  const servers = page.getByRole('region', { name: 'Other MCP servers' })
  await servers.scrollIntoViewIfNeeded()
  return servers
}

test('a person sees how each server stands, what changed in a tool, and allows it as it is now', async () => {
  ui.lab().answer = () => ({ server: 'proxmox' })
  const page = await ui.openPage()
  const servers = await openServers(page)
  await servers.getByText('WATCH_KEY is not set.').waitFor()
  await servers.getByRole('button', { name: 'Its tools: 1 changed, 1 allowed, 1 asked for' }).click()
  await servers.getByText('Asked for: it changed since it was allowed, by bench on 12 Nov').waitFor()
  const drift = servers.getByRole('list', { name: 'list_vms: what changed' })
  expect((await drift.getByRole('listitem').allInnerTexts())[0]?.split(/\n+/)).toEqual([
    'description',
    'When it was allowed: Lists all virtual machines.',
    'Now: Lists all virtual machines with their state.',
  ])
  expect(await violations(page)).toEqual([])
  await keepScreen(page, 'other-servers')
  expect(await servers.getByRole('button', { name: 'Allow as it is now: delete_vm' }).count()).toBe(0)
  await servers.getByRole('button', { name: 'Allow as it is now: list_vms' }).click()
  await servers.getByRole('button', { name: 'Never call it: vm_status' }).click()
  const fingerprint = 'f0'.repeat(32)
  await expect
    .poll(() => ui.heard('others-policy'))
    .toEqual([
      { server: 'proxmox', tool: 'list_vms', fingerprint, policy: 'allow' },
      { server: 'proxmox', tool: 'vm_status', fingerprint, policy: 'never' },
    ])
  await servers.getByRole('button', { name: 'Try again: dns' }).click()
  await expect.poll(() => ui.heard('others-try-again')).toEqual([{ server: 'dns' }])
}, 60_000)

test('a call that may have happened is for the person to settle, also on a phone in the dark', async () => {
  ui.lab().answer = () => ({ callId: 'call-1' })
  const page = await ui.openPage({
    ...{ viewport: { width: 360, height: 740 }, colorScheme: 'dark', hasTouch: true, isMobile: true },
  })
  const servers = await openServers(page)
  await servers.getByText('Did it happen? restart_vm of proxmox.').waitFor()
  await servers.getByRole('button', { name: /^Its tools/ }).click()
  await keepScreen(page, 'other-servers-phone-dark')
  expect(await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)).toBeLessThanOrEqual(0)
  expect(await violations(page)).toEqual([])
  await servers.getByRole('button', { name: 'It did not' }).click()
  await expect.poll(() => ui.heard('others-settle')).toEqual([{ callId: 'call-1', happened: false }])
}, 60_000)

test('without any server, the page says how to add one; a wrong file says what is wrong', async () => {
  const page = await ui.openPage()
  const servers = await openServers(page, fakeOthers({ servers: [], doubtful: [] }))
  await servers.getByText('/var/lib/hwlab/mcp.json').waitFor()
  await servers.getByText('"mcpServers"').waitFor()
  await keepScreen(page, 'other-servers-none')
  const view = fakeOthers({ servers: [], doubtful: [], fileTone: 'bad', fileFix: 'It is not JSON.' })
  ui.lab().send({ section: 'others', value: view })
  await servers.getByText('mcp.json: It is not JSON.').waitFor()
}, 60_000)

const listed: Extract<Part, { kind: 'tool-call' }> = {
  ...{ kind: 'tool-call', callId: 't1', server: 'proxmox', tool: 'list_vms', title: 'proxmox: list_vms' },
  ...{ input: '{}', state: 'done', outcome: 'proxmox answered.', itemId: null, changeId: null },
  result: {
    words: 'proxmox answered.',
    quoted_from: 'proxmox',
    said: '101 mail ![x](http://evil.example/x.png)',
  },
}
const restart: typeof listed = {
  ...{ ...listed, callId: 't2', tool: 'restart_vm', title: 'proxmox: restart_vm', result: null },
  ...{ input: '{"vmid":101}', state: 'waiting', outcome: 'Waiting for your decision.', changeId: 'change-1' },
}

test.each([
  { name: 'foreign-call', viewport: { width: 1280, height: 900 }, colorScheme: 'light' as const },
  { name: 'foreign-call-phone', viewport: { width: 360, height: 740 }, colorScheme: 'dark' as const },
])(
  'a call waits on a card with every value, and what a server said is plain text ($name)',
  async (look) => {
    const { name, ...options } = look
    ui.lab().conversation.messages = [
      messageOf('m1', 'operator', [{ kind: 'text', text: 'restart the mail server on proxmox' }]),
      messageOf('m2', 'advisor', [listed, restart]),
    ]
    ui.lab().send({ section: 'changes', value: [fakeForeignCall()] })
    const page = await ui.openPage(options)
    await page.getByRole('button', { name: 'proxmox said' }).click()
    await page.getByText('101 mail ![x](http://evil.example/x.png)').waitFor()
    const card = page.getByRole('region', { name: 'Request: Call restart_vm of proxmox' })
    await card.getByText('Will be sent').waitFor()
    expect(await page.locator('img[src*="evil"]').count()).toBe(0)
    expect(await violations(page)).toEqual([])
    await keepScreen(page, name)
    await card.getByRole('button', { name: 'Send it once' }).click()
    await expect.poll(() => ui.heard('change-decide')).toMatchObject([{ decision: 'approve', leaveOut: [] }])
  },
  60_000,
)
