import { afterEach, beforeEach, expect, test } from 'vitest'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let tab: Tab

beforeEach(async () => {
  app = await openAgentApp()
  tab = await openTab(app.app.url, app.cookie)
})
afterEach(async () => {
  tab.close()
  await app.close()
})

/** A conversation of its own in which this was asked and answered. */
async function talk(text: string, attachmentIds: string[] = []): Promise<string> {
  const made = await tab.ask('conversation-new', {})
  if (made.kind === 'refused') throw new Error(made.why)
  await tab.open(made.value.conversationId)
  tab.chunks.splice(0)
  await tab.send(text, attachmentIds)
  await tab.until(runEnded)
  return made.value.conversationId
}

/** What a search finds: the title, and the line with the found words in brackets. */
async function found(text: string): Promise<string[]> {
  const answer = await tab.ask('conversation-search', { text })
  if (answer.kind === 'refused') throw new Error(answer.why)
  return answer.value.found.map(({ title, excerpt }) =>
    excerpt ? `${title}: ${excerpt.before}[${excerpt.found}]${excerpt.after}` : title,
  )
}

async function list(): Promise<{ title: string; pinned: boolean }[]> {
  await tab.until(({ sections }) => sections.some(({ section }) => section === 'conversations'))
  const last = tab.sections.findLast((section) => section.section === 'conversations')
  return last?.section === 'conversations' ? last.value.map(({ title, pinned }) => ({ title, pinned })) : []
}

function rowsOf(conversationId: string): Record<string, number> {
  const tables = ['messages', 'runs', 'pending_calls', 'tool_results', 'route_wishes', 'route_decisions']
  const counts = tables.map((table): [string, number] => {
    const counted = app.database
      .prepare<[string], { rows: number }>(`select count(*) as rows from ${table} where conversation_id = ?`)
      .get(conversationId)
    return [table, counted?.rows ?? -1]
  })
  return Object.fromEntries(counts.filter(([, rows]) => rows > 0))
}

test('words are found in what was asked and answered, in the middle of a serial number as well', async () => {
  await talk('find sg350')
  await talk('find PF-3XK9-Q7')
  expect(await found('3xk9')).toEqual(['find PF-3XK9-Q7: …- HW-00001 · Switch PF-[3XK9]-Q7'])
  expect(await found('switch SG350')).toHaveLength(1)
  expect(await found('HW')).toHaveLength(2)
  expect(await found('hw 3xk9')).toHaveLength(1)
  expect(await found('sg350 3xk9')).toEqual([])
  expect(await found('   ')).toEqual([])
})

test('signs in what is looked for are plain text', async () => {
  await talk('find 100% of "rack" (a*b) OR near\\far_1')
  await talk('find 100 rack ab OR nearfar11')
  for (const text of ['"rack"', '100%', '(a*b)', 'a*', '*b', 'near\\far_1', 'r_1', '%', '\\', '100%\0'])
    expect(await found(text), text).toHaveLength(1)
  for (const text of [
    '"',
    "'; drop table messages; --",
    'title:rack',
    'ra*k',
    'NOT rack',
    '-rack',
    '^find',
    ')(',
  ])
    expect(await found(text), text).toHaveLength(text === '"' ? 1 : 0)
  expect(await found('OR')).toHaveLength(2)
  expect(await found(`${'x'.repeat(150)}`)).toEqual([])
})

test('letters with and without marks are the same, and a new name is found at once', async () => {
  const id = await talk('find Kälte')
  expect(await found('kalte')).toHaveLength(1)
  await tab.ask('conversation-rename', { conversationId: id, title: 'Server room  Süd' })
  expect(await found('sud')).toEqual(['Server room Süd'])
})

test('a name that a person gave stays, whatever is asked or found later', async () => {
  const made = await tab.ask('conversation-new', {})
  const conversationId = made.kind === 'ok' ? made.value.conversationId : ''
  await tab.open(conversationId)
  expect(await tab.ask('conversation-rename', { conversationId, title: 'New conversation' })).toMatchObject({
    kind: 'ok',
  })
  await tab.send('find rack')
  await tab.until(runEnded)
  await expect.poll(async () => (await list())[0]?.title).toBe('New conversation')
  expect(await found('new conversation')).toHaveLength(1)
  expect(await tab.ask('conversation-rename', { conversationId, title: ' \n ' })).toEqual({
    kind: 'refused',
    why: 'Type a name first.',
  })
  expect(await tab.ask('conversation-rename', { conversationId, title: 'x'.repeat(81) })).toEqual({
    kind: 'refused',
    why: 'This name has 81 characters; a conversation’s can have 80.',
  })
})

test('a pinned conversation stays above newer ones, and the newest one opens all the same', async () => {
  const old = await talk('find old rack')
  const newer = await talk('find new rack')
  await tab.ask('conversation-pin', { conversationId: old, pinned: true })
  await expect.poll(async () => (await list())[0]).toEqual({ title: 'find old rack', pinned: true })
  expect(await tab.open()).toBe(newer)
  await tab.ask('conversation-pin', { conversationId: old, pinned: false })
  await expect.poll(async () => (await list())[0]?.title).toBe('find new rack')
})

test('a deleted conversation leaves nothing behind, and nothing of the others goes', async () => {
  const kept = await talk('find kept rack')
  const id = await talk('find lost rack')
  await tab.ask('route-use', { conversationId: id, wish: 'local' })
  expect(Object.keys(rowsOf(id))).toEqual(expect.arrayContaining(['messages', 'runs', 'route_decisions']))
  expect(await tab.ask('conversation-delete', { conversationId: id })).toEqual({
    kind: 'ok',
    value: { deletedId: id },
  })
  expect(rowsOf(id)).toEqual({})
  expect(await found('lost')).toEqual([])
  expect(await found('kept')).toHaveLength(1)
  expect(rowsOf(kept)).toMatchObject({ messages: 2 })
  const indexed = app.database.prepare('select count(*) as rows from message_search').get()
  expect(indexed).toEqual({ rows: 2 })
  const gone = { kind: 'refused', why: 'This conversation is not there any more. Open another one.' }
  expect(await tab.ask('conversation-delete', { conversationId: id })).toEqual(gone)
  expect(await tab.ask('conversation-pin', { conversationId: id, pinned: true })).toEqual(gone)
  expect(await tab.ask('conversation-rename', { conversationId: id, title: 'x' })).toEqual(gone)
  expect(await tab.open()).toBe(kept)
})

test('a conversation with a decision that waits, or with an answer in the making, cannot be deleted', async () => {
  const waits = await talk('from the attic', ['photo-1'])
  const [change] = app.approvals.open()
  expect(await tab.ask('conversation-delete', { conversationId: waits })).toEqual({
    kind: 'refused',
    why: 'A request in it waits for your decision. Approve or decline it first.',
  })
  tab.chunks.splice(0)
  await tab.ask('change-decide', {
    changeId: change?.id ?? '',
    digest: change?.digest ?? '',
    decision: 'decline',
    leaveOut: [],
  })
  await tab.until(runEnded)
  await expect
    .poll(async () => (await tab.ask('conversation-delete', { conversationId: waits })).kind)
    .toBe('ok')

  const taught = await talk('remember that labels go on 29x90')
  expect((await tab.ask('conversation-delete', { conversationId: taught })).kind).toBe('refused')

  const held = Promise.withResolvers<void>()
  app.domain.gate = held.promise
  const made = await tab.ask('conversation-new', {})
  const busy = made.kind === 'ok' ? made.value.conversationId : ''
  await tab.open(busy)
  await tab.send('find rack')
  expect(await tab.ask('conversation-delete', { conversationId: busy })).toEqual({
    kind: 'refused',
    why: 'An answer is being made in it. Stop the answer first.',
  })
  held.resolve()
  tab.chunks.splice(0)
  await tab.until(runEnded)
})
