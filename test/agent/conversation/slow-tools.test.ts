import { afterEach, beforeEach, expect, test } from 'vitest'
import type { Part } from '../../../agent/protocol/messages.ts'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let clock: FakeClock
const tabs: Tab[] = []

beforeEach(async () => {
  clock = new FakeClock()
  app = await openAgentApp({ clock })
})
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close()
  await app.close()
})
async function openOne(): Promise<Tab> {
  const tab = await openTab(app.app.url, app.cookie)
  tabs.push(tab)
  await tab.open()
  return tab
}
type Call = Extract<Part, { kind: 'tool-call' }>
function call(tab: Tab): Call | undefined {
  return [...tab.messages.values()]
    .flatMap(({ parts }) => parts.flatMap((part) => (part.kind === 'tool-call' ? [part] : [])))
    .at(-1)
}
/** A look-up that answers when `answer` is called. */
async function slow(tab: Tab): Promise<{ answer(): void }> {
  const held = Promise.withResolvers<void>()
  app.domain.gate = held.promise
  const conversationId = await tab.open()
  await tab.ask('message-send', { conversationId, requestId: 'r1', text: 'find rack', attachmentIds: [] })
  await expect.poll(() => app.domain.finds).toEqual(['rack'])
  return { answer: held.resolve }
}

test('a call that takes long becomes a job with its beginning and its last words, and ends as any other', async () => {
  const tab = await openOne()
  const startedAt = new Date(clock.nowMs()).toISOString()
  const { answer } = await slow(tab)
  clock.advance(4900)
  await tab.until((one) => call(one)?.outcome === 'Looking…')
  expect(call(tab)?.job).toBeUndefined()
  clock.advance(200)
  await tab.until((one) => call(one)?.job !== undefined)
  expect(call(tab)).toMatchObject({ state: 'running', outcome: 'Looking…', job: { startedAt, share: null } })
  answer()
  await tab.until(runEnded)
  expect(call(tab)).toMatchObject({ state: 'done', outcome: '1 in the inventory.' })
  expect(call(tab)?.job).toBeUndefined()
})

test('a page that is loaded anew shows the job as it is', async () => {
  const { answer } = await slow(await openOne())
  clock.advance(6000)
  const other = await openOne()
  await other.until((one) => call(one)?.job !== undefined)
  expect(call(other)?.state).toBe('running')
  answer()
  await other.until(runEnded)
})

test('cancelling tells the server to stop, and the answer says that nothing is known', async () => {
  const tab = await openOne()
  await slow(tab)
  clock.advance(6000)
  await tab.until((one) => call(one)?.job !== undefined)
  const conversationId = await tab.open()
  const cancel = () => tab.ask('call-cancel', { conversationId, callId: call(tab)?.callId ?? '' })
  expect(await cancel()).toMatchObject({ kind: 'ok' })
  await tab.until(runEnded)
  expect(app.domain.aborts).toEqual(['rack'])
  expect(call(tab)).toMatchObject({
    state: 'failed',
    outcome: expect.stringContaining('its answer is not known'),
  })
  expect(tab.advisorText()).toContain('Cancelled before it came to an end')
  expect(await cancel()).toMatchObject({ kind: 'refused', why: 'It has ended by itself already.' })
})
