import { afterEach, describe, expect, test } from 'vitest'
import { answerProbe, type ProbedAbilities } from '../../../evals/models/answer-probe.ts'
import type { DialectName } from '../../../evals/models/dialects.ts'
import { openDialectServer, type Script } from '../../../evals/models/open-dialect-server.ts'
import { fault, hold, raw, type Step, say } from '../../../evals/models/steps.ts'
import { namedServer } from '../../support/named-providers.ts'
import { openRoster, type RosterOnTrial } from '../../support/open-roster.ts'

const able: ProbedAbilities = { tools: 'streamed', schema: true, sightPixels: null }

let server: Awaited<ReturnType<typeof openDialectServer>>
let trial: RosterOnTrial
afterEach(async () => {
  await trial.close()
  await server.close()
})

/** A model that shows what it can; `instead` answers a call in another way. */
function showing(
  can: Partial<ProbedAbilities> = {},
  instead: (text: string) => Step | null = () => null,
): Script['reply'] {
  return async ({ text }) => instead(text) ?? (await answerProbe(text, { ...able, ...can })) ?? say('What?')
}

async function tried(name: DialectName, script: Script): Promise<void> {
  server = await openDialectServer(name, script)
  trial = openRoster([namedServer({ baseUrl: server.baseUrl, name: 'Mac' })])
  await trial.roster.refresh()
  await trial.settled()
}
const oldOllama = (path: string) => (path === '/api/version' ? { version: '0.12.9' } : undefined)
const shown = () => trial.roster.entries()[0]?.capabilities
const line = () => trial.line('scripted (Mac)')

test('a model is tried step by step, in view, and the words say what it showed', async () => {
  await tried('llama-server', { reply: showing({ sightPixels: 14 }), models: [{ contextTokens: 16_384 }] })
  expect(trial.tried).toEqual(
    ['tools', 'forms', 'pictures', 'how much it remembers', 'probabilities', 'speed'].map(
      (words) => `Trying scripted: ${words}…`,
    ),
  )
  expect(shown()).toMatchObject({
    ...{ tools: 'streamed', schema: true, smallestTextPixels: 14, windowTokens: 16_384 },
    ...{ countsTokens: true, logprobs: false },
  })
  expect(line()).toMatchObject({
    tone: 'good',
    fix: null,
    stateWords: expect.stringContaining(
      'On this network; calls tools, reads print from 14 px, keeps to forms, remembers 16,384 tokens',
    ),
  })
})

test.each<[DialectName, string]>([
  ['ollama', 'Your Ollama serves 4,096 tokens: set `OLLAMA_CONTEXT_LENGTH=8192` and start Ollama again.'],
  [
    'lm-studio',
    'Your LM Studio serves 4,096 tokens: unload it in LM Studio and load it again with a context length of 8192',
  ],
  ['llama-server', 'Your llama-server serves 4,096 tokens: start llama-server again with `-c 8192 -np 1`'],
  ['omlx', 'Your oMLX serves 4,096 tokens: set “max context window” of scripted to 8192'],
])('%s with a small window is told with the very setting', async (name, sentence) => {
  await tried(name, { reply: showing(), page: oldOllama, models: [{ contextTokens: 4096 }] })
  expect(shown()).toMatchObject({ windowTokens: 4096 })
  expect(line()?.fix).toContain(sentence)
})

test('no fix is offered that the model itself cannot hold', async () => {
  await tried('ollama', { reply: showing(), models: [{ contextTokens: 2048, contextTokensMax: 2048 }] })
  expect(line()?.fix).toBeNull()
})

test('a server that claims more than it takes, and cuts without a word, is found out by the tokens it counted', async () => {
  const page = (path: string) =>
    path === '/api/ps' ? { models: [{ name: 'scripted', context_length: 8192 }] } : oldOllama(path)
  await tried('ollama', { reply: showing(), page, models: [{ contextTokens: 2048 }] })
  expect(shown()).toMatchObject({ windowTokens: 2048 })
  expect(line()?.fix).toContain('Your Ollama serves 2,048 tokens: set `OLLAMA_CONTEXT_LENGTH=8192`')
})

test('a server that says nothing of its window has what it was seen to take', async () => {
  await tried('mlx-lm', { reply: showing(), models: [{ contextTokens: 2048 }] })
  expect(shown()).toMatchObject({ windowTokens: 2048 })
  expect(line()?.fix).toBe('Your server serves 2,048 tokens: give it a window of 8,192 tokens or more.')
})

test('a server that refuses what is too long tells its window by that', async () => {
  const reply = showing()
  const page = (path: string) => (path === '/props' ? {} : undefined)
  await tried('llama-server', { reply, page, models: [{ contextTokens: 3072 }] })
  expect(shown()).toMatchObject({ windowTokens: 3072 })
})

test('one that refuses without a number is tried with less until it takes it', async () => {
  const page = (path: string) => (path === '/v1/models/status' ? {} : undefined)
  await tried('omlx', { reply: showing(), page, models: [{ contextTokens: 2000 }] })
  const windowTokens = shown()?.windowTokens ?? 0
  expect(windowTokens).toBeGreaterThan(1000)
  expect(windowTokens).toBeLessThanOrEqual(2000)
})

test.each<[ProbedAbilities['tools'], string]>([
  ['streamed', 'calls tools,'],
  ['whole', 'calls tools (not streamed),'],
  ['no', 'does not call tools,'],
])('tool calls that arrive %s are used like that', async (tools, words) => {
  await tried('omlx', { reply: showing({ tools }) })
  expect(shown()).toMatchObject({ tools })
  expect(line()?.stateWords).toContain(words)
})

test.each([
  [400, 'Look up what lies', { tools: 'no' }],
  [500, 'Look up what lies', { tools: 'no' }],
  [404, 'in this picture', { smallestTextPixels: null }],
  [500, 'snow', { schema: false }],
])(
  'HTTP %i to “%s” means that it cannot, as long as it answers plain questions',
  async (status, about, can) => {
    let isSick = false
    const reply = showing({ sightPixels: 14 }, (text) =>
      isSick || text.includes(about) ? fault({ kind: 'status', status }) : null,
    )
    await tried('llama-server', { reply })
    expect(shown()).toMatchObject(can)
    if (about.startsWith('Look')) expect(line()?.fix).toContain('`--jinja`')
    isSick = true
    trial.roster.tryAgain(line()?.modelKey ?? '')
    await trial.settled()
    expect([line()?.stateWords, trial.roster.entries()]).toEqual(['Did not answer', []])
  },
)

test('a form that is ignored is not relied on', async () => {
  await tried('ollama', { reply: showing({ schema: false }) })
  expect(shown()).toMatchObject({ schema: false })
})

test.each([
  [14, 14],
  [20, 28],
  [50, 56],
  [80, null],
])('eyes that need %i px make out print from %j px on', async (sightPixels, smallestTextPixels) => {
  await tried('lm-studio', { reply: showing({ sightPixels }) })
  expect(shown()).toMatchObject({ smallestTextPixels })
})

test('probabilities count only when they are not empty', async () => {
  const withProbabilities = (content: unknown[]) =>
    raw(JSON.stringify({ choices: [{ message: { content: 'yes' }, logprobs: { content } }] }))
  const instead = (content: unknown[]) => (text: string) =>
    text.includes('top_logprobs') ? withProbabilities(content) : null
  await tried('llama-server', { reply: showing({}, instead([{ token: 'yes', logprob: -0.1 }])) })
  expect(shown()).toMatchObject({ logprobs: true })
  await trial.close()
  await server.close()
  await tried('omlx', { reply: showing({}, instead([])) })
  expect(shown()).toMatchObject({ logprobs: false })
})

describe('what was found is kept', () => {
  const asksForTools = () => server.asked.filter(({ tools }) => tools).length

  test('after a restart nothing is asked again', async () => {
    await tried('ollama', { reply: showing() })
    const asked = server.asked.length
    const again = openRoster([namedServer({ baseUrl: server.baseUrl, name: 'Mac' })], trial.database)
    await again.roster.refresh()
    await again.settled()
    await again.close()
    expect(server.asked).toHaveLength(asked)
    expect(again.roster.entries()[0]?.capabilities).toEqual(shown())
  })

  test('a probe that was broken off goes on where it stopped, and the person is told meanwhile', async () => {
    let isBroken = true
    const reply = showing({ sightPixels: 28 }, (text) =>
      isBroken && text.includes('in this picture') ? fault({ kind: 'status', status: 503 }) : null,
    )
    await tried('ollama', { reply })
    expect(line()).toMatchObject({
      stateWords: 'Did not answer',
      fix: 'It was tried, but it is busy. Look at Mac, then try it again.',
    })
    expect(shown()).toMatchObject({ tools: 'streamed' })
    const before = asksForTools()
    isBroken = false
    await trial.roster.refresh()
    await trial.settled()
    expect(asksForTools()).toBe(before)
    expect(shown()).toMatchObject({ tools: 'streamed', smallestTextPixels: 28 })
  })

  test('another build of the server is tried anew, and so is a model on request', async () => {
    let version = '0.34.2'
    const can = { ...able }
    const reply: Script['reply'] = async ({ text }) => (await answerProbe(text, can)) ?? say('What?')
    await tried('ollama', { reply, page: (path) => (path === '/api/version' ? { version } : undefined) })
    can.tools = 'no'
    await trial.roster.refresh()
    await trial.settled()
    expect(shown()).toMatchObject({ tools: 'streamed' })
    version = '0.35.0'
    await trial.roster.refresh()
    await trial.settled()
    expect(shown()).toMatchObject({ tools: 'no' })
    can.tools = 'whole'
    expect(trial.roster.tryAgain(line()?.modelKey ?? '')).toMatchObject({ kind: 'ok' })
    await trial.settled()
    expect(shown()).toMatchObject({ tools: 'whole' })
    expect(trial.roster.tryAgain('test/gone')).toMatchObject({ kind: 'refused' })
  })

  test('a list that says another time of making at each look is no reason to try again', async () => {
    let created = 1_760_000_000
    const page = (path: string) => {
      if (path !== '/v1/models') return undefined
      created += 1
      const data = [{ id: 'scripted', object: 'model', created, root: 'maker/model', max_model_len: 4096 }]
      return { object: 'list', data }
    }
    await tried('mlx-lm', { reply: showing(), page })
    const asked = server.asked.length
    await trial.roster.refresh()
    await trial.settled()
    expect(server.asked).toHaveLength(asked)
    expect(line()?.fix).toBe('Your vLLM serves 4,096 tokens: start vLLM again with `--max-model-len 8192`')
  })

  test('a window that was widened is seen without trying everything again', async () => {
    const loaded = { tokens: 2048 }
    const page = (path: string) =>
      path === '/v1/models/status'
        ? { models: [{ id: 'scripted', max_context_window: loaded.tokens }] }
        : undefined
    await tried('omlx', { reply: showing(), page })
    const before = asksForTools()
    loaded.tokens = 4096
    await trial.roster.refresh()
    await trial.settled()
    expect(shown()).toMatchObject({ windowTokens: 4096 })
    expect(asksForTools()).toBe(before)
  })
})

test('a local server gets one request at a time, also while a person asks', async () => {
  let open = 0
  let most = 0
  const answer = showing()
  const reply: Script['reply'] = async (asked, call) => {
    open += 1
    most = Math.max(most, open)
    const steps = await answer(asked, call)
    await new Promise((resolve) => setImmediate(resolve))
    open -= 1
    return steps
  }
  server = await openDialectServer('omlx', { reply, models: [{ id: 'one' }, { id: 'two' }] })
  trial = openRoster([namedServer({ baseUrl: server.baseUrl, name: 'Mac' })])
  await trial.roster.refresh()
  await trial.usable()
  const model = trial.roster.entries()[0]?.model
  const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'hello' }] }]
  await Promise.all([model?.doGenerate({ prompt }), model?.doGenerate({ prompt }), trial.settled()])
  expect(most).toBe(1)
  expect(trial.roster.entries().map(({ key }) => key)).toEqual(['test/one', 'test/two'])
})

test.each([
  ['it is looked at', '/v1/models', ''],
  ['it is tried', '', 'Look up what lies'],
])(
  'closing waits for no server that hangs while %s',
  async (_, path, about) => {
    const hung = Promise.withResolvers<void>()
    const never = new Promise<void>(() => {})
    server = await openDialectServer('llama-server', {
      page: (asked) => {
        if (asked !== path) return undefined
        hung.resolve()
        return never
      },
      reply: showing({}, (text) => {
        if (!text.includes(about)) return null
        hung.resolve()
        return hold(never)
      }),
    })
    trial = openRoster([namedServer({ baseUrl: server.baseUrl })])
    const looked = trial.roster.refresh()
    await hung.promise
    await Promise.all([trial.roster.close(), looked])
    expect(trial.roster.entries()).toEqual([])
  },
  900,
)
