import type { LanguageModelV4Prompt, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { expect, test } from 'vitest'
import { type Gate, oneAtATime, openGate } from '../../../agent/models/one-at-a-time.ts'
import { bareModel } from '../../../agent/models/providers.ts'
import { openDialectServer } from '../../../evals/models/open-dialect-server.ts'
import { hold, say } from '../../../evals/models/steps.ts'
import { namedServer } from '../../support/named-providers.ts'

/** What came first. Entering is a few microtasks away, so whoever may enter has when a task has passed. */
const nextTask = () => new Promise((resolve) => setImmediate(resolve))

async function isFree(gate: Gate): Promise<boolean> {
  let entered = false
  const attempt = new AbortController()
  const done = gate.enter(attempt.signal).then(
    (leave) => {
      entered = true
      leave()
    },
    () => {},
  )
  await nextTask()
  attempt.abort()
  await done
  return entered
}

test('who waits comes in when the one before leaves, in order', async () => {
  const gate = openGate()
  const seen: number[] = []
  const leave = await gate.enter(undefined)
  const others = [1, 2].map(async (number) => {
    const leaveAgain = await gate.enter(undefined)
    seen.push(number)
    leaveAgain()
  })
  expect([await isFree(gate), seen]).toEqual([false, []])
  leave()
  await Promise.all(others)
  expect([await isFree(gate), seen]).toEqual([true, [1, 2]])
})

test('who gives up while waiting holds up nobody', async () => {
  const gate = openGate()
  const leave = await gate.enter(undefined)
  const gaveUp = new AbortController()
  const waiting = gate.enter(gaveUp.signal)
  gaveUp.abort(new Error('stopped'))
  await expect(waiting).rejects.toThrow('stopped')
  expect(await isFree(gate)).toBe(false)
  leave()
  expect(await isFree(gate)).toBe(true)
})

const prompt: LanguageModelV4Prompt = [{ role: 'user', content: [{ type: 'text', text: 'hello' }] }]

test.each(['read to its end', 'cancelled', 'stopped'] as const)(
  'a stream that is %s lets the next one in, and not before',
  async (how) => {
    const rest = Promise.withResolvers<void>()
    const server = await openDialectServer('omlx', {
      reply: () => [say('one', 1), hold(rest.promise), say('two', 1)],
    })
    const gate = openGate()
    const model = oneAtATime(bareModel(namedServer({ baseUrl: server.baseUrl }), 'scripted', fetch), gate)
    const stop = new AbortController()
    const { stream } = await model.doStream({ prompt, abortSignal: stop.signal })
    const reader = stream.getReader()
    await reader.read()
    expect(await isFree(gate)).toBe(false)
    if (how === 'stopped') stop.abort()
    else if (how === 'cancelled') await reader.cancel()
    else {
      rest.resolve()
      await readAll(reader)
    }
    expect(await isFree(gate)).toBe(true)
    rest.resolve()
    await server.close()
  },
)

async function readAll(reader: ReadableStreamDefaultReader<LanguageModelV4StreamPart>): Promise<void> {
  while (!(await reader.read()).done);
}

test('a server that does not answer lets the next one in', async () => {
  const gate = openGate()
  const model = oneAtATime(bareModel(namedServer({ baseUrl: 'http://127.0.0.1:9/v1' }), 'x', fetch), gate)
  await expect(model.doStream({ prompt })).rejects.toThrow()
  await expect(model.doGenerate({ prompt })).rejects.toThrow()
  expect(await isFree(gate)).toBe(true)
})
