import { afterEach, expect, test } from 'vitest'
import { openFaultyModel } from '../../evals/models/faulty-model.ts'
import { openRecorder, openReplayModel, readRecording, requestHash } from '../../evals/models/replay-model.ts'
import { openScriptedModel } from '../../evals/models/scripted-model.ts'
import { call, say } from '../../evals/models/steps.ts'
import { openAgentWorld } from '../../evals/worlds/agent-world.ts'
import { makeHomelab } from '../../evals/worlds/homelab.ts'

const open: { close(): Promise<void> }[] = []
const opened = <Kind extends { close(): Promise<void> }>(thing: Kind): Kind => {
  open.push(thing)
  return thing
}
afterEach(async () => {
  for (const thing of open.splice(0).reverse()) await thing.close()
})

async function ask(baseUrl: string, body: Record<string, unknown>) {
  const response = await fetch(`${baseUrl}/chat/completions`, {
    method: 'POST',
    body: JSON.stringify({ model: 'scripted', ...body }),
  })
  return { status: response.status, text: await response.text() }
}
const hello = [{ role: 'user', content: 'hello' }]

test('a scripted model follows the first rule that fits, and tells what it has no rule for', async () => {
  const model = opened(
    await openScriptedModel([
      { said: /hello/, does: say('Good day.') },
      { got: /2 records/, does: say('Two.') },
    ]),
  )
  expect((await ask(model.baseUrl, { messages: hello })).text).toContain('Good day.')
  const answered = [...hello, { role: 'tool', content: '2 records' }]
  expect((await ask(model.baseUrl, { messages: answered })).text).toContain('Two.')
  expect(model.unforeseen).toEqual([])
  await ask(model.baseUrl, { messages: [{ role: 'user', content: 'good night' }] })
  expect(model.unforeseen).toEqual(['user: good night'])
})

const question = (content: string) => ({
  ...{ method: 'POST', path: '/v1/chat/completions' },
  body: JSON.stringify({ model: 'm', messages: [{ role: 'user', content }] }),
})

test('a request is the same when only ids, ports and times differ, or the order of its fields', () => {
  const one = 'Change 01KBK5V2Y8Z3N4M5P6Q7R8S9T0 at http://127.0.0.1:4610 since 2026-11-21T12:00:00.000Z'
  const other = 'Change 01KBK5V2Y8Z3N4M5P6Q7R8S9T1 at http://127.0.0.1:51034 since 2026-11-22T08:00:00Z'
  expect(requestHash(question(one))).toBe(requestHash(question(other)))
  const turned = {
    ...question(one),
    body: JSON.stringify({ messages: [{ content: one, role: 'user' }], model: 'm' }),
  }
  expect(requestHash(turned)).toBe(requestHash(question(one)))
  expect(requestHash(question('Change it'))).not.toBe(requestHash(question('Change them')))
})

test('two different ids are never taken for the same one twice', () => {
  const [first, second] = ['01KBK5V2Y8Z3N4M5P6Q7R8S9T0', '01KBK5V2Y8Z3N4M5P6Q7R8S9T1']
  expect(requestHash(question(`${first} ${second}`))).not.toBe(requestHash(question(`${first} ${first}`)))
})

test('what was recorded of a whole conversation answers it again in another world, byte for byte', async () => {
  const model = opened(
    await openScriptedModel([
      { said: /where/, does: call('netbox_find_item', { text: 'nas' }) },
      { got: /2210SBRW7TN4X/, does: say('The NAS is in the cellar.') },
    ]),
  )
  const recorder = opened(await openRecorder(model))
  const answerThrough = async (baseUrl: string) => {
    const world = opened(
      await openAgentWorld({ models: [{ name: 'Attic', baseUrl }], inventory: (make) => makeHomelab(make) }),
    )
    return world.say('where is the nas?')
  }
  const live = await answerThrough(recorder.baseUrl)
  const replay = opened(await openReplayModel(readRecording(JSON.stringify(recorder.recording))))
  const replayed = await answerThrough(replay.baseUrl)
  expect(replay.unknown).toEqual([])
  expect(live).toMatchObject({ outcome: 'done', text: 'The NAS is in the cellar.' })
  expect(replayed).toMatchObject({
    outcome: 'done',
    text: 'The NAS is in the cellar.',
    calls: [{ state: 'done' }],
  })
})

test('a request that was not recorded is refused and listed', async () => {
  const replay = opened(await openReplayModel({ exchanges: {} }))
  expect(await ask(replay.baseUrl, { messages: hello })).toMatchObject({ status: 501 })
  expect(replay.unknown).toEqual([expect.stringContaining('hello')])
})

test('a line fault takes the chat calls that it names, and leaves the others as they are', async () => {
  const model = opened(await openScriptedModel([{ said: /hello/, does: say('Good day.') }]))
  const faulty = opened(
    await openFaultyModel(model, (_, count) => {
      if (count === 1) return { kind: 'status', status: 429 }
      if (count === 2) return { kind: 'cut', share: 0.5 }
      return count === 3 ? { kind: 'rewritten', rewrite: (body) => body.replace('Good', 'Bad') } : null
    }),
  )
  const whole = (await ask(model.baseUrl, { messages: hello })).text
  expect(await ask(faulty.baseUrl, { messages: hello })).toMatchObject({ status: 429 })
  const half = (await ask(faulty.baseUrl, { messages: hello })).text
  expect(half.length).toBe(Math.floor(whole.length / 2))
  expect((await ask(faulty.baseUrl, { messages: hello })).text).toContain('Bad day.')
  expect((await ask(faulty.baseUrl, { messages: hello })).text).toContain('Good day.')
})
