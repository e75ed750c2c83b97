import type { LanguageModelV4, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { armoured } from '../../../../agent/models/armour/armoured.ts'
import { markupFamilies } from '../../../../agent/models/armour/markup-families.ts'
import { describeFailure } from '../../../../agent/models/model-failure.ts'
import { type Answer, answerIn, question, tools } from './answer-of.ts'

const usage = {
  inputTokens: { total: 1, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
  outputTokens: { total: 1, text: undefined, reasoning: undefined },
}

/** A model that says these pieces, and nothing when it is asked again. */
function modelSaying(pieces: string[]): LanguageModelV4 {
  const finish: LanguageModelV4StreamPart = {
    ...{ type: 'finish', usage },
    finishReason: { unified: 'stop', raw: 'stop' },
  }
  const parts: LanguageModelV4StreamPart[] = [
    { type: 'stream-start', warnings: [] },
    { type: 'text-start', id: 'a' },
    ...pieces.map((delta): LanguageModelV4StreamPart => ({ type: 'text-delta', id: 'a', delta })),
    { type: 'text-end', id: 'a' },
    finish,
  ]
  return {
    ...{ specificationVersion: 'v4', provider: 'test', modelId: 'test', supportedUrls: {} },
    async doStream() {
      return {
        stream: new ReadableStream({
          start(controller) {
            for (const part of parts) controller.enqueue(part)
            controller.close()
          },
        }),
      }
    },
    async doGenerate() {
      return { content: [], finishReason: { unified: 'stop', raw: 'stop' }, usage, warnings: [] }
    },
  }
}

async function partsOf(pieces: string[]): Promise<LanguageModelV4StreamPart[]> {
  const { stream } = await armoured(modelSaying(pieces), 'streamed').doStream({
    prompt: question('what do I own?'),
    tools,
  })
  const parts: LanguageModelV4StreamPart[] = []
  for await (const part of stream) parts.push(part)
  return parts
}

async function wholeAnswer(text: string): Promise<Answer> {
  const silent = modelSaying([])
  let asked = 0
  const model: LanguageModelV4 = {
    ...silent,
    async doGenerate(options) {
      asked += 1
      const nothing = await silent.doGenerate(options)
      return asked === 1 ? { ...nothing, content: [{ type: 'text', text }] } : nothing
    },
  }
  try {
    const { stream } = await armoured(model, 'whole').doStream({ prompt: question('?'), tools })
    const parts: LanguageModelV4StreamPart[] = []
    for await (const part of stream) parts.push(part)
    return answerIn(parts)
  } catch (error) {
    return { text: '', calls: [], finish: 'error', failure: describeFailure(error).words }
  }
}

/** Pieces of chat templates, calls good and broken, prose, code and characters of every width. */
const fragment = fc.oneof(
  fc.constantFrom(...markupFamilies.flatMap(({ open, close }) => [open, ...close])),
  fc.constantFrom(
    'call:netbox_find_item{text:<|"|>rack<|"|>}',
    '<|tool_call>call:netbox_find_item{text:<|"|>rack<|"|>}<tool_call|>',
    '<|tool_call>call:netbox_propose_record{item_id:<|"|>a<|"|>}<tool_call|>',
    '{"name":"netbox_find_item","arguments":{"text":"rack"}}',
    '{"name":"netbox_propose_record","arguments":{"item_id":"a"}}',
    '```json\n{"name": "netbox_find_item", "arguments": {}}\n```',
    '<tool_call>\n<function=netbox_propose_record>\n<parameter=item_id>\na\n</parameter>\n</function>\n</tool_call>',
    '[netbox_propose_record(item_id="a")]',
    '```tool_code\nprint(netbox_find_item(text="rack"))\n```',
    'netbox_find_item[ARGS]{"text":"rack"}',
    'commentary to=functions.netbox_propose_record json{"item_id":"a"}',
  ),
  fc.constantFrom(
    '\n',
    ' ',
    '<',
    '|',
    '`',
    '```',
    '{',
    '"',
    '[',
    'c',
    'ca',
    'call:',
    '5 < 6',
    '\u{1F5A8}',
    'Zwölf ',
    'ﬁ',
  ),
  fc.string({ maxLength: 12, unit: 'grapheme' }),
)
const answer = fc.array(fragment, { maxLength: 12 }).map((pieces) => pieces.join(''))
const cuts = fc.array(fc.nat(), { maxLength: 12 })

function cutAt(text: string, at: number[]): string[] {
  const places = [0, ...at.map((place) => place % (text.length + 1)), text.length].sort((a, b) => a - b)
  return places.slice(1).map((end, index) => text.slice(places[index], end))
}

test('an answer is the same however the network cut it, and the same in one piece', async () => {
  await fc.assert(
    fc.asyncProperty(answer, cuts, async (text, at) => {
      const cut = answerIn(await partsOf(cutAt(text, at)))
      const byCharacter = answerIn(await partsOf(text.split('')))
      expect(cut).toEqual(answerIn(await partsOf([text])))
      expect(byCharacter).toEqual(cut)
      const whole = await wholeAnswer(text)
      if (whole.failure === null) expect(whole).toEqual(cut)
      else expect(cut.failure).toBe(whole.failure)
    }),
    { numRuns: 1500 },
  )
})

test('nothing that was written as text calls a tool that changes something', async () => {
  await fc.assert(
    fc.asyncProperty(answer, cuts, async (text, at) => {
      const { calls } = answerIn(await partsOf(cutAt(text, at)))
      expect(calls.filter(([name]) => name !== 'netbox_find_item')).toEqual([])
    }),
    { numRuns: 1500 },
  )
})

test('no markup is ever shown, and no half character is ever sent on', async () => {
  const openings = markupFamilies.map(({ open }) => open)
  await fc.assert(
    fc.asyncProperty(answer, cuts, async (text, at) => {
      const parts = await partsOf(cutAt(text, at))
      const deltas = parts.flatMap((part) => (part.type === 'text-delta' ? [part.delta] : []))
      expect(deltas.filter((delta) => !delta.isWellFormed() && text.isWellFormed())).toEqual([])
      // In backticks or quotes it is talked about; what only came together by taking markup out was nobody’s markup.
      const shown = ` ${deltas.join('')}`
      const leaked = openings.filter((open) =>
        [...shown.matchAll(new RegExp(`[^"'\`]${open.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}`, 'g'))].some(
          ({ index }) => text.includes(shown.slice(index, index + open.length + 1)),
        ),
      )
      expect(leaked).toEqual([])
    }),
    { numRuns: 1500 },
  )
})
