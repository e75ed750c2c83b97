import { afterEach, describe, expect, test } from 'vitest'
import { armoured } from '../../../../agent/models/armour/armoured.ts'
import {
  type DialectServer,
  openDialectServer,
  type Script,
} from '../../../../evals/models/open-dialect-server.ts'
import { call, fault, finish, hold, say, think, usage } from '../../../../evals/models/steps.ts'
import { plainModel, question, streamedAnswer, streamedParts, tools, wholeAnswer } from './answer-of.ts'

let server: DialectServer
afterEach(() => server.close())

async function armouredOver(reply: Script['reply'], toolTurns: 'whole' | 'streamed' = 'streamed') {
  server = await openDialectServer('ollama', { reply })
  return armoured(plainModel(server.baseUrl), toolTurns)
}
const found = {
  text: '',
  calls: [['netbox_find_item', { text: 'rack' }]],
  finish: 'tool-calls',
  failure: null,
}
const told = { text: 'You own two racks.', calls: [], finish: 'stop', failure: null }

describe('an answer with nothing in it', () => {
  // ollama/ollama#18275: a loop to the cap, then HTTP 200 with nothing.
  test('is asked for once more in one piece, and both are counted', async () => {
    const model = await armouredOver((asked) =>
      asked.stream
        ? [finish('stop'), usage({ promptTokens: 40, completionTokens: 5 })]
        : [say('You own two racks.'), usage({ promptTokens: 40, completionTokens: 6 })],
    )
    const parts = await streamedParts(model)
    expect(parts.filter((part) => part.type === 'text-delta').map((part) => part.delta)).toEqual([
      'You own two racks.',
    ])
    expect(parts.at(-1)).toMatchObject({
      type: 'finish',
      finishReason: { unified: 'stop' },
      usage: { inputTokens: { total: 80 }, outputTokens: { total: 11 } },
    })
    expect(server.asked.map(({ stream }) => stream ?? false)).toEqual([true, false])
  })

  // raullenchai/Rapid-MLX#425: the stream has only a role and an end, the same request in one piece has the call.
  test('may hold a tool call when it comes in one piece', async () => {
    const model = await armouredOver((asked) =>
      asked.stream ? finish('stop') : call('netbox_find_item', { text: 'rack' }),
    )
    expect(await streamedAnswer(model)).toEqual(found)
  })

  // ollama/ollama#15288, lmstudio-ai/lmstudio-bug-tracker#1602: the budget went into thoughts.
  test('that was all thoughts is asked for without thinking', async () => {
    const model = await armouredOver((asked) =>
      asked.reasoning_effort === 'none'
        ? say('You own two racks.')
        : [think('The person…'), finish('length')],
    )
    expect(await streamedAnswer(model)).toEqual(told)
    expect(await wholeAnswer(model)).toEqual(told)
  })

  test('twice is said in words for a person, and no third time is asked', async () => {
    const model = await armouredOver(() => finish('stop'))
    expect(await streamedAnswer(model)).toMatchObject({
      failure: 'it answered with nothing',
      finish: 'error',
    })
    expect(server.asked).toHaveLength(2)
    expect(await wholeAnswer(model)).toMatchObject({ failure: 'it answered with nothing' })
    expect(server.asked).toHaveLength(4)
  })

  test('that only thought twice is said as that', async () => {
    const model = await armouredOver(() => think('The person…'))
    expect(await wholeAnswer(model)).toMatchObject({ failure: 'it thought about it and then said nothing' })
  })

  // jundot/omlx#1465: after a tool's result, HTTP 200 and no byte of content.
  test('and no byte in it is asked for once more', async () => {
    const model = await armouredOver((asked) =>
      asked.stream ? fault({ kind: 'blank' }) : say('You own two racks.'),
    )
    expect(await streamedAnswer(model)).toEqual(told)
  })

  test('that a filter emptied is said as that, and is not asked for again', async () => {
    const model = await armouredOver(() => finish('content_filter'))
    expect(await streamedAnswer(model)).toMatchObject({
      failure: 'a filter of its provider stopped the answer',
    })
    expect(server.asked).toHaveLength(1)
  })
})

test('an answer that is stopped lets go of the server and is no failure of the model', async () => {
  const gate = Promise.withResolvers<void>()
  const model = await armouredOver(() => [say('The rack '), hold(gate.promise), say('is in the attic.')])
  const stop = new AbortController()
  const { stream } = await model.doStream({ prompt: question('?'), tools, abortSignal: stop.signal })
  const reader = stream.getReader()
  for (let part = await reader.read(); part.value?.type !== 'text-delta'; part = await reader.read());
  stop.abort()
  await expect(
    (async () => {
      for (let part = await reader.read(); !part.done; part = await reader.read());
    })(),
  ).rejects.toMatchObject({ name: 'AbortError' })
  await expect.poll(() => server.abandoned()).toBe(1)
  gate.resolve()
})

describe('a server that loses tool calls when it streams', () => {
  // raullenchai/Rapid-MLX#447: thoughts leak as text in the stream, the same request in one piece is clean.
  const reply: Script['reply'] = (asked) =>
    asked.stream ? say('thought\nI should use the tool.') : call('netbox_find_item', { text: 'rack' })

  test('is asked for turns with tools in one piece, and for the rest as a stream', async () => {
    const model = await armouredOver(reply, 'whole')
    expect(await streamedAnswer(model)).toEqual(found)
    await streamedAnswer(model, { tools: [] })
    expect(server.asked.map(({ stream }) => stream ?? false)).toEqual([false, true])
  })
})

test('a model that repeats itself is stopped while it talks, and the server may stop too', async () => {
  // google-deepmind/gemma#622: one phrase until the limit of tokens.
  const gate = Promise.withResolvers<void>()
  const model = await armouredOver(() => [
    say('and the rack is in the attic, '.repeat(200), 100),
    hold(gate.promise),
    say('and so on'),
  ])
  const answer = await streamedAnswer(model)
  expect(answer.failure).toBe('it said the same over and over and was stopped')
  await expect.poll(() => server.abandoned()).toBe(1)
  gate.resolve()
})

test('a list of similar lines is not taken for a repetition', async () => {
  const list = Array.from({ length: 200 }, (_, at) => `| HW-${10_000 + at} | 1U switch | attic |\n`).join('')
  const model = await armouredOver(() => say(list, 50))
  expect(await streamedAnswer(model)).toMatchObject({ text: list, failure: null })
})

test('arguments without end are cut off before they fill the memory', async () => {
  const model = await armouredOver(() => call('netbox_propose_record', { item_id: 'x'.repeat(200_000) }))
  const failure = 'it wrote more into a tool call than one may hold, so nothing was done'
  expect(await streamedAnswer(model)).toMatchObject({ calls: [], failure })
  expect(await wholeAnswer(model)).toMatchObject({ calls: [], failure })
})

test('a call that is written into the text without end is cut off in the middle of it', async () => {
  const gate = Promise.withResolvers<void>()
  const noise = Array.from({ length: 9000 }, (_, at) => `${at * 7919}</tool_call>`).join(' ')
  const model = await armouredOver(() => [
    say(`<tool_call>{"name": "netbox_find_item", "arguments": {"text": "${noise}`, 200),
    hold(gate.promise),
  ])
  expect(await streamedAnswer(model)).toMatchObject({
    calls: [],
    failure: 'it wrote more into a tool call than one may hold, so nothing was done',
  })
  gate.resolve()
})

// elie222/rakazo#416: half an emoji at the end of a frame cannot be stored.
test('a character that two frames share arrives whole, also byte by byte', async () => {
  const text = 'Drucker \u{1F5A8} im Dachgeschoß'
  server = await openDialectServer('omlx', { reply: () => say(text, text.length), bytesPerWrite: 1 })
  const parts = await streamedParts(armoured(plainModel(server.baseUrl), 'streamed'))
  const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))
  expect(deltas.join('')).toBe(text)
  expect(deltas.every((delta) => delta.isWellFormed())).toBe(true)
})

// osaurus-ai/vmlx-swift#50: a call although no tool was offered.
test('a call where no tool was offered is hidden, and the rest is the answer', async () => {
  const model = await armouredOver(() => say('You own two racks.<|tool_call>call:status{}<tool_call|>'))
  expect(await streamedAnswer(model, { tools: [] })).toEqual(told)
})
