import { afterEach, expect, test } from 'vitest'
import { toModelMessages } from '../../../agent/conversation/model-messages.ts'
import type { ModelEntry } from '../../../agent/models/model-entry.ts'
import { bareModel } from '../../../agent/models/providers.ts'
import type { Message, Part } from '../../../agent/protocol/messages.ts'
import { openReplays } from '../../../agent/routing/open-replays.ts'
import { agentMigrations } from '../../../agent/store/migrations-owner.ts'
import { routeDecisionsTable } from '../../../agent/store/route-decisions.ts'
import { type Replay, routeReplaysTable } from '../../../agent/store/route-replays.ts'
import { openTranscript } from '../../../agent/store/transcript.ts'
import { openDialectServer, type Script } from '../../../evals/models/open-dialect-server.ts'
import { call, hold, say } from '../../../evals/models/steps.ts'
import { openDatabase } from '../../../mcp-servers/serving/database.ts'
import { loadPrompt } from '../../../prompts/load-prompt.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { namedServer } from '../../support/named-providers.ts'

const found: Part = {
  ...{ kind: 'tool-call', callId: 'c1', server: 'netbox', tool: 'find_item', title: 'Find an item' },
  ...{ input: '{"text":"NAS"}', state: 'done', outcome: '1 in the inventory.', itemId: null, changeId: null },
  result: { records: [{ tag: 'HW-00007', name: 'NAS' }] },
}
const findCard = {
  ...{ name: 'netbox_find_item', server: 'netbox', tool: 'find_item', title: 'Find an item', readOnly: true },
  description: 'Looks for a thing.',
  inputSchema: { type: 'object' as const, properties: { text: { type: 'string' } } },
}
const closers: (() => unknown)[] = []
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close()
})

/** A lab in which a model in the cloud has answered `turns` questions, at two o'clock in the night unless said otherwise. */
async function openNight(reply: Script['reply'], { turns = 20, hour = 2, isOff = false } = {}) {
  const server = await openDialectServer('llama-server', { reply })
  const clock = new FakeClock(new Date(2026, 0, 5, hour, 0).getTime())
  const database = openDatabase(':memory:', [agentMigrations])
  const transcript = openTranscript(database)
  const decisions = routeDecisionsTable(database)
  const { id: conversationId } = transcript.conversations.create('NAS', clock.nowMs())
  const message = (id: string, role: Message['role'], parts: Part[]): Message => ({
    ...{ id, role, parts, answeredBy: null },
    createdAt: new Date(clock.nowMs()).toISOString(),
  })
  for (let turn = 0; turn < turns; turn++) {
    const id = `run-${turn}`
    const [asked, answered] = [`asked-${turn}`, `answered-${turn}`]
    transcript.messages.insert(
      conversationId,
      message(asked, 'operator', [{ kind: 'text', text: 'Where is the NAS?' }]),
    )
    transcript.messages.insert(
      conversationId,
      message(answered, 'advisor', [found, { kind: 'text', text: 'HW-00007 is your NAS.' }]),
    )
    const run = { id, conversationId, requestId: id, operatorMessageId: asked, advisorMessageId: answered }
    transcript.runs.insert({ ...run, modelKey: 'cloud/far', startedAtMs: clock.nowMs() })
    transcript.runs.end(id, { state: 'done', modelKey: 'cloud/far', answeredBy: null }, clock.nowMs())
    decisions.put({
      ...{ id, conversationId, messageId: answered, atMs: clock.nowMs() - turn, wish: 'auto', asked: null },
      ...{ decidedBy: 'cheapest', task: 'lookup', modelKey: 'cloud/far', tier: 2, models: [] },
    })
  }
  const entry: ModelEntry = {
    ...{
      key: 'house/near',
      name: 'near',
      where: 'local',
      tier: 1,
      capabilities: null,
      price: null,
      quirks: [],
    },
    model: bareModel(namedServer({ baseUrl: server.baseUrl }), 'near', globalThis.fetch),
  }
  const changed = Promise.withResolvers<void>()
  const replays = openReplays({
    ...{
      clock,
      toolbox: { cards: [findCard] },
      localModel: () => entry,
      isIdle: () => true,
      isOff: () => isOff,
    },
    replays: routeReplaysTable(database),
    messages: transcript.messages.list,
    asModelReads: toModelMessages,
    onChange: changed.resolve,
    onError: changed.reject,
  })
  closers.push(
    () => server.close(),
    () => database.close(),
    () => replays.close(),
  )
  return {
    ...{ server, replays, decisions, clock, changed: changed.promise },
    /** Begins, and lets the first look come. */
    night() {
      replays.begin()
      clock.advance(15 * 60_000)
    },
    all: () => database.prepare<[], Replay>('select verdict, words from route_replays').all(),
    promptHashes: () => database.prepare<[], string>('select prompt_hash from route_replays').pluck().all(),
  }
}

const findsIt: Script['reply'] = (_, at) =>
  at === 1 ? call('netbox_find_item', { text: 'nas' }) : say('It is HW-00007.')

test('one in twenty answers of the cloud is tried again, and is counted when it would have done', async () => {
  const lab = await openNight(findsIt)
  lab.night()
  await lab.changed
  lab.clock.advance(60 * 60_000)
  expect(lab.all()).toEqual([{ verdict: 'would-do', words: 'its answer passes the same checks' }])
  expect(lab.promptHashes()).toEqual([loadPrompt('advisor-short', { operator: 'x' }).hash])
  expect(lab.server.asked).toHaveLength(2)
  expect(lab.server.asked[1]?.text).toContain('HW-00007')
  expect(lab.decisions.byWeek(lab.clock.nowMs())).toMatchObject([
    { weeksAgo: 0, chosen: 20, here: 0, replayed: 1, tooStrong: 1 },
  ])
})

test.each<[string, Script['reply'], string, string]>([
  ['names nothing', () => say('I do not know.'), 'would-not', 'it did not come to HW-00007'],
  [
    'makes something up',
    () => say('HW-00008.'),
    'would-not',
    'it named HW-00008, which stands in nothing that it read',
  ],
  [
    'asks for something else',
    (_, at) => (at === 1 ? call('netbox_find_item', { text: 'disk' }) : say('HW-00007.')),
    'unknown',
    'it wanted “Find an item” with other words',
  ],
])('an answer that %s does not count as one that would have done', async (_, reply, verdict, words) => {
  const lab = await openNight(reply)
  lab.night()
  await lab.changed
  expect(lab.all()).toEqual([{ verdict, words }])
})

test.each([
  ['in the daytime', { hour: 14 }],
  ['switched off', { isOff: true }],
  ['after fewer than twenty answers', { turns: 19 }],
])('nothing is tried again %s', async (_, setting) => {
  const lab = await openNight(findsIt, setting)
  lab.night()
  await lab.replays.close()
  expect([lab.server.asked, lab.all()]).toEqual([[], []])
})

test('whoever speaks in the night is not kept waiting: the replay is given up, and counts for nothing', async () => {
  const came = Promise.withResolvers<void>()
  const lab = await openNight(() => {
    came.resolve()
    return hold(new Promise(() => {}))
  })
  lab.night()
  await came.promise
  lab.replays.giveWay()
  await lab.replays.close()
  expect(lab.all()).toEqual([])
})
