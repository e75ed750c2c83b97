import { afterEach, expect, test } from 'vitest'
import type { ModelReply } from '../../support/model-server.ts'
import { type NearAndFar, openNearAndFar, says } from '../../support/near-and-far.ts'

let world: NearAndFar
afterEach(() => world.close())

type Reply = (body: string, call: number) => ModelReply
async function start(near: Reply): Promise<void> {
  world = await openNearAndFar({ near: { reply: near }, far: { reply: says('It is on shelf two.') } })
}
const find = (text: string): ModelReply => ({ kind: 'tool', name: 'netbox_find_item', args: { text } })
const shown = () => (world.lastAnswer()?.parts ?? []).flatMap((part) => ('text' in part ? [part.text] : []))

test('a tag that stands in nothing that was read is taken back, and a stronger model answers', async () => {
  await start(says('That is HW-09999, on shelf two.'))
  await world.say('where is the core switch?')
  expect(world.lastAnswer()?.answeredBy?.model).toBe('far (Cloud)')
  expect(shown().join('\n')).not.toContain('on shelf two.\n')
  expect(shown()).toEqual([
    'near (House): it named HW-09999, which stands in nothing that it read. far (Cloud) answers instead.',
    'It is on shelf two.',
  ])
})

test.each([
  ['was found by a call', 'where is the core switch?', 'It is HW-00001.'],
  ['stands in the question, however it is written', 'where is hw-00077?', 'HW-00077 is on shelf two.'],
])('a tag that %s is believed', async (_, question, answer) => {
  await start((__, call) =>
    call === 1 && answer.includes('00001') ? find('core switch') : { kind: 'text', text: answer },
  )
  await world.say(question)
  expect(world.lastAnswer()?.answeredBy?.model).toBe('near (House)')
  expect(shown().join('')).toBe(answer)
})

test('when nobody else can answer, the answer stands with a word of caution', async () => {
  await start(says('Its MAC address is 00:11:22:33:44:55.'))
  await world.tab.ask('route-use', { conversationId: world.conversationId, wish: 'local' })
  await world.say('where is the core switch?')
  expect(shown()).toEqual([
    'Its MAC address is 00:11:22:33:44:55.',
    'Check this before you rely on it: it named 00:11:22:33:44:55, which stands in nothing that it read.',
  ])
})

test.each<[string, string, Reply]>([
  [
    'empty',
    'it looked things up and then said nothing',
    (_, call) => (call === 1 ? find('switch') : { kind: 'empty' }),
  ],
  [
    'tool_fail',
    'nothing that it called gave an answer',
    (_, call) => (call === 1 ? find('refused') : { kind: 'empty' }),
  ],
  [
    'schema_fail',
    'what it wanted to call did not fit the tools',
    (_, call) =>
      call === 1 ? { kind: 'tool', name: 'netbox_find_item', args: { wrong: 1 } } : { kind: 'empty' },
  ],
])('a model that ends with nothing said is left (%s)', async (reason, words, reply) => {
  await start(reply)
  await world.say('where is the core switch?')
  const row = world.app.database.prepare<[], { models: string }>('select models from route_decisions').get()
  expect(JSON.parse(row?.models ?? '[]')).toMatchObject([
    { key: 'house/near', reason, words },
    { reason: null },
  ])
  expect(world.lastAnswer()?.answeredBy?.model).toBe('far (Cloud)')
})

test('a model that repeats a call that does not fit is stopped at the second, and left', async () => {
  await start(() => ({ kind: 'tool', name: 'netbox_find_item', args: { wrong: 1 } }))
  await world.say('where is the core switch?')
  expect(world.near.asked).toHaveLength(2)
  expect(world.lastAnswer()?.answeredBy?.model).toBe('far (Cloud)')
  expect(shown().at(-2)).toBe(
    'near (House): nothing that it called gave an answer. far (Cloud) answers instead.',
  )
})

test('a model that calls what it was not offered is told that there is no such tool', async () => {
  await start(() => ({ kind: 'tool', name: 'netbox_find_item', args: { text: 'switch' } }))
  await world.tab.ask('route-use', { conversationId: world.conversationId, wish: 'local' })
  await world.say('explain what a VLAN is')
  const calls = (world.lastAnswer()?.parts ?? []).filter((part) => part.kind === 'tool-call')
  expect(calls.map(({ outcome }) => outcome)).toEqual(
    Array(2).fill('There is no tool named netbox_find_item.'),
  )
  const told = JSON.stringify(world.near.asked.at(-1))
  expect(told).toContain('There is no tool named netbox_find_item.')
  expect(told).not.toContain('NoSuchTool')
})

test('a model that filed a request is not followed by another that files it again', async () => {
  await start((_, call) =>
    call === 1
      ? { kind: 'tool', name: 'netbox_propose_record', args: { item_id: 'item-1' } }
      : { kind: 'text', text: 'I recorded it as HW-09999.' },
  )
  await world.say('record the core switch')
  expect(world.far.asked).toEqual([])
})
