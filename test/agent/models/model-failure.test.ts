import { afterEach, expect, test } from 'vitest'
import { armoured } from '../../../agent/models/armour/armoured.ts'
import { describeFailure } from '../../../agent/models/model-failure.ts'
import { SpendRefused } from '../../../agent/spend/spend-refused.ts'
import type { DialectName } from '../../../evals/models/dialects.ts'
import { type DialectServer, openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { fault, say } from '../../../evals/models/steps.ts'
import { plainModel, question, streamedAnswer, wholeAnswer } from './armour/answer-of.ts'

let server: DialectServer | null = null
afterEach(() => server?.close())

const overloaded = {
  kind: 'error-event',
  status: 429,
  message: 'secret-detail',
  errorType: 'rate_limit_exceeded',
} as const

test.each<[string, DialectName, Parameters<typeof fault>[0], string]>([
  ['the credit is used up', 'openrouter', { kind: 'status', status: 402 }, 'the account has no credit'],
  ['the key was revoked', 'openrouter', { kind: 'status', status: 401 }, 'it refused the key'],
  ['the model has gone', 'ollama', { kind: 'status', status: 404 }, 'it no longer has this model'],
  [
    'OpenRouter no longer has the model',
    'openrouter',
    { kind: 'status', status: 400, message: 'maker/old:free is not a valid model ID' },
    'it no longer has this model',
  ],
  [
    'LM Studio has it loaded no more',
    'lm-studio',
    { kind: 'status', status: 400, message: 'No models loaded. Please load a model in the developer page.' },
    'it no longer has this model',
  ],
  [
    'its price rose above the list',
    'openrouter',
    { kind: 'status', status: 404, message: 'No endpoints found that match the request' },
    'nobody offers it now at the price of its list and with what this needs',
  ],
  [
    'the limit on the key is reached',
    'openrouter',
    { kind: 'status', status: 403, message: 'Key limit exceeded (total limit).' },
    'the limit that is set on its key is used up',
  ],
  [
    'its provider’s filter says no',
    'openrouter',
    { kind: 'status', status: 403, message: 'The model requires moderation and the input was flagged' },
    'a filter of its provider stopped the question',
  ],
  ['it is busy', 'llama-server', { kind: 'status', status: 503 }, 'it is busy'],
  [
    'it says how long to wait',
    'openrouter',
    { kind: 'status', status: 429, retryAfterSeconds: 60 },
    'it is busy and asks to wait 60 s',
  ],
  ['it took too long', 'openrouter', { kind: 'status', status: 408 }, 'it did not answer in time'],
  ['it runs out of memory', 'mlx-lm', { kind: 'status', status: 500 }, 'it failed (HTTP 500)'],
  ['it is a web page', 'lm-studio', { kind: 'page' }, 'it answered something that is not a model answer'],
  // BerriAI/litellm#8448: the provider's 429 comes in a body with HTTP 200, or inside of the stream.
  ['its provider is busy, HTTP 200', 'openrouter', overloaded, 'it is busy'],
])('%s: a person is told in words, in one piece and in a stream', async (_, dialect, what, words) => {
  server = await openDialectServer(dialect, { reply: () => fault(what) })
  const model = armoured(plainModel(server.baseUrl), 'streamed')
  expect(await wholeAnswer(model)).toMatchObject({ failure: words })
  expect(await streamedAnswer(model)).toMatchObject({ failure: words })
})

// ggml-org/llama.cpp#14566, OpenRouter's context_length_exceeded, oMLX's own limit.
test.each<DialectName>(['llama-server', 'openrouter', 'omlx'])(
  'a conversation that is too long for %s is said as that',
  async (dialect) => {
    server = await openDialectServer(dialect, { models: [{ contextTokens: 64 }], reply: () => say('Yes.') })
    const model = armoured(plainModel(server.baseUrl), 'streamed')
    const prompt = question('FOC1234X0AB, '.repeat(100))
    expect(await streamedAnswer(model, { prompt })).toMatchObject({
      failure: 'the conversation is too long for it',
    })
  },
)

test('nobody listens, a cap is reached, or nobody knows what happened: each has its words', async () => {
  const model = armoured(plainModel('http://127.0.0.1:9/v1'), 'streamed')
  expect(await streamedAnswer(model)).toMatchObject({ failure: 'it cannot be reached' })
  expect(describeFailure(new SpendRefused('cap', 'today’s limit is reached'))).toEqual({
    kind: 'no-money',
    words: 'today’s limit is reached',
  })
  expect(describeFailure(new Error('secret-detail'))).toMatchObject({ kind: 'broken-off' })
})
