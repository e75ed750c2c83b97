import { afterEach, expect, test } from 'vitest'
import type { ModelReply } from '../../support/model-server.ts'
import { type NearAndFar, openNearAndFar, says, toolsSeen } from '../../support/near-and-far.ts'

let world: NearAndFar
afterEach(() => world.close())

/** Nothing that HWLab knows is like it. */
const odd = 'kindly frobnicate the quux'

type Sort = (body: string) => ModelReply | Promise<ModelReply>
/** In the form that was asked for. */
const sortsAs =
  (word: string): Sort =>
  (body) => ({
    kind: 'text',
    text: body.includes('response_format') ? JSON.stringify({ result: word }) : word,
  })

async function start(sort: Sort, schema = true): Promise<void> {
  world = await openNearAndFar({
    near: { sort, can: { schema }, reply: says('From the house.') },
    far: { reply: says('From the cloud.') },
  })
}

test('what is like nothing known is sorted by the model on this network, and goes where that leads', async () => {
  await start(sortsAs('plan'))
  await world.say(odd)
  expect(world.near.sorted()).toBe(1)
  expect(world.lastAnswer()?.answeredBy).toMatchObject({
    model: 'far (Cloud)',
    why: expect.stringMatching(/^near \(House\) read it as work in many steps\./),
  })
  expect(await world.routeOfLast()).toMatchObject({
    task: 'plan',
    asked: expect.stringMatching(
      /^HWLab could not tell what this asks for and had near \(House\) read it: “work in many steps” \(\d+\.\d s, what-is-asked\.md, version [0-9a-f]{8}\)\.$/,
    ),
  })
})

test.each([true, false])(
  'small talk as the model sorts it needs no tools (keeps to forms: %s)',
  async (schema) => {
    await start(sortsAs(schema ? 'chitchat' : '**Chitchat**'), schema)
    await world.say(odd)
    expect(toolsSeen(world.near)).toEqual([[]])
  },
)

test.each<[string, ModelReply]>([
  ['says it is unsure', { kind: 'text', text: 'unsure' }],
  ['keeps to another form', { kind: 'text', text: '{"result":"juggling"}' }],
  ['says two words at once', { kind: 'text', text: 'lookup or plan' }],
  ['makes a sentence of it', { kind: 'text', text: 'This is not a plan.' }],
  ['answers with nothing', { kind: 'empty' }],
  ['fails', { kind: 'status', status: 500 }],
])('a model that %s leaves the question on this network, with tools', async (_, reply) => {
  await start(() => reply, false)
  await world.say(odd)
  expect(world.lastAnswer()?.answeredBy).toMatchObject({
    model: 'near (House)',
    why: expect.stringMatching(/^HWLab could not tell what this asks for\./),
  })
  expect(toolsSeen(world.near)[0]?.length).toBeGreaterThan(0)
  expect((await world.routeOfLast())?.asked).toMatch(/it could not tell either|it did not answer/)
})

test('nobody is asked about what an example, a command or a person has decided', async () => {
  await start(sortsAs('plan'))
  await world.say('are any machines down?')
  await world.say('help')
  await world.tab.ask('route-use', { conversationId: world.conversationId, wish: 'local' })
  await world.say(odd)
  expect(world.near.sorted()).toBe(0)
  expect((await world.routeOfLast())?.asked).toBeNull()
})

test('the question is in the ledger with the answer, and costs nothing', async () => {
  await start(sortsAs('explain'))
  await world.say(odd)
  const calls = world.app.database
    .prepare<[], { calls: number; cost: number; queries: number }>(
      `select count(*) as calls, sum(coalesce(cost_pico_usd, 0)) as cost, count(distinct query_id) as queries
       from model_calls where conversation_id is not null`,
    )
    .get()
  expect(calls).toEqual({ calls: 2, cost: 0, queries: 1 })
  expect(world.lastAnswer()?.answeredBy?.costUsd).toBe(0)
})

test('an answer that is stopped while the model sorts it is not begun', async () => {
  const { promise: never } = Promise.withResolvers<ModelReply>()
  const begun = Promise.withResolvers<void>()
  await start(() => {
    begun.resolve()
    return never
  })
  await world.tab.send(odd)
  await begun.promise
  await world.tab.ask('run-stop', { conversationId: world.conversationId })
  await world.tab.until((tab) => tab.chunks.at(-1)?.body.kind === 'run-end')
  expect(world.tab.advisorText()).toBe('You stopped this answer.')
  expect([world.near.asked, world.far.asked]).toEqual([[], []])
})
