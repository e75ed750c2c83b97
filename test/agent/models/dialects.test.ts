import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { generateText, jsonSchema, streamText, tool } from 'ai'
import { afterEach, describe, expect, test } from 'vitest'
import { listModels } from '../../../agent/models/list-models.ts'
import type { DialectName } from '../../../evals/models/dialects.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../evals/models/open-dialect-server.ts'
import { call, fault, hold, say, think, usage } from '../../../evals/models/steps.ts'
import { namedServer } from '../../support/named-providers.ts'

const names: DialectName[] = ['llama-server', 'ollama', 'lm-studio', 'omlx', 'mlx-lm', 'openrouter']

let server: DialectServer
afterEach(() => server.close())

async function connect(name: DialectName, script: Script) {
  server = await openDialectServer(name, script)
  const provider = createOpenAICompatible({ name, baseURL: server.baseUrl, includeUsage: true })
  return provider.chatModel('scripted')
}

const tools = {
  find_item: tool({
    description: 'Finds an item.',
    inputSchema: jsonSchema<{ text: string }>({ type: 'object', properties: { text: { type: 'string' } } }),
    execute: async () => 'nothing',
  }),
}

describe.each(names)('%s on loopback', (name) => {
  test('streams text with its thoughts apart, and counts', async () => {
    const model = await connect(name, {
      reply: () => [think('Hm.'), say('Zwölf Höheneinheiten.'), usage({ promptTokens: 40 })],
      bytesPerWrite: 7,
    })
    const answer = streamText({ model, prompt: 'how high?' })
    expect(await answer.text).toBe('Zwölf Höheneinheiten.')
    expect(await answer.reasoningText).toBe('Hm.')
    expect((await answer.usage).inputTokens).toBe(40)
    expect(await answer.finishReason).toBe('stop')
  })

  test('calls a tool, whole and streamed', async () => {
    const model = await connect(name, { reply: () => call('find_item', { text: 'rack' }) })
    const whole = await generateText({ model, prompt: 'find', tools })
    const streamed = streamText({ model, prompt: 'find', tools })
    expect(whole.toolCalls.map(({ input }) => input)).toEqual([{ text: 'rack' }])
    expect((await streamed.toolCalls).map(({ input }) => input)).toEqual([{ text: 'rack' }])
    expect(server.asked.map(({ stream }) => stream ?? false)).toEqual([false, true])
  })

  test('lists its model and shows signs of life while it thinks', async () => {
    const gate = Promise.withResolvers<void>()
    const model = await connect(name, { reply: () => [hold(gate.promise), say('Ready.')] })
    const list = await listModels(namedServer({ baseUrl: server.baseUrl }), fetch)
    expect(list).toMatchObject({ kind: 'models', models: [{ id: 'scripted' }] })
    const answer = streamText({ model, prompt: 'hello' })
    const text = answer.text
    gate.resolve()
    expect(await text).toBe('Ready.')
  })

  test('refuses with a status of its own', async () => {
    const model = await connect(name, {
      reply: () => fault({ kind: 'status', status: 429, retryAfterSeconds: 7 }),
    })
    await expect(generateText({ model, prompt: 'hello', maxRetries: 0 })).rejects.toMatchObject({
      statusCode: 429,
      responseHeaders: { 'retry-after': '7' },
    })
  })
})

test('Ollama cuts a prompt that is too long without a word; llama-server refuses it', async () => {
  const prompt = 'serial FOC1234X0AB, '.repeat(400)
  const ollama = await connect('ollama', { models: [{ contextTokens: 512 }], reply: () => say('Yes.') })
  const cut = await generateText({ model: ollama, prompt })
  expect(cut.usage.inputTokens).toBe(512)
  await server.close()
  const llama = await connect('llama-server', { models: [{ contextTokens: 512 }], reply: () => say('Yes.') })
  await expect(generateText({ model: llama, prompt, maxRetries: 0 })).rejects.toMatchObject({
    statusCode: 400,
  })
})
