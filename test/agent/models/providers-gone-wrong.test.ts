import { createServer, type RequestListener, type Server } from 'node:http'
import { APICallError } from '@ai-sdk/provider'
import { afterEach, expect, test } from 'vitest'
import { listModels } from '../../../agent/models/list-models.ts'
import type { ModelServer } from '../../../agent/models/providers.ts'
import { SpendRefused } from '../../../agent/spend/spend-refused.ts'
import { ableToCall, answerProbe } from '../../../evals/models/answer-probe.ts'
import { openModelProxy, passOn } from '../../../evals/models/model-proxy.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../evals/models/open-dialect-server.ts'
import { say } from '../../../evals/models/steps.ts'
import { FakeClock } from '../../support/fake-clock.ts'
import { namedServer } from '../../support/named-providers.ts'
import { openRoster, type RosterOnTrial } from '../../support/open-roster.ts'

let server: DialectServer | null = null
let page: Server | null = null
let trial: RosterOnTrial
afterEach(async () => {
  await trial.close()
  await server?.close()
  page?.close()
  server = null
  page = null
})

async function look(at: Partial<ModelServer> & { baseUrl: string }): Promise<void> {
  trial = openRoster([namedServer({ id: 'or', name: 'OpenRouter', where: 'cloud', ...at })])
  await trial.roster.refresh()
  await trial.settled()
}
async function openRouter(script: Omit<Script, 'reply'> = {}, at: Partial<ModelServer> = {}): Promise<void> {
  server = await openDialectServer('openrouter', { reply: () => say('never'), ...script })
  await look({ baseUrl: server.baseUrl, apiKey: 'sk-or-1', ...at })
}

test('a cloud model is taken at the word of its list, with its price, and no call is spent on trying it', async () => {
  await openRouter({ models: [{ vision: true, contextTokens: 262_144 }] }, { tier: 3 })
  expect(trial.roster.entries()).toMatchObject([
    {
      ...{ key: 'or/scripted', tier: 3, where: 'cloud' },
      price: { inputUsdPerMillion: 0.1, outputUsdPerMillion: 0.4, imageUsd: 0 },
      capabilities: { tools: 'streamed', schema: true, smallestTextPixels: 28, windowTokens: 262_144 },
    },
  ])
  expect(trial.line('scripted (OpenRouter)')?.stateWords).toContain(
    'In the cloud; its list says: calls tools',
  )
  expect(server?.asked).toEqual([])
})

test('a cloud server without such a list is asked three short questions, and none that no cap allows', async () => {
  const asked: string[] = []
  const reply: Script['reply'] = async ({ text, max_tokens }) => {
    asked.push(`${max_tokens}`)
    return (await answerProbe(text, { tools: 'streamed', schema: true, sightPixels: null })) ?? say('never')
  }
  server = await openDialectServer('mlx-lm', { reply })
  await look({ baseUrl: server.baseUrl })
  expect(asked).toEqual(['800', '800', '800'])
  expect(trial.roster.entries()[0]?.capabilities).toMatchObject({ tools: 'streamed', schema: true })
  await trial.close()

  trial = openRoster([namedServer({ baseUrl: server.baseUrl, where: 'cloud' })], undefined, () => {
    throw new SpendRefused('unknown-price', 'nobody says what it costs')
  })
  await trial.roster.refresh()
  await trial.settled()
  expect(asked).toHaveLength(3)
  expect(trial.line('scripted (Test server)')).toMatchObject({
    stateWords: 'Not asked',
    fix: 'It was not tried: nobody says what it costs.',
  })
})

test('a price that a person wrote goes before the one of the list', async () => {
  const price = { inputUsdPerMillion: 3, outputUsdPerMillion: 15, imageUsd: 0 }
  await openRouter({}, { price })
  expect(trial.roster.entries()).toMatchObject([{ price }])
})

test('a key that was revoked is told with what to do', async () => {
  let good = 'sk-or-1'
  await openRouter({ key: () => good })
  expect(trial.roster.entries()).toHaveLength(1)
  good = 'sk-or-2'
  await trial.roster.refresh()
  expect(trial.roster.entries()).toEqual([])
  expect(trial.line('OpenRouter')).toMatchObject({
    stateWords: 'Not usable',
    tone: 'bad',
    fix: expect.stringContaining('it refuses the key. Put a good key where this one came from'),
  })
  expect(JSON.stringify(trial.roster.views())).not.toContain('sk-or-1')
})

test('a model that disappeared is told with what is there instead', async () => {
  await openRouter({ models: [{ id: 'maker/new' }] }, { only: ['maker/old', 'maker/new'] })
  expect(trial.roster.entries().map(({ key }) => key)).toEqual(['or/maker/new'])
  expect(trial.line('maker/old (OpenRouter)')).toMatchObject({
    stateWords: 'Not there',
    fix: 'OpenRouter does not list it, or no longer. It has maker/new. Name another one in models.json.',
  })
})

test('a call that is refused for its price, or for its model, has the list read again', async () => {
  const listed = (prompt: string) => ({
    ...{ id: 'scripted', context_length: 8192, pricing: { prompt, completion: '0.000004' } },
    ...{ architecture: { input_modalities: ['text'] }, supported_parameters: ['tools'] },
  })
  let data = [listed('0.000001')]
  await openRouter({ page: (path) => (path === '/v1/models' ? { object: 'list', data } : null) })
  const refuse = (statusCode: number, responseBody: string) =>
    trial.roster.noteFailure(
      new APICallError({ message: '', url: '', requestBodyValues: {}, statusCode, responseBody }),
    )
  data = [listed('0.000002')]
  refuse(404, 'No endpoints found that match the request')
  await expect.poll(() => trial.roster.entries()[0]?.price?.inputUsdPerMillion).toBe(2)
  data = []
  refuse(400, 'scripted is not a valid model ID')
  await expect.poll(() => trial.roster.entries()).toEqual([])
})

test('a server that was away for a while is found again by itself', async () => {
  const behind = await openDialectServer('llama-server', {
    reply: async ({ text }) => (await answerProbe(text, ableToCall)) ?? say('never'),
  })
  server = behind
  let isAway = false
  let triesInVain = 0
  const line = await openModelProxy(async (request, response) => {
    if (isAway) {
      triesInVain += 1
      throw new Error('away')
    }
    const { status, contentType, body } = await passOn(behind, request)
    response.writeHead(status, { 'content-type': contentType }).end(body)
  })
  const clock = new FakeClock()
  trial = openRoster([namedServer({ baseUrl: line.baseUrl })], undefined, undefined, clock)
  await trial.roster.refresh()
  await trial.settled()
  expect(trial.roster.entries()).toHaveLength(1)
  isAway = true
  await trial.roster.refresh()
  expect(trial.roster.entries()).toEqual([])
  clock.advance(60_000)
  await expect.poll(() => triesInVain).toBe(2)
  isAway = false
  await expect.poll(() => clock.waiting()).toBe(1)
  clock.advance(60_000)
  await trial.usable()
  await line.close()
})

test('of many models on a server the first four are tried, and the rest is told', async () => {
  await openRouter({ models: Array.from({ length: 7 }, (_, at) => ({ id: `m${at}` })) })
  expect(trial.roster.entries()).toHaveLength(4)
  expect(trial.line('OpenRouter')).toMatchObject({ stateWords: '3 more models are left alone' })
})

/** Where something answers that is no model server. */
async function somethingElse(answer: RequestListener): Promise<string> {
  const listening = createServer(answer)
  page = listening
  await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve))
  const address = listening.address()
  return `http://127.0.0.1:${address !== null && typeof address === 'object' ? address.port : 0}`
}

test.each<[string, RequestListener, string]>([
  [
    'a web page',
    (_, response) => response.end('<!doctype html><title>Router</title>'),
    'it does not answer as a model server. The address of a model server usually ends in /v1.',
  ],
  [
    'a page that sends on to another one',
    (_, response) => response.writeHead(301, { location: 'https://router.test/' }).end(),
    'it sends on to another address. HWLab does not go there, since your key would go with it.',
  ],
  [
    'a server that wants a key, and got none',
    (_, response) => response.writeHead(401).end('{"error":"Unauthorized"}'),
    'it wants a key. Name the key in the row of this server in models.json',
  ],
])('%s as the address is told, with what to do', async (_, answer, words) => {
  const baseUrl = await somethingElse(answer)
  await look({ baseUrl, where: 'local' })
  expect(trial.line('OpenRouter')?.fix).toContain(`Something listens on ${baseUrl}, but ${words}`)
})

test('a certificate that nobody vouches for is told as that', async () => {
  const lookAt = async () => {
    throw new TypeError('fetch failed', {
      cause: Object.assign(new Error('self-signed certificate'), { code: 'DEPTH_ZERO_SELF_SIGNED_CERT' }),
    })
  }
  expect(await listModels(namedServer({ baseUrl: 'https://models.lan/v1' }), lookAt)).toMatchObject({
    ...{ kind: 'broken', why: 'its certificate is not trusted' },
    fix: expect.stringContaining('NODE_EXTRA_CA_CERTS'),
  })
})

test('a model that a person named is used, whatever it is called', async () => {
  const models = [{ id: 'maker/eclipse-7b' }, { id: 'maker/whisper-tts' }]
  await openRouter({ models }, { only: ['maker/eclipse-7b'] })
  expect(trial.roster.entries().map(({ key }) => key)).toEqual(['or/maker/eclipse-7b'])
})

test('a named server where nothing listens is told, one that is only looked for is not', async () => {
  await look({ baseUrl: 'http://127.0.0.1:9/v1', where: 'local' })
  expect(trial.line('OpenRouter')).toMatchObject({
    stateWords: 'Cannot be reached',
    fix: 'Nothing answers at http://127.0.0.1:9/v1. Does it run, and is the address right?',
  })
  await trial.close()
  await look({ baseUrl: 'http://127.0.0.1:9931/v1', where: 'local' })
  expect(trial.roster.views()).toMatchObject([{ name: 'Models', stateWords: 'None connected' }])
})
