import type { ModelMessage } from 'ai'
import fc from 'fast-check'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { expect, test } from 'vitest'
import { fitMessages } from '../../../agent/context/fit-messages.ts'
import { sizeOfMessage } from '../../../agent/context/size-of-messages.ts'

const text = fc.string({ maxLength: 400 })
const question = text.map((content): ModelMessage[] => [{ role: 'user', content }])
const answer = text.map((content): ModelMessage[] => [{ role: 'assistant', content }])
const call = fc
  .record({ id: fc.uuid(), result: fc.string({ maxLength: 3000 }), isShelved: fc.boolean(), said: text })
  .map(({ id, result, isShelved, said }): ModelMessage[] => [
    {
      role: 'assistant',
      content: [
        { type: 'text', text: said },
        { type: 'tool-call', toolCallId: id, toolName: 'netbox_find_item', input: { text: 'rack' } },
      ],
    },
    {
      role: 'tool',
      content: [
        {
          type: 'tool-result',
          toolCallId: id,
          toolName: 'netbox_find_item',
          output: { type: 'text', value: isShelved ? `[result#abc234]\n${result}` : result },
        },
      ],
    },
  ])
const transcript = fc
  .array(fc.oneof({ weight: 3, arbitrary: question }, answer, call), { maxLength: 24 })
  .map((pieces) => pieces.flat())
const room = fc.record({
  roomTokens: fc.integer({ min: 20, max: 3000 }),
  historyTokens: fc.integer({ min: 0, max: 3000 }),
})
const lineOf = () => 'two found'

const idsOf = (messages: ModelMessage[], type: 'tool-call' | 'tool-result'): string[] =>
  messages.flatMap(({ content }) =>
    typeof content === 'string'
      ? []
      : content.flatMap((part) => (part.type === type && 'toolCallId' in part ? [part.toolCallId] : [])),
  )
const sizeOf = (messages: ModelMessage[]) => messages.reduce((sum, one) => sum + sizeOfMessage(one), 0)

test('10,000 random transcripts: never over the room, no call without its result, the question is always there', () => {
  let fits = 0
  fc.assert(
    fc.property(
      transcript,
      question,
      fc.array(call, { maxLength: 4 }),
      room,
      (before, asked, since, sizes) => {
        const messages = [...before, ...asked, ...since.flat()]
        const fitted = fitMessages(messages, sizes, lineOf)
        if (fitted.kind === 'too-long') return
        fits += 1
        expect(sizeOf(fitted.messages)).toBeLessThanOrEqual(sizes.roomTokens)
        expect(idsOf(fitted.messages, 'tool-call')).toEqual(idsOf(fitted.messages, 'tool-result'))
        expect(fitted.messages[0]?.role).toBe('user')
        const asking = fitted.messages.findLastIndex(({ role }) => role === 'user')
        expect(fitted.messages[asking]).toEqual(asked[0])
        expect(idsOf(fitted.messages.slice(asking), 'tool-call')).toEqual(idsOf(since.flat(), 'tool-call'))
      },
    ),
    { numRuns: 10_000 },
  )
  expect(fits).toBeGreaterThan(5000)
})

const device = fc.maxSafeNat().map((at) => ({
  asset_tag: `HW-${String(at).slice(0, 5)}`,
  serial: at.toString(36).toUpperCase(),
  mac_address: (at.toString(16).padStart(12, '0').match(/../g) ?? []).slice(0, 6).join(':'),
}))
const words =
  'the switch hangs in the cellar, two ports of the PowerEdge are free im Schrank; Höheneinheiten'.split(' ')
const dense = fc.oneof(
  fc.array(fc.constantFrom(...words), { minLength: 20, maxLength: 80 }).map((said) => said.join(' ')),
  fc.array(device, { minLength: 2, maxLength: 6 }).map((devices) => JSON.stringify(devices, null, 1)),
  fc
    .array(device, { minLength: 3, maxLength: 9 })
    .map((devices) => devices.map(({ serial }) => serial).join('\n')),
)
const saying = (role: 'user' | 'assistant') => dense.map((content): ModelMessage => ({ role, content }))
/** Of a model of which nothing is learned yet (`learned-tokens.ts`): what is estimated may take that much more. */
const margin = 1.25

test('records, serial numbers and prose fit as a tokenizer counts that the estimate never saw', () => {
  let full = 0
  fc.assert(
    fc.property(
      fc.array(fc.tuple(saying('user'), saying('assistant')), { minLength: 4, maxLength: 8 }),
      saying('user'),
      fc.integer({ min: 200, max: 800 }),
      (before, asked, roomTokens) => {
        const fitted = fitMessages([...before.flat(), asked], { roomTokens, historyTokens: 800 }, lineOf)
        if (fitted.kind === 'too-long') return
        if (fitted.leftOut) full += 1
        const said = fitted.messages.map(({ content }) => String(content)).join('\n')
        expect(encode(said).length).toBeLessThanOrEqual(margin * roomTokens)
      },
    ),
    { numRuns: 1000 },
  )
  expect(full).toBeGreaterThan(500)
})

test('what is left out is the oldest, and it is refused only when the question and its calls do not fit', () => {
  fc.assert(
    fc.property(transcript, question, room, (before, asked, sizes) => {
      const fitted = fitMessages([...before, ...asked], sizes, lineOf)
      expect(fitted.kind).toBe(sizeOf(asked) <= sizes.roomTokens ? 'fits' : 'too-long')
      if (fitted.kind === 'fits')
        expect([...before, ...asked].slice(-fitted.messages.length)).toEqual(fitted.messages)
    }),
    { numRuns: 1000 },
  )
})

test('the beginning stays the same for several questions, so that a prompt cache holds', () => {
  const messages: ModelMessage[] = []
  const beginnings: string[] = []
  for (let turn = 0; turn < 40; turn += 1) {
    messages.push({ role: 'user', content: `Question ${turn}: where is the switch with the blue cable?` })
    const fitted = fitMessages(messages, { roomTokens: 400, historyTokens: 400 }, lineOf)
    if (fitted.kind === 'fits' && fitted.messages.length < messages.length)
      beginnings.push(JSON.stringify(fitted.messages[0]))
    messages.push({ role: 'assistant', content: 'It is in the attic, on the second shelf from above.' })
  }
  expect(beginnings.length).toBeGreaterThan(20)
  expect(new Set(beginnings).size).toBeLessThan(beginnings.length / 2)
})

test('a conversation of 5,000 messages is fitted in a moment', () => {
  const messages = Array.from(
    { length: 5000 },
    (_, at): ModelMessage => ({
      role: at % 2 === 0 ? 'user' : 'assistant',
      content: `Message ${at} about HW-${String(at).padStart(5, '0')} and what is plugged into it.`,
    }),
  )
  const fitted = fitMessages(messages.slice(0, -1), { roomTokens: 1500, historyTokens: 1500 }, lineOf)
  expect(fitted).toMatchObject({ kind: 'fits', leftOut: true })
})
