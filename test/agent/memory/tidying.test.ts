import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MockLanguageModelV4 } from 'ai/test'
import { afterEach, expect, test } from 'vitest'
import { toModelMessages } from '../../../agent/conversation/model-messages.ts'
import type { MemoryDeps } from '../../../agent/memory/open-memory.ts'
import type { ModelEntry } from '../../../agent/models/model-entry.ts'
import type { Part } from '../../../agent/protocol/messages.ts'
import { conversationSearch } from '../../../agent/store/conversation-search.ts'
import { factProposalsTable } from '../../../agent/store/fact-proposals.ts'
import { loadPrompt } from '../../../prompts/load-prompt.ts'
import { dayMs, type MemoryWorld, openMemoryWorld, said } from '../../support/open-memory.ts'

let world: MemoryWorld
let folder: string | null = null

function start(options: Partial<MemoryDeps> = {}): void {
  world = openMemoryWorld(options)
}
afterEach(async () => {
  await world.close()
  if (folder !== null) await rm(folder, { recursive: true })
  folder = null
})

const partsOf = (id: string): Part[] => world.transcript.messages.list(id).flatMap(({ parts }) => parts)
const rowsIn = (table: string): unknown =>
  world.database.prepare(`select count(*) from ${table}`).pluck().get()

const proposed: Part = {
  kind: 'tool-call',
  callId: 'call-1',
  server: 'netbox',
  tool: 'propose_record',
  title: 'Propose the record',
  input: '{"item_id":"item-1"}',
  state: 'done',
  outcome: 'Recorded as HW-00012 and read back.',
  itemId: 'item-1',
  changeId: 'change-1',
  result: null,
}

const attic = () => [
  said('operator', 'what is in the attic?'),
  { role: 'advisor' as const, parts: [proposed, { kind: 'text' as const, text: 'HW-00007, a shelf.' }] },
]

test('a conversation nobody goes on with becomes a summary that says what was asked, found and decided', async () => {
  start()
  const id = world.talked('attic', attic())
  world.clock.advance(6 * dayMs)
  await world.tidy()
  expect(partsOf(id)).toHaveLength(3)
  world.clock.advance(2 * dayMs)
  await world.tidy()
  expect(partsOf(id)).toEqual([
    {
      kind: 'summary',
      text: 'Asked:\n\n- what is in the attic?\n\nItems: `HW-00012`, `HW-00007`\n\nDecided:\n\n- Propose the record: Recorded as HW-00012 and read back.',
      messages: 2,
      from: '2026-01-05T12:00:00.000Z',
      to: '2026-01-05T12:00:00.000Z',
      madeBy: null,
      promptHash: null,
    },
  ])
  expect(rowsIn('messages')).toBe(1)
  expect(conversationSearch(world.database).find(['attic?'], 5)).toHaveLength(1)
  expect(world.memory.view().tidyWords).toContain('1 conversation became a summary.')
})

test('a model reads the summary as what was said before, and a later summary carries it on', async () => {
  start()
  const id = world.talked('attic', attic())
  world.clock.advance(8 * dayMs)
  await world.tidy()
  expect(toModelMessages(world.transcript.messages.newest(id))).toEqual([
    { role: 'user', content: expect.stringContaining('what is in the attic?') },
    { role: 'assistant', content: 'Noted.' },
  ])
  const [question] = [said('operator', 'and in the cellar?')]
  const createdAt = new Date(world.clock.nowMs()).toISOString()
  world.transcript.messages.insert(id, { id: 'm-later', createdAt, answeredBy: null, ...question })
  world.transcript.conversations.touch(id, world.clock.nowMs())
  await world.tidy()
  expect(partsOf(id)).toHaveLength(2)
  world.clock.advance(8 * dayMs)
  await world.tidy()
  const [part] = partsOf(id)
  expect(part).toMatchObject({
    kind: 'summary',
    messages: 3,
    from: '2026-01-05T12:00:00.000Z',
    to: createdAt,
  })
  expect(part).toMatchObject({ text: expect.stringMatching(/attic\?[\s\S]*HW-00012[\s\S]*cellar\?/) })
  await world.tidy()
  expect(partsOf(id)).toEqual([part])
})

test('pinned conversations, those with a decision that waits, and all of them when nothing ages stay as they are', async () => {
  const withRequest = new Set<string>()
  start({ hasOpenRequest: (id) => withRequest.has(id) })
  const pinned = world.talked('pinned', attic())
  const asked = world.talked('asked', attic())
  const undecided = world.talked('undecided', attic())
  world.transcript.conversations.pin(pinned, world.clock.nowMs())
  withRequest.add(asked)
  world.transcript.pendingCalls.insert({
    ...{ callId: 'call-1', changeId: 'change-1', conversationId: undecided, messageId: 'm', partIndex: 0 },
    ...{ modelKey: 'commands', server: 'netbox', tool: 'propose_record', arguments: '{}' },
    ...{ requestState: null, state: 'waiting', createdAtMs: 0 },
  })
  const taught = world.talked('taught', attic())
  factProposalsTable(world.database).insert({
    ...{ id: 'f', text: 'labels go on 29x90', isPrivate: false, proposedBy: null, requester: 'operator' },
    ...{
      conversationId: taught,
      state: 'proposed',
      decidedBy: null,
      createdAtMs: 0,
      expiresAtMs: 1,
      endedAtMs: null,
    },
  })
  const kept = world.talked('kept', attic())
  expect(world.memory.setRule({ name: 'conversations', days: null }, 'operator').kind).toBe('ok')
  world.clock.advance(400 * dayMs)
  await world.tidy()
  expect(partsOf(kept)).toHaveLength(3)
  world.memory.setRule({ name: 'conversations', days: 30 }, 'operator')
  await world.tidy()
  expect(partsOf(kept)).toHaveLength(1)
  for (const id of [pinned, asked, undecided, taught]) expect(partsOf(id)).toHaveLength(3)
  expect(world.audited).toMatchObject([
    { who: 'operator', about: 'conversations', details: { days: null, before: 7 } },
    { details: { days: 30, before: null } },
  ])
  expect(world.memory.setRule({ name: 'audit', days: 1 }, 'operator').kind).toBe('refused')
})

/** A model that says this; `where` is for the test to choose. */
function modelThat(answer: () => Promise<string>): ModelEntry {
  const model = new MockLanguageModelV4({
    async doGenerate() {
      const text = await answer()
      return {
        content: [{ type: 'text', text }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 9, noCache: 9, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 3, text: 3, reasoning: 0 },
        },
        warnings: [],
      }
    },
  })
  const about = {
    key: 'own/small',
    name: 'small (own)',
    tier: 1,
    capabilities: null,
    price: null,
    quirks: [],
  }
  return { ...about, where: 'local', model }
}

test('a model of one’s own puts it into words; tags and decisions still come from code', async () => {
  const prompts: string[] = []
  const entry = modelThat(async () => 'You looked for shelves in the attic.')
  start({ localModel: () => entry })
  const id = world.talked('attic', [...attic(), said('operator', 'x'.repeat(50_000))])
  world.clock.advance(8 * dayMs)
  await world.tidy()
  const { text } = loadPrompt('summarise', { conversation: '' })
  if (entry.model instanceof MockLanguageModelV4)
    for (const { prompt } of entry.model.doGenerateCalls) prompts.push(JSON.stringify(prompt))
  expect(prompts).toHaveLength(1)
  expect(prompts[0]).toContain('what is in the attic?')
  expect(prompts[0]?.length).toBeLessThan(9000 + text.length)
  expect(partsOf(id)).toMatchObject([
    {
      text: expect.stringMatching(/^You looked for shelves in the attic\.\n\nItems: `HW-00012`/),
      madeBy: 'small (own)',
      promptHash: loadPrompt('summarise', { conversation: '' }).hash,
    },
  ])
})

test('a model that fails costs nothing but its words, and a person who went on meanwhile keeps everything', async () => {
  let id = ''
  const answers = [
    () => Promise.reject(new Error('out of memory')),
    async () => {
      world.transcript.conversations.touch(id, world.clock.nowMs())
      return 'Too late.'
    },
  ]
  const entry = modelThat(() => answers.shift()?.() ?? Promise.resolve(''))
  start({ localModel: () => entry })
  const first = world.talked('attic', attic())
  world.clock.advance(1000)
  id = world.talked('attic', attic())
  world.clock.advance(8 * dayMs)
  await world.tidy()
  expect(partsOf(first)).toMatchObject([{ kind: 'summary', madeBy: null }])
  expect(partsOf(id)).toHaveLength(3)
  expect(world.errors).toMatchObject([{ message: expect.stringContaining('out of memory') }])
})

test('while a person waits for an answer, no model is asked for a summary, and the file is not compacted', async () => {
  const entry = modelThat(async () => 'words')
  start({ localModel: () => entry, isIdle: () => false })
  world.talked('attic', attic())
  world.clock.advance(8 * dayMs)
  await world.tidy()
  expect(entry.model instanceof MockLanguageModelV4 && entry.model.doGenerateCalls.length).toBe(0)
  expect(world.memory.view().compactWords).toContain('once in 30 days')
})

test('a summary that was cut off by kill -9 before the old messages went is finished later, and read once', async () => {
  start()
  const id = world.talked('attic', attic())
  const summary: Part = {
    ...{ kind: 'summary', text: 'what was', messages: 2, from: '', to: '', madeBy: null, promptHash: null },
  }
  world.transcript.together(() =>
    world.transcript.messages.beginWith(id, {
      ...{ id: 'm-s', role: 'advisor', createdAt: new Date(0).toISOString() },
      ...{ parts: [summary], answeredBy: null },
    }),
  )
  expect(rowsIn('messages')).toBe(3)
  expect(partsOf(id)).toEqual([summary])
  await world.tidy()
  expect(rowsIn('messages')).toBe(1)
})

test('tens of thousands of old rows go without holding anybody up, and their room is given back', async () => {
  folder = await mkdtemp(join(tmpdir(), 'hwlab-memory-'))
  world = openMemoryWorld({}, folder)
  const line = 'the label says PF-3XK9-Q7, and the second disk of HW-00012 was moved to the lower rack. '
  const id = world.talked(
    'long',
    Array.from({ length: 5000 }, (_, at) =>
      said(at % 2 === 0 ? 'operator' : 'advisor', `${at} ${line.repeat(4)}`),
    ),
  )
  const insert = world.database.prepare(
    `insert into route_decisions (id, conversation_id, message_id, at_ms, wish, decided_by, task, model_key, tier, models)
     values (?, ?, ?, ?, 'auto', 'cheapest', null, 'commands', 0, '[]')`,
  )
  world.transcript.together(() => {
    for (let at = 0; at < 20_000; at += 1) insert.run(`r${at}`, id, `m${at}`, world.clock.nowMs())
  })
  world.clock.advance(100 * dayMs)
  let otherWork = 0
  const others = setInterval(() => {
    otherWork += 1
  }, 0)
  await world.tidy()
  clearInterval(others)
  expect(otherWork).toBeGreaterThan(30)
  expect(world.errors).toEqual([])
  expect(rowsIn('messages')).toBe(1)
  expect(rowsIn('route_decisions')).toBe(0)
  expect(world.memory.view().compactWords).toMatch(/compacted on .*: \d+\.\d MB freed/)
})

test('a sentence that stays on this network is in no summary, however it was cut', async () => {
  const secret = `the safe stands behind the ${'very '.repeat(40)}old shelf`
  const entry = modelThat(async () => 'Something was to be remembered.')
  start({
    localModel: () => entry,
    withoutPrivate: (text) => text.replaceAll(secret, '(kept on this network)'),
  })
  const byModel = world.talked('secret', [said('operator', `remember that ${secret}`)])
  world.clock.advance(8 * dayMs)
  await world.tidy()
  const asked = entry.model instanceof MockLanguageModelV4 ? entry.model.doGenerateCalls : []
  expect(JSON.stringify(asked)).not.toContain('the safe')
  expect(partsOf(byModel)).toMatchObject([{ text: 'Something was to be remembered.' }])
  await world.close()
  start({ withoutPrivate: (text) => text.replaceAll(secret, '(kept on this network)') })
  const byCode = world.talked('secret', [said('operator', `remember that ${secret}`)])
  world.clock.advance(8 * dayMs)
  await world.tidy()
  expect(partsOf(byCode)).toMatchObject([{ text: 'Asked:\n\n- remember that (kept on this network)' }])
})
