import { afterEach, expect, test } from 'vitest'
import { ended, openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
const tabs: Tab[] = []

async function start(options: Parameters<typeof openAgentApp>[0] = {}): Promise<Tab> {
  app = await openAgentApp(options)
  return another()
}
async function another(): Promise<Tab> {
  const tab = await openTab(app.app.url, app.cookie)
  tabs.push(tab)
  return tab
}
afterEach(async () => {
  for (const tab of tabs.splice(0)) tab.close()
  await app.close()
})

test('without any model, help lists the commands and says who answered', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('help')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('`find <text>`')
  const answer = [...tab.messages.values()].find((message) => message.role === 'advisor')
  expect(answer?.answeredBy).toMatchObject({
    model: 'Commands',
    where: 'commands',
    inputTokens: null,
    costUsd: 0,
  })
})

test('find asks the inventory over MCP and answers with what it said', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('find sg350')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['sg350'])
  expect(tab.advisorText()).toContain('1 in the inventory.')
  expect(tab.advisorText()).toContain('Switch sg350')
  const part = [...tab.messages.values()]
    .flatMap((message) => message.parts)
    .find((one) => one.kind === 'tool-call')
  expect(part).toMatchObject({
    server: 'netbox',
    tool: 'find_item',
    state: 'done',
    outcome: '1 in the inventory.',
  })
})

test('a tool that breaks is a sentence in the answer, and its cause is only in the log', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('find broken')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('did not work')
  expect(JSON.stringify([...tab.messages.values()])).not.toContain('secret-detail')
})

test('a photo starts an intake and proposes the record; the turn ends while a person decides', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('from the attic', ['photo-1'])
  await tab.until(runEnded)
  expect(app.domain.intakes).toEqual([{ attachment_ids: ['photo-1'], note: 'from the attic' }])
  const end = tab.chunks.at(-1)?.body
  expect(end).toMatchObject({ kind: 'run-end', outcome: 'waiting' })
  const [change] = app.approvals.open()
  const calls = [...tab.messages.values()]
    .flatMap((message) => message.parts)
    .filter((one) => one.kind === 'tool-call')
  expect(calls.map((call) => [call.tool, call.state, call.itemId])).toEqual([
    ['start_intake', 'done', 'item-1'],
    ['propose_record', 'waiting', 'item-1'],
  ])
  expect(calls[1]?.changeId).toBe(change?.id)
  expect(app.executor.begun).toEqual([])
})

test('an item that the gate holds back is not proposed; the next action is said', async () => {
  const tab = await start()
  app.domain.mayPropose = false
  await tab.open()
  await tab.send('', ['photo-1'])
  await tab.until(runEnded)
  expect(tab.advisorText()).toBe('Photograph the label on the back.')
  expect(app.approvals.open()).toEqual([])
})

test('the same message sent twice is answered once', async () => {
  const tab = await start()
  const conversationId = await tab.open()
  const body = { conversationId, requestId: 'request-1', text: 'find rack', attachmentIds: [] }
  const first = await tab.ask('message-send', body)
  await tab.until(runEnded)
  const second = await tab.ask('message-send', body)
  expect(second).toEqual(first)
  expect(app.domain.finds).toEqual(['rack'])
})

test('a second question while the first is answered is refused and changes nothing', async () => {
  const tab = await start()
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  await tab.open()
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  expect(await tab.send('find other')).toEqual({
    kind: 'refused',
    why: 'The answer above is still being made. Wait for it, or stop it first.',
  })
  gate.resolve()
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['slow'])
})

test('stop ends a running answer and says so in it', async () => {
  const tab = await start()
  app.domain.gate = new Promise(() => {})
  const conversationId = await tab.open()
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  expect(await tab.ask('run-stop', { conversationId })).toEqual({ kind: 'ok', value: { stopped: true } })
  await tab.until(runEnded)
  expect(tab.chunks.at(-1)?.body).toMatchObject({ outcome: 'stopped' })
  expect(tab.advisorText()).toBe('You stopped this answer.')
  expect(await tab.ask('run-stop', { conversationId })).toEqual({ kind: 'ok', value: { stopped: false } })
})

test.each([
  ['a'.repeat(100_000), 'This text has 100,000 characters'],
  ['/prnt HW-00001', 'Did you mean /print?'],
  ['/qqqqqqqqqqqqq', 'There is no command /qqqqqqqqqqqqq. /help lists all of them.'],
  ['   ', 'Type something or add a photo first.'],
])('a message that cannot be taken is refused with a sentence (%#)', async (text, why) => {
  const tab = await start()
  await tab.open()
  const answer = await tab.send(text)
  expect(answer).toMatchObject({ kind: 'refused', why: expect.stringContaining(why) })
  expect(tab.messages.size).toBe(0)
})

test('progress of a tool is shown in words while it runs', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('find rack')
  await tab.until(runEnded)
  const outcomes = tab.chunks.flatMap(({ body }) =>
    body.kind === 'part-set' && body.part.kind === 'tool-call' ? [body.part.outcome] : [],
  )
  expect(outcomes).toContain('Looking…')
})

test('a second tab of the same conversation sees the question and the answer', async () => {
  const tab = await start()
  const conversationId = await tab.open()
  const other = await another()
  await other.open(conversationId)
  await tab.send('find rack')
  await Promise.all([tab.until(runEnded), other.until(runEnded)])
  expect([...other.messages.values()]).toEqual([...tab.messages.values()])
  expect([...other.messages.values()].map((message) => message.role)).toEqual(['operator', 'advisor'])
})

test('a tab that loads in the middle of an answer gets all of it, once', async () => {
  const tab = await start()
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  const conversationId = await tab.open()
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1)
  const late = await another()
  await late.open(conversationId)
  expect(late.messages.size).toBe(2)
  gate.resolve()
  await late.until(runEnded)
  const numbers = late.chunks.map((chunk) => chunk.seq)
  expect(numbers).toEqual(numbers.map((_, index) => index + 1))
  await tab.until(runEnded)
  expect(late.advisorText()).toBe(tab.advisorText())
})

test('a socket that is cut in the middle finds the whole answer when it is back', async () => {
  const tab = await start()
  const gate = Promise.withResolvers<void>()
  app.domain.gate = gate.promise
  const conversationId = await tab.open()
  await tab.send('find slow')
  await tab.until(() => app.domain.finds.length === 1 && tab.chunks.length > 1)
  const lastSeq = tab.chunks.at(-1)?.seq ?? 0
  const runId = tab.chunks[0]?.runId ?? ''
  tab.socket.io.engine.close()
  const back = await another()
  const resumed = await back.ask('conversation-open', { conversationId, runId, afterSeq: lastSeq })
  expect(resumed).toMatchObject({ kind: 'ok', value: { conversation: { run: { runId } } } })
  gate.resolve()
  await back.until(runEnded)
  const later = await another()
  await later.open(conversationId)
  expect(later.advisorText()).toContain('Switch slow')
  expect(later.chunks).toEqual([])
})

test('a new conversation begins empty and is listed', async () => {
  const tab = await start()
  await tab.open()
  await tab.send('find rack')
  await tab.until(runEnded)
  const made = await tab.ask('conversation-new', {})
  if (made.kind === 'refused') throw new Error(made.why)
  await tab.open(made.value.conversationId)
  await tab.until(() =>
    tab.sections.some((section) => section.section === 'conversations' && section.value.length === 2),
  )
  await tab.send('queue')
  await tab.until((one) => ended(one, 2))
})
