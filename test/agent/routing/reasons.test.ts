import { afterEach, expect, test } from 'vitest'
import type { ModelReply } from '../../support/model-server.ts'
import { type NearAndFar, openNearAndFar, says } from '../../support/near-and-far.ts'

let world: NearAndFar
afterEach(() => world.close())

type Reply = (body: string, call: number) => ModelReply
async function start(
  near: Reply = says('From the house.'),
  far: Reply = says('From the cloud.'),
): Promise<void> {
  world = await openNearAndFar({ near: { reply: near }, far: { reply: far } })
}

/** As they are stored with the last answer: model and reason. */
function reasons(): string[] {
  const row = world.app.database
    .prepare<[], { models: string }>(
      'select models from route_decisions order by at_ms desc, rowid desc limit 1',
    )
    .get()
  const models: { key: string; reason: string | null }[] = JSON.parse(row?.models ?? '[]')
  return models.map(({ key, reason }) => `${key} ${reason}`)
}

test('asked the same again, a stronger model answers, and the first answer counts as too weak', async () => {
  await start()
  await world.say('what is on shelf two?')
  await world.say('What is on shelf two')
  expect(world.lastAnswer()?.answeredBy).toMatchObject({ model: 'far (Cloud)' })
  expect(reasons()).toEqual(['house/near user_retry', 'far-off/far null'])
  await world.tab.ask('route-rules', { keepLocal: false, photosToCloud: false })
  await world.tab.until(() => world.routing()?.misroutesWords.includes('1 too weak') === true)
  await world.say('what is on shelf three?')
  expect(world.lastAnswer()?.answeredBy).toMatchObject({ model: 'near (House)' })
})

test('asked again after an answer that failed, the same model may try once more', async () => {
  await start((_, call) =>
    call <= 2 ? { kind: 'cut', text: 'On shelf' } : { kind: 'text', text: 'Two UPS.' },
  )
  await world.say('what is on shelf two?')
  await world.say('what is on shelf two?')
  expect(reasons()).not.toContain('house/near user_retry')
})

test.each<[string, ModelReply]>([
  ['timeout', { kind: 'status', status: 503 }],
  ['failed', { kind: 'status', status: 500 }],
  ['failed', { kind: 'status', status: 404 }],
  ['ctx_overflow', { kind: 'status', status: 400, body: '{"error":{"type":"exceed_context_size_error"}}' }],
  ['empty', { kind: 'empty' }],
  ['truncated', { kind: 'text', text: 'the same words again and again '.repeat(400), pieces: 40 }],
  ['tool_fail', { kind: 'text', text: '<tool_call>{"name": "netbox_propose_record", "arguments": ' }],
])('a model is left with the reason %s', async (reason, reply) => {
  await start(() => reply)
  await world.say('what is on shelf two?')
  expect(reasons()).toEqual([`house/near ${reason}`, 'far-off/far null'])
})

test('what may not be paid and what may not leave is passed over before anybody is asked', async () => {
  await start()
  await world.tab.ask('spend-caps-set', { queryUsd: 0, dayUsd: 0, monthUsd: 0 })
  await world.say('what is on shelf two?')
  expect(reasons()).toEqual(['far-off/far budget_block', 'house/near null'])
  await world.tab.ask('route-rules', { keepLocal: true, photosToCloud: false })
  await world.say('what is on shelf three?')
  expect(reasons()).toEqual(['far-off/far privacy_block', 'house/near null'])
})

test('where a person chose, the others say so', async () => {
  await start()
  await world.tab.ask('route-use', { conversationId: world.conversationId, wish: 'local' })
  await world.say('what is on shelf two?')
  expect(reasons()).toEqual(['far-off/far override', 'house/near null'])
})

test('nobody can tell what it asks for: the model that was asked has said so', async () => {
  await start()
  await world.say('kindly frobnicate the quux')
  expect(reasons()).toEqual(['house/near low_conf', 'house/near null'])
  expect((await world.routeOfLast())?.models.map(({ name }) => name)).toEqual(['near (House)'])
})

test('who may not see a photo, and who reads none', async () => {
  await start()
  const ends = () => world.tab.chunks.filter(({ body }) => body.kind === 'run-end').length
  await world.tab.send('', ['photo-1'])
  await world.tab.until(() => ends() === 1)
  expect(reasons()).toEqual(['far-off/far privacy_block', 'house/near no_vision', 'commands null'])
})

test('a model that goes away in mid-conversation is followed by another, and the words so far stand', async () => {
  await start()
  await world.say('what is on shelf two?')
  await world.near.close()
  await world.say('what is on shelf three?')
  expect(world.lastAnswer()?.answeredBy?.model).toBe('far (Cloud)')
  expect(reasons()).toEqual(['house/near timeout', 'far-off/far null'])
  expect(JSON.stringify(world.far.asked.at(-1))).toContain('From the house.')
})
