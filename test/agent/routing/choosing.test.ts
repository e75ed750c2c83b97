import { afterEach, expect, test } from 'vitest'
import { z } from 'zod'
import type { Price } from '../../../agent/models/model-entry.ts'
import { ended, openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { type ModelReply, openModelServer, type ModelServer as Scripted } from '../../support/model-server.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let tab: Tab
let conversationId: string
const servers: Scripted[] = []

const price: Price = { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4, imageUsd: 0 }
const says = (text: string) => (): ModelReply => ({ kind: 'text', text })
type Reply = (body: string, call: number) => ModelReply

/** One model on this network and one in the cloud, both ready. */
async function start(local: Reply, cloud: Reply): Promise<void> {
  const near = await openModelServer({ models: ['near'], reply: local })
  const far = await openModelServer({ models: ['far'], reply: cloud })
  servers.push(near, far)
  app = await openAgentApp({
    modelServers: [
      namedServer({ baseUrl: far.baseUrl, id: 'far-off', name: 'Cloud', where: 'cloud', price }),
      namedServer({ baseUrl: near.baseUrl, id: 'house', name: 'House' }),
    ],
  })
  tab = await openTab(app.app.url, app.cookie)
  conversationId = await tab.open()
  await tab.until(() => choices().filter((choice) => choice.wish.includes('/')).length === 2)
}
afterEach(async () => {
  tab.close()
  await app.close()
  for (const server of servers.splice(0)) await server.close()
})

function routing() {
  const section = tab.sections.findLast((one) => one.section === 'routing')
  return section?.section === 'routing' ? section.value : null
}
const choices = () => routing()?.choices ?? []
const answers = () => [...tab.messages.values()].filter((message) => message.role === 'advisor')
const lastAnswer = () => answers().at(-1)

async function say(text: string) {
  const before = tab.chunks.filter((chunk) => chunk.body.kind === 'run-end').length
  const sent = await tab.send(text)
  if (sent.kind === 'ok') await tab.until((one) => ended(one, before + 1))
  return sent
}
async function routeOf(messageId: string) {
  const answer = await tab.ask('route-open', { messageId })
  return answer.kind === 'ok' ? answer.value.route : null
}

test('by itself the model on this network answers, however the servers are listed', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await say('what is on shelf two?')
  expect(lastAnswer()?.answeredBy).toMatchObject({ model: 'near (House)', where: 'local' })
  expect(await routeOf(lastAnswer()?.id ?? '')).toEqual({
    words: 'The cheapest model that can was asked first.',
    asked: null,
    task: 'lookup',
    canLearn: true,
    models: [{ name: 'near (House)', words: 'it was asked' }],
  })
})

test('/use cloud is obeyed until /use auto, in this conversation only, and is itself no question', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await say('/use cloud')
  expect(tab.advisorText()).toBe('In this conversation cloud models answer from now on, within your caps.')
  expect(servers[1]?.asked).toEqual([])
  await say('what is on shelf two?')
  expect(lastAnswer()?.answeredBy).toMatchObject({ model: 'far (Cloud)', where: 'cloud' })
  const other = await tab.ask('conversation-new', {})
  if (other.kind === 'refused') throw new Error(other.why)
  await tab.open(other.value.conversationId)
  await say('what is on shelf two?')
  expect(lastAnswer()?.answeredBy).toMatchObject({ where: 'local' })
  await tab.open(conversationId)
  await say('/use auto')
  await say('what is on shelf three?')
  expect(lastAnswer()?.answeredBy).toMatchObject({ where: 'local' })
})

test('a model is chosen by a piece of its name, or the refusal lists what is there', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  expect(await say('/use cloud:gpt')).toEqual({
    kind: 'refused',
    why: 'There is no “gpt” in the cloud. Connected: far.',
  })
  expect(await say('/use whatever')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('/use auto'),
  })
  await say('/use cloud:fa')
  await say('hello')
  expect(lastAnswer()?.answeredBy).toMatchObject({ model: 'far (Cloud)', why: 'You chose it.' })
})

test('the switch says why the cloud cannot be had while everything stays on this network', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await tab.ask('route-rules', { keepLocal: true, photosToCloud: true })
  await tab.until(() => routing()?.keepLocal === true)
  expect(choices().find(({ wish }) => wish === 'cloud')?.whyNot).toBe(
    'You chose the cloud. far (Cloud): what you ask stays on this network. `/use auto` lets HWLab choose.',
  )
  expect(await tab.ask('route-use', { conversationId, wish: 'cloud' })).toMatchObject({ kind: 'refused' })
})

test('a choice that cannot be obeyed any more refuses the question and asks nobody else', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await tab.ask('route-use', { conversationId, wish: 'cloud' })
  await tab.ask('spend-caps-set', { queryUsd: 0, dayUsd: 0, monthUsd: 0 })
  expect(await tab.send('what is on shelf two?')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('You chose the cloud. far (Cloud): '),
  })
  expect(servers.flatMap((server) => server.asked)).toEqual([])
})

test('what fails before it said anything goes on to the next model, and the hop is on record', async () => {
  await start(() => ({ kind: 'empty' }), says('From the cloud.'))
  await say('what is on shelf two?')
  const why = 'near (House) was asked first, but it answered with nothing.'
  expect(lastAnswer()?.answeredBy).toMatchObject({ model: 'far (Cloud)', why })
  expect((await routeOf(lastAnswer()?.id ?? ''))?.models).toEqual([
    { name: 'near (House)', words: 'it answered with nothing' },
    { name: 'far (Cloud)', words: 'it was asked' },
  ])
})

test('a chosen model that fails says so; no other one answers in its place', async () => {
  await start(says('From the house.'), () => ({ kind: 'status', status: 500 }))
  await tab.ask('route-use', { conversationId, wish: 'far-off/far' })
  await tab.send('what is on shelf two?')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('far (Cloud) did not answer: ')
  expect(servers[0]?.asked).toEqual([])
})

test('a server that was away a moment ago is asked last', async () => {
  await start(() => ({ kind: 'status', status: 503 }), says('From the cloud.'))
  await say('what is on shelf two?')
  const triedOnce = servers[0]?.asked.length
  await say('what is on shelf three?')
  expect(servers[0]?.asked.length).toBe(triedOnce)
  expect(lastAnswer()?.answeredBy).toMatchObject({
    model: 'far (Cloud)',
    why: expect.stringContaining('near (House) did not answer a moment ago'),
  })
})

const askedTools = (server: Scripted | undefined) => {
  const body = z.object({ tools: z.array(z.object({ function: z.object({ name: z.string() }) })).optional() })
  return (server?.asked ?? []).map((asked) =>
    (body.parse(asked).tools ?? []).map((tool) => tool.function.name),
  )
}

test('a question that needs nothing of the lab is answered on this network without any tools', async () => {
  await start(says('Many machines that act as one.'), says('From the cloud.'))
  await say('tell me about the concept of cluster computing')
  expect(askedTools(servers[0])).toEqual([[]])
  expect(lastAnswer()?.answeredBy?.why).toMatch(/^It reads like a question that needs nothing of your lab\./)
  await say('are any machines down?')
  expect(askedTools(servers[0])[1]).toContain('netbox_find_item')
  expect(lastAnswer()?.answeredBy?.where).toBe('local')
})

test('work in many steps goes to the cheapest model that is strong enough', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await say('check the whole inventory for mistakes and propose corrections')
  expect(lastAnswer()?.answeredBy).toMatchObject({
    where: 'cloud',
    why: expect.stringContaining('many steps'),
  })
})

test('what a person teaches below an answer counts for the next question, is listed, and can be forgotten', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await say('kindly frobnicate the quux')
  const messageId = lastAnswer()?.id ?? ''
  expect(await tab.ask('route-learn', { messageId, task: 'chitchat' })).toEqual({
    kind: 'ok',
    value: { words: 'Learnt: this reads like small talk.' },
  })
  await say('kindly frobnicate the quux')
  expect(askedTools(servers[0])[1]).toEqual([])
  await tab.until(() => routing()?.examples.length === 1)
  expect(routing()?.examples[0]).toMatchObject({ text: 'kindly frobnicate the quux', name: 'small talk' })
  await tab.ask('route-forget', { exampleId: routing()?.examples[0]?.id ?? '' })
  await say('would you kindly frobnicate the quux')
  expect(askedTools(servers[0])[2]).not.toEqual([])
  expect(await tab.ask('route-learn', { messageId, task: 'juggling' })).toMatchObject({ kind: 'refused' })
})

test('asking for a stronger model right after an answer counts it as too weak', async () => {
  await start(says('From the house.'), says('From the cloud.'))
  await say('what is on shelf two?')
  await tab.ask('route-use', { conversationId, wish: 'cloud' })
  await tab.until(() => routing()?.misroutesWords.includes('1 too weak') === true)
  expect(routing()?.misroutesWords).toBe(
    'HWLab chose the model for one answer: 1 too weak, 0 read wrongly, as you showed it.',
  )
})
