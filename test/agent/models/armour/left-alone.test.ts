import { afterEach, expect, test } from 'vitest'
import { armoured } from '../../../../agent/models/armour/armoured.ts'
import { type DialectServer, openDialectServer } from '../../../../evals/models/open-dialect-server.ts'
import { call, say } from '../../../../evals/models/steps.ts'
import { plainModel, streamedAnswer, streamedParts } from './answer-of.ts'

let server: DialectServer
afterEach(() => server.close())

async function answerTo(...steps: ReturnType<typeof say>[]) {
  server = await openDialectServer('llama-server', { reply: () => steps })
  return streamedAnswer(armoured(plainModel(server.baseUrl), 'streamed'))
}

test.each([
  ['JSON that is the answer', '{"name": "HW-00001", "type": "switch"}'],
  [
    'an example of a call in an explanation',
    'It is called so:\n```json\n{"name": "netbox_find_item"}\n```\nShall I?',
  ],
  ['markup that is talked about', 'Qwen writes `<tool_call>` and `</tool_call>`, Gemma "<|tool_call>".'],
  ['code', '```ts\nif (a < b && c[0] > 1) call(x)\n```\ncommon: [1] <b>'],
  ['links and brackets', '[rack](https://x.test)\n[Note (old)] and [f(x)] is a function\n[a b(c)]'],
  ['a list that begins with a bracket', '[1] rack\n[2] switch\ncall me later'],
  ['a table', '| tag | U |\n|---|---|\n| HW-00001 | 2 |'],
  ['a word that begins like a call', 'call: the supplier\ncommentary follows'],
  ['lone signs at the end', 'The limit is <'],
])('an answer is left alone: %s', async (_, text) => {
  expect(await answerTo(say(text, text.length))).toEqual({ text, calls: [], finish: 'stop', failure: null })
})

test('a proper call that changes something goes through with the very arguments that came', async () => {
  const args = '{"item_id": "item-1",  "print": 1.50}'
  server = await openDialectServer('openrouter', { reply: () => call('netbox_propose_record', args) })
  const parts = await streamedParts(armoured(plainModel(server.baseUrl), 'streamed'))
  expect(parts.flatMap((part) => (part.type === 'tool-call' ? [part.input] : []))).toEqual([args])
})
