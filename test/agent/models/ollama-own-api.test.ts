import { generateText, jsonSchema, type ModelMessage, Output, streamText, type ToolSet, tool } from 'ai'
import { afterEach, describe, expect, test } from 'vitest'
import { describeFailure } from '../../../agent/models/model-failure.ts'
import { ollamaModel } from '../../../agent/models/ollama/ollama-model.ts'
import { answerProbe } from '../../../evals/models/answer-probe.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../evals/models/open-dialect-server.ts'
import { call, fault, finish, hold, raw, say, think, usage } from '../../../evals/models/steps.ts'
import { namedServer } from '../../support/named-providers.ts'
import { openRoster, type RosterOnTrial } from '../../support/open-roster.ts'

let server: DialectServer
let trial: RosterOnTrial | null = null
afterEach(async () => {
  await trial?.close()
  trial = null
  await server.close()
})

async function connect(script: Script, windowTokens = 8192) {
  server = await openDialectServer('ollama', script)
  const row = namedServer({ baseUrl: server.baseUrl, apiKey: 'key-of-the-proxy' })
  return ollamaModel(row, { modelId: 'scripted', windowTokens }, fetch)
}

const body = (at = 0): Record<string, unknown> => JSON.parse(server.asked[at]?.text ?? '{}')
const tools: ToolSet = {
  find_item: tool({
    description: 'Finds an item.',
    inputSchema: jsonSchema<{ text: string }>({ type: 'object', properties: { text: { type: 'string' } } }),
  }),
}

describe('an answer of Ollama over its own API', () => {
  test('comes with its thoughts apart and its tokens counted, wherever the network cuts it', async () => {
    const reply = () => [think('Hm.'), say('Zwölf Höheneinheiten.'), usage({ promptTokens: 40 })]
    const model = await connect({ reply, bytesPerWrite: 7 })
    const answer = streamText({ model, prompt: 'how high?' })
    expect(await answer.text).toBe('Zwölf Höheneinheiten.')
    expect(await answer.reasoningText).toBe('Hm.')
    expect((await answer.usage).inputTokens).toBe(40)
    expect(await answer.finishReason).toBe('stop')
    const whole = await generateText({ model, prompt: 'how high?' })
    expect(whole).toMatchObject({ text: 'Zwölf Höheneinheiten.', reasoningText: 'Hm.', finishReason: 'stop' })
  })

  test('calls tools, whole and streamed, each with an id of its own', async () => {
    const reply = () => [call('find_item', { text: 'rack' }, ''), call('find_item', { text: 'shelf' }, '')]
    const model = await connect({ reply })
    const whole = await generateText({ model, prompt: 'find', tools })
    const streamed = await streamText({ model, prompt: 'find', tools }).toolCalls
    for (const calls of [whole.toolCalls, streamed]) {
      expect(calls.map(({ input }) => input)).toEqual([{ text: 'rack' }, { text: 'shelf' }])
      expect(new Set(calls.map(({ toolCallId }) => toolCallId)).size).toBe(2)
    }
    expect(whole.finishReason).toBe('tool-calls')
  })

  test('that reached the limit of its length says so', async () => {
    const model = await connect({ reply: () => [say('Twelve'), finish('length')] })
    expect((await generateText({ model, prompt: 'count' })).finishReason).toBe('length')
  })

  test('without a count has none, instead of zero', async () => {
    const line = '{"model":"scripted","message":{"role":"assistant","content":"Yes."},"done":true}'
    const model = await connect({ reply: () => [raw(`${line}\n`), fault({ kind: 'cut' })] })
    const { usage: counted } = await generateText({ model, prompt: 'well?' })
    expect(counted.inputTokens).toBeUndefined()
  })

  test('that has no end, or an error in its middle, is no answer', async () => {
    for (const kind of [{ kind: 'cut' }, { kind: 'error-event', status: 500, message: 'secret' }] as const) {
      const model = await connect({ reply: () => [say('It is'), fault(kind)] })
      const errors: unknown[] = []
      const answer = streamText({ model, prompt: 'well?', onError: ({ error }) => errors.push(error) })
      await answer.consumeStream()
      expect(errors.map((error) => describeFailure(error).words)).toEqual(['its answer broke off'])
      await server.close()
    }
  })

  test('that nobody wants any more ends at the server too', async () => {
    const stop = new AbortController()
    const gate = Promise.withResolvers<void>()
    const model = await connect({ reply: () => [say('It is '), hold(gate.promise)] })
    const { stream } = await model.doStream({
      prompt: [{ role: 'user', content: [{ type: 'text', text: 'well?' }] }],
      abortSignal: stop.signal,
    })
    const reader = stream.getReader()
    await reader.read()
    stop.abort()
    await expect(reader.read().then(() => reader.read())).rejects.toThrow(/abort/i)
    gate.resolve()
    await expect.poll(() => server.abandoned()).toBe(1)
  })
})

describe('what Ollama is sent', () => {
  test('always the same window, nothing cut in silence, no thoughts, and the key', async () => {
    const model = await connect({ reply: () => say('Yes.') }, 12_288)
    await generateText({ model, prompt: 'well?', maxOutputTokens: 99, temperature: 0 })
    expect(body()).toMatchObject({
      ...{ model: 'scripted', truncate: false, shift: false, think: false, stream: false, keep_alive: '30m' },
      options: { num_ctx: 12_288, num_predict: 99, temperature: 0 },
    })
    expect(server.asked[0]?.headers.authorization).toBe('Bearer key-of-the-proxy')
  })

  test('pictures beside the words, results with the name of their tool, and forms as they are', async () => {
    const model = await connect({ reply: () => say('{"colour":"white"}') })
    const messages: ModelMessage[] = [
      { role: 'system', content: 'Be short.' },
      {
        role: 'user',
        content: [
          { type: 'text', text: 'Which is it?' },
          { type: 'file', mediaType: 'image/png', data: new Uint8Array([1, 2, 3]) },
        ],
      },
      {
        role: 'assistant',
        content: [
          { type: 'reasoning', text: 'They want colours.' },
          { type: 'tool-call', toolCallId: 'c1', toolName: 'find_item', input: { text: 'rack' } },
        ],
      },
      {
        role: 'tool',
        content: [
          {
            ...{ type: 'tool-result', toolCallId: 'c1', toolName: 'find_item' },
            output: { type: 'text', value: 'In the attic.' },
          },
        ],
      },
    ]
    const schema = jsonSchema<{ colour: string }>({
      type: 'object',
      properties: { colour: { type: 'string' } },
    })
    await generateText({ model, messages, allowSystemInMessages: true, output: Output.object({ schema }) })
    expect(body()).toMatchObject({
      format: { type: 'object', properties: { colour: { type: 'string' } } },
      messages: [
        { role: 'system', content: 'Be short.' },
        { role: 'user', content: 'Which is it?', images: ['AQID'] },
        {
          ...{ role: 'assistant', content: '' },
          tool_calls: [{ function: { name: 'find_item', arguments: { text: 'rack' } } }],
        },
        { role: 'tool', tool_name: 'find_item', content: 'In the attic.' },
      ],
    })
    expect(server.asked[0]?.text).not.toContain('They want colours.')
  })
})

describe('an Ollama that is found', () => {
  const can = { tools: 'streamed' as const, schema: true, sightPixels: 28 }
  const reply: Script['reply'] = async ({ text }) => (await answerProbe(text, can)) ?? say('Yes.')

  async function found(script: Partial<Script>, windowTokens: number | null = null) {
    server = await openDialectServer('ollama', { reply, ...script })
    trial = openRoster([namedServer({ baseUrl: server.baseUrl, windowTokens })])
    await trial.roster.refresh()
    await trial.settled()
    return trial.roster.entries()[0]?.capabilities
  }
  const windowsAsked = () => new Set(server.asked.map(({ options }) => options?.num_ctx))

  test('with its default of 4,096 tokens is asked for enough, once and for all, and read pictures count', async () => {
    const proved = await found({ models: [{ contextTokens: 4096 }] })
    expect(proved).toMatchObject({
      ...{ windowTokens: 8192, tools: 'streamed', schema: true, smallestTextPixels: 28 },
    })
    expect(windowsAsked()).toEqual(new Set([8192]))
  })

  test('with more loaded keeps it, and with a wish in the providers file is asked for that', async () => {
    expect(await found({ models: [{ contextTokens: 32_768 }] })).toMatchObject({ windowTokens: 32_768 })
    expect(windowsAsked()).toEqual(new Set([32_768]))
    await trial?.close()
    await server.close()
    expect(await found({}, 16_384)).toMatchObject({ windowTokens: 16_384 })
    expect(windowsAsked()).toEqual(new Set([16_384]))
  })

  test('with a small window by the providers file is told where to write a larger one', async () => {
    await found({}, 4096)
    expect(trial?.line('scripted (Test server)')?.fix).toContain(
      'Your Ollama serves 4,096 tokens: write `"windowTokens": 8192` into the row of this Ollama in models.json',
    )
  })

  test('that is old is spoken to as before', async () => {
    await found({ page: (path) => (path === '/api/version' ? { version: '0.12.9' } : undefined) })
    expect(windowsAsked()).toEqual(new Set([undefined]))
  })

  test('refuses what does not fit, and says how much would', async () => {
    const model = await connect({ reply }, 512)
    const long = generateText({ model, prompt: 'serial FOC1234X0AB, '.repeat(400), maxRetries: 0 })
    const error = await long.catch((why: unknown) => why)
    expect(describeFailure(error)).toMatchObject({ kind: 'too-long' })
    expect(error).toMatchObject({ responseBody: expect.stringMatching(/"n_ctx":512/) })
  })

  test.each([
    [404, 'it no longer has this model'],
    [429, 'it is busy'],
    [500, 'it failed (HTTP 500)'],
  ])('that answers with %i is told in words', async (status, words) => {
    const model = await connect({ reply: () => fault({ kind: 'status', status }) })
    const error = await generateText({ model, prompt: 'well?', maxRetries: 0 }).catch((why: unknown) => why)
    expect(describeFailure(error).words).toBe(words)
  })
})
