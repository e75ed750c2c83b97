import type { ModelMessage } from 'ai'
import { afterEach, describe, expect, test } from 'vitest'
import { countTokens } from '../../../evals/models/native-endpoints.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../evals/models/open-dialect-server.ts'
import { call, say, usage } from '../../../evals/models/steps.ts'
import { type ModelTalk, openModelTalk } from '../../support/turn-of-model.ts'

let server: DialectServer
let talk: ModelTalk
afterEach(async () => {
  talk.close()
  await server.close()
})

type TalkOptions = Parameters<typeof openModelTalk>[1]

async function start(script: Script, options: Partial<TalkOptions> = {}): Promise<void> {
  server = await openDialectServer('ollama', script)
  talk = openModelTalk(server, { windowTokens: null, ...options })
}

const asks = (content: string): ModelMessage => ({ role: 'user', content })
/** About 75 tokens an exchange. */
const exchanges = (count: number): ModelMessage[] =>
  Array.from({ length: count }, (_, at): ModelMessage[] => [
    asks(
      `Question ${at}: which of the switches in the attic still has a free port that takes a fibre module?`,
    ),
    {
      role: 'assistant',
      content: `Answer ${at}: the one on the second shelf has two free ports, and both of them take such a module.`,
    },
  ]).flat()
const sentTokens = (): number[] =>
  server.asked.map(({ messages, tools }) => countTokens(JSON.stringify([messages, tools])))
const partsOf = (writer: { parts(): { kind: string }[] }) => writer.parts()

describe('a model that reads less than it is sent', () => {
  test('an Ollama that cuts the prompt without a word: the answer is thrown away, said so, and asked again with less', async () => {
    await start({
      models: [{ contextTokens: 2048 }],
      reply: (_, count) => say(count === 1 ? 'Made up.' : 'Two ports are free.'),
    })
    const { outcome, writer } = await talk.turn([...exchanges(80), asks('How many ports are free?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(sentTokens()[0]).toBeGreaterThan(2048)
    expect(sentTokens()[1]).toBeLessThan(2048)
    expect(partsOf(writer)).toEqual([
      {
        kind: 'notice',
        tone: 'muted',
        text: expect.stringContaining('read only 2,048 tokens of what it was sent'),
      },
      { kind: 'text', text: 'Two ports are free.' },
    ])
    expect(JSON.stringify(writer.parts())).toContain('OLLAMA_CONTEXT_LENGTH=8192')
  })

  test('the next question begins with less at once', async () => {
    await start({ models: [{ contextTokens: 2048 }], reply: () => say('Two.') })
    await talk.turn([...exchanges(80), asks('How many?')])
    await talk.turn([...exchanges(80), asks('How many?')])
    expect(server.asked).toHaveLength(3)
    expect(sentTokens()[2]).toBeLessThan(2048)
  })

  test('a call that was made before the cut was noticed is not made again', async () => {
    await start(
      {
        models: [{ contextTokens: 2048 }],
        reply: (_, count) =>
          count === 1 ? call('netbox_find_item', { text: 'port' }) : say('Two are free.'),
      },
      { answer: () => 'Two ports are free.' },
    )
    const { outcome } = await talk.turn([...exchanges(80), asks('How many ports are free?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(talk.called).toEqual([{ text: 'port' }])
    expect(server.asked[1]?.text).toContain('Two ports are free.')
  })

  test('a server that always reports too few tokens is believed to count something else', async () => {
    await start({ reply: (_, count) => [say(`Answer ${count}.`), usage({ promptTokens: 300 })] })
    const first = await talk.turn([...exchanges(80), asks('How many?')])
    const second = await talk.turn([...exchanges(80), asks('How many?')])
    expect(first.outcome).toMatchObject({ kind: 'done' })
    expect(partsOf(second.writer)).toEqual([{ kind: 'text', text: 'Answer 3.' }])
  })
})

describe('a window of 2,048 tokens', () => {
  const small: Partial<TalkOptions> = { windowTokens: 2048, tools: 30 }

  test('a question is answered, with the tools that there is room for and the short instructions', async () => {
    await start({ models: [{ contextTokens: 2048 }], reply: () => say('Two.') }, small)
    const { outcome } = await talk.turn([...exchanges(40), asks('How many ports are free?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(sentTokens()[0]).toBeLessThan(2048 - 512)
    const names = server.asked[0]?.tools?.map((tool) => tool.function.name) ?? []
    expect(names).toContain('netbox_find_item')
    expect(names.length).toBeLessThan(15)
    expect(server.asked[0]?.max_tokens).toBe(512)
  })

  test('a question that is too long for it is refused in words, and nothing is sent', async () => {
    await start({ reply: () => say('never asked') }, small)
    const { outcome } = await talk.turn([asks('Where is the switch with the blue cable? '.repeat(300))])
    expect(server.asked).toEqual([])
    expect(outcome).toMatchObject({
      kind: 'failed',
      nothingSaid: true,
      failure: {
        kind: 'too-long',
        words: expect.stringMatching(/takes about [\d,]+ tokens and it has room for 1,536/),
      },
    })
  })

  test('the person is told once that the conversation nearly fills it', async () => {
    await start({ models: [{ contextTokens: 2048 }], reply: () => say('Two.') }, small)
    const told: number[] = []
    for (let count = 0; count < 20; count += 1) {
      const { writer } = await talk.turn([...exchanges(count), asks('How many ports are free?')])
      if (writer.parts().some((part) => part.kind === 'notice' && part.text.includes('reads 2,048 tokens')))
        told.push(count)
    }
    expect(told).toHaveLength(1)
  })
})

describe('a server that counts before it answers', () => {
  test('is asked when it gets close, and what it counts decides what is sent', async () => {
    await startLlama(4096, 2)
    await talk.turn([...exchanges(200), asks('How many?')])
    expect(sentTokens()).toHaveLength(1)
    expect(counted.at(-1)).toBeLessThanOrEqual(4096 - 768)
    expect(counted.length).toBeGreaterThan(1)
  })

  test('is not asked where there is room enough', async () => {
    await startLlama(8192, 2)
    await talk.turn([asks('How many?')])
    expect(counted).toEqual([])
  })

  test('that no longer does so is estimated like any other', async () => {
    await startLlama(4096, null)
    const { outcome } = await talk.turn([...exchanges(200), asks('How many?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(sentTokens()[0]).toBeLessThan(4096 - 768)
  })

  const counted: number[] = []
  /** A tokenizer that makes a token of so many characters; null: the page is gone. */
  async function startLlama(windowTokens: number, charactersPerToken: number | null): Promise<void> {
    counted.length = 0
    server = await openDialectServer('llama-server', {
      models: [{ contextTokens: windowTokens }],
      reply: () => [say('Two.'), ...counted.slice(-1).map((promptTokens) => usage({ promptTokens }))],
      page(path, body) {
        if (!path.endsWith('/input_tokens')) return null
        if (charactersPerToken === null) return { error: { message: 'gone' } }
        counted.push(Math.ceil(body.length / charactersPerToken))
        return { input_tokens: counted.at(-1) }
      },
    })
    talk = openModelTalk(server, { windowTokens, countsTokens: true })
  }
})

test('however wide the window is, a long conversation is sent in part, and the person is told so once', async () => {
  await start({ reply: () => say('Two.') }, { windowTokens: 131_072 })
  const told: number[] = []
  for (let count = 130; count < 230; count += 1) {
    const { writer } = await talk.turn([...exchanges(count), asks('How many ports are free?')])
    if (JSON.stringify(writer.parts()).includes('only its newest part is sent')) told.push(count)
  }
  expect(told).toHaveLength(1)
  expect(Math.max(...sentTokens())).toBeLessThan(10_000)
})

describe('what tools answer', () => {
  const record = (at: number) =>
    `${at}: HW-${String(at).padStart(5, '0')} PowerEdge R730 in the attic, rack A, unit ${at}`
  const long = Array.from({ length: 300 }, (_, at) => record(at)).join('\n')

  test('a long result comes in part, and the model can read on in it', async () => {
    await start(
      {
        reply({ text }, count) {
          if (count === 1) return call('netbox_find_item', { text: 'all' })
          const [, from = ''] = /hwlab_more_of_result from (\d+)/.exec(text) ?? []
          const [, result = ''] = /result#([a-z2-7]{6})/.exec(text) ?? []
          return count === 2 ? call('hwlab_more_of_result', { result, from: Number(from) }) : say('Many.')
        },
      },
      { windowTokens: 8192, answer: () => long },
    )
    const { outcome, writer } = await talk.turn([asks('What is there?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    const [, second = '', third = ''] = server.asked.map(({ text }) => text)
    expect(second).toContain(record(0))
    expect(second).not.toContain(record(100))
    const firstUnseen = long.split('\n').find((line) => !second.includes(line)) ?? ''
    expect(third).toContain(firstUnseen.slice(0, 30))
    expect(partsOf(writer).map(({ kind }) => kind)).toEqual(['tool-call', 'tool-call', 'text'])
  })

  test('from the fourth step on the results of earlier steps are one line each', async () => {
    await start(
      {
        reply: (_, count) => (count < 4 ? call('netbox_find_item', { text: `part ${count}` }) : say('Done.')),
      },
      { windowTokens: 8192, answer: ({ text }) => `Found for ${text}.\n${long.slice(0, 1000)}` },
    )
    await talk.turn([asks('What is there?')])
    const [third = '', fourth = ''] = server.asked.slice(2).map(({ text }) => text)
    expect(third.split(record(3))).toHaveLength(3)
    expect(fourth.split(record(3))).toHaveLength(2)
    expect(fourth).toContain('Found for part 1. (only this line is left here)')
  })

  test('a result of 5 MB is one tool answer like another', async () => {
    const huge = `${'x'.repeat(5_000_000)}`
    await start(
      { reply: (_, count) => (count === 1 ? call('netbox_find_item', { text: 'all' }) : say('A lot.')) },
      { windowTokens: 4096, answer: () => huge },
    )
    const { outcome } = await talk.turn([asks('What is there?')])
    expect(outcome).toMatchObject({ kind: 'done' })
    expect(sentTokens()[1]).toBeLessThan(4096)
    const kept = talk.database
      .prepare<[], { size: number }>('select length(text) as size from tool_results')
      .get()
    expect(kept?.size).toBeLessThan(70_000)
  })
})

describe('loops', () => {
  test('after five steps it is stopped, and the person reads how to go on', async () => {
    await start({ reply: (_, count) => call('netbox_find_item', { text: `part ${count}` }) })
    const { writer } = await talk.turn([asks('Look for everything.')])
    expect(talk.called).toHaveLength(5)
    expect(partsOf(writer).at(-1)).toMatchObject({ text: expect.stringContaining('stopped after 5 steps') })
  })

  test('the same call twice ends it, and the person reads why', async () => {
    await start({ reply: () => call('netbox_find_item', { text: 'rack' }) })
    const { writer } = await talk.turn([asks('Look for the rack.')])
    expect(talk.called).toHaveLength(1)
    expect(partsOf(writer).at(-1)).toMatchObject({ text: expect.stringContaining('same thing twice') })
  })
})

test('what is sent begins with the same bytes from step to step and from question to question', async () => {
  await start(
    { reply: (_, count) => (count % 2 === 1 ? call('netbox_find_item', { text: 'rack' }) : say('One.')) },
    { windowTokens: 8192 },
  )
  await talk.turn([...exchanges(3), asks('Where?')])
  await talk.turn([...exchanges(4), asks('Where else?')])
  const [first, second, third] = server.asked.map(({ messages, tools }) => ({ messages, tools }))
  expect(JSON.stringify(second?.messages.slice(0, first?.messages.length))).toBe(
    JSON.stringify(first?.messages),
  )
  expect(JSON.stringify(third?.messages.slice(0, 7))).toBe(JSON.stringify(first?.messages.slice(0, 7)))
  expect(JSON.stringify(third?.tools)).toBe(JSON.stringify(first?.tools))
})
