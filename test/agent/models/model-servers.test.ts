import { afterEach, expect, test } from 'vitest'
import { openTab, runEnded, type Tab } from '../../../evals/worlds/tab.ts'
import { type ModelReply, openModelServer, type ModelServer as Scripted } from '../../support/model-server.ts'
import { namedServer } from '../../support/named-providers.ts'
import { type AgentApp, openAgentApp } from '../../support/open-agent-app.ts'

let app: AgentApp
let model: Scripted
let tab: Tab
async function start(
  reply: (call: number, body: string) => ModelReply,
  sightPixels: number | null = null,
): Promise<void> {
  model = await openModelServer({ reply: (body, call) => reply(call, body), can: { sightPixels } })
  const server = namedServer({ baseUrl: model.baseUrl, apiKey: 'key-that-must-not-leak' })
  app = await openAgentApp({ modelServers: [server], secrets: ['key-that-must-not-leak'] })
  tab = await openTab(app.app.url, app.cookie)
  await tab.open()
  await tab.until((one) =>
    one.sections.some(
      (section) =>
        section.section === 'connections' &&
        section.value.some((line) => line.name === 'scripted (Test server)' && line.tone === 'good'),
    ),
  )
}
afterEach(async () => {
  tab.close()
  await app.close()
  await model.close()
})

const answeredBy = () => [...tab.messages.values()].find((message) => message.role === 'advisor')?.answeredBy

test('a local model that calls tools answers, with its tokens and why it was chosen', async () => {
  await start((call) =>
    call === 1
      ? { kind: 'tool', name: 'netbox_find_item', args: { text: 'rack' } }
      : { kind: 'text', text: 'You have one: HW-00001.' },
  )
  await tab.send('do I own a rack?')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['rack'])
  expect(tab.advisorText()).toBe('You have one: HW-00001.')
  expect(answeredBy()).toMatchObject({
    model: 'scripted (Test server)',
    where: 'local',
    why: expect.stringContaining(
      'It is the cheapest that can, and it calls tools, does not read pictures, keeps to forms',
    ),
    inputTokens: 22,
    outputTokens: 14,
    costUsd: 0,
  })
})

test('a slash command is answered by Commands even when a model is connected', async () => {
  await start(() => ({ kind: 'text', text: 'never asked' }))
  await tab.send('/find rack')
  await tab.until(runEnded)
  expect(answeredBy()).toMatchObject({ model: 'Commands', why: 'This is a command; no model was needed.' })
})

test.each<[string, ModelReply, string]>([
  ['answers HTML', { kind: 'html' }, 'that is not a model answer'],
  ['fails', { kind: 'status', status: 500 }, 'it failed (HTTP 500)'],
  ['is busy', { kind: 'status', status: 503 }, 'it is busy'],
  ['refuses the key', { kind: 'status', status: 401 }, 'it refused the key'],
  ['answers nothing', { kind: 'empty' }, 'it answered with nothing'],
])('when the model server %s, Commands answers and says why', async (_, reply, words) => {
  await start(() => reply)
  await tab.send('find rack')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('Switch rack')
  expect(answeredBy()).toMatchObject({ model: 'Commands', where: 'commands' })
  expect(answeredBy()?.why).toContain('scripted (Test server) was asked first')
  expect(answeredBy()?.why).toContain(words)
  const parts = [...tab.messages.values()].flatMap((message) => message.parts)
  expect(parts.filter(({ kind }) => kind === 'notice')).toMatchObject([
    { tone: 'muted', text: expect.stringContaining('. Commands answers instead.') },
  ])
  expect(JSON.stringify([...tab.messages.values()])).not.toContain('secret-detail')
})

test('an answer that breaks off keeps what was said and says that it broke off', async () => {
  await start(() => ({ kind: 'cut', text: 'The rack has ' }))
  await tab.send('tell me about the rack')
  await tab.until(runEnded)
  expect(tab.advisorText()).toContain('The rack has')
  expect(tab.advisorText()).toContain('did not finish: its answer broke off')
  expect(tab.chunks.at(-1)?.body).toMatchObject({ outcome: 'failed' })
})

test('a model that repeats the same call is stopped', async () => {
  await start(() => ({ kind: 'tool', name: 'netbox_find_item', args: { text: 'rack' } }))
  await tab.send('look for the rack')
  await tab.until(runEnded)
  expect(app.domain.finds).toEqual(['rack'])
})

test('a model that goes on and on is stopped after five steps', async () => {
  await start((call) => ({ kind: 'tool', name: 'netbox_find_item', args: { text: `rack ${call}` } }))
  await tab.send('look for the rack')
  await tab.until(runEnded)
  expect(app.domain.finds).toHaveLength(5)
})

test('a tool that does not exist and arguments that do not fit are told to the model, and nothing runs', async () => {
  await start((call) => {
    if (call === 1) return { kind: 'tool', name: 'netbox_approve_change', args: { change_id: 'x' } }
    if (call === 2) return { kind: 'tool', name: 'netbox_find_item', args: { words: 3 } }
    return { kind: 'text', text: 'That did not work.' }
  })
  await tab.send('approve it yourself')
  await tab.until(runEnded)
  expect(tab.advisorText()).toBe('That did not work.')
  expect(app.domain.finds).toEqual([])
  const parts = [...tab.messages.values()].flatMap((message) => message.parts)
  expect(parts.filter((part) => part.kind === 'tool-call').map((part) => part.state)).toEqual([
    'failed',
    'failed',
  ])
})

test('a text stream arrives in numbered pieces and is whole after a reload in its middle', async () => {
  const gate = Promise.withResolvers<void>()
  await start(() => ({ kind: 'slow', first: 'The rack ', rest: 'is in the attic.', gate: gate.promise }))
  await tab.send('where is the rack?')
  await tab.until((one) => one.advisorText() === 'The rack ')
  const conversationId = tab.chunks[0]?.conversationId ?? ''
  tab.socket.io.engine.close()
  tab = await openTab(app.app.url, app.cookie)
  await tab.open(conversationId)
  expect(tab.advisorText()).toBe('The rack ')
  gate.resolve()
  await tab.until(runEnded)
  expect(tab.advisorText()).toBe('The rack is in the attic.')
})

test('the model never sees a photo, only its id, and the photo walk stays with code', async () => {
  await start(() => ({ kind: 'text', text: 'no' }))
  const asked = model.asked.length
  await tab.send('what is this?', ['photo-1'])
  await tab.until(runEnded)
  expect(answeredBy()).toMatchObject({ model: 'Commands' })
  expect(model.asked.slice(asked)).toEqual([])
})

test('keys are in no log line and no message', async () => {
  await start(() => ({ kind: 'status', status: 401, body: 'bad key: key-that-must-not-leak' }))
  await tab.send('hello')
  await tab.until(runEnded)
  expect(app.log.join('')).toContain('a model did not answer')
  expect(app.log.join('')).not.toContain('key-that-must-not-leak')
  expect(JSON.stringify([...tab.messages.values()])).not.toContain('key-that-must-not-leak')
})

test('a model that read a made-up code from a picture looks at photos too; its word is only added', async () => {
  await start(() => ({ kind: 'text', text: '{"manufacturer":"Cisco","serial":"FOC1234X0AB"}' }), 14)
  await tab.send('', ['photo-1'])
  await tab.until(runEnded)
  await tab.until(
    () => app.domain.readings.length === 1 || app.log.some((line) => line.includes('vision reader')),
  )
  await app.close()
  expect(app.domain.readings).toEqual([
    expect.objectContaining({
      item_id: 'item-1',
      manufacturer: 'Cisco',
      serial: 'FOC1234X0AB',
      model_name: 'scripted (Test server)',
    }),
  ])
  app = await openAgentApp()
})
