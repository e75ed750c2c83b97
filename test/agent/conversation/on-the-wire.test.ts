import type { LanguageModelV4 } from '@ai-sdk/provider'
import { generateText } from 'ai'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { toModelMessages } from '../../../agent/conversation/model-messages.ts'
import { ollamaModel } from '../../../agent/models/ollama/ollama-model.ts'
import { bareModel } from '../../../agent/models/providers.ts'
import type { Message, Part } from '../../../agent/protocol/messages.ts'
import type { DialectName } from '../../../evals/models/dialects.ts'
import {
  type Asked,
  type DialectServer,
  openDialectServer,
} from '../../../evals/models/open-dialect-server.ts'
import { call, type Step, say, think } from '../../../evals/models/steps.ts'
import { namedServer } from '../../support/named-providers.ts'
import { openModelTalk } from '../../support/turn-of-model.ts'

const dialectNames = ['llama-server', 'ollama', 'lm-studio', 'omlx', 'mlx-lm', 'openrouter'] as const

/** What was said and called, in order, whatever form it had. Adjacent text of one side is one text. */
type Said =
  | { who: 'person' | 'model'; text: string }
  | { call: string; name: string; args: unknown }
  | { result: string; text: string }

const word = fc.constantFrom(
  ...[
    'rack',
    'HW-00012',
    '“shelf”',
    'Kälte',
    '東',
    '\u{1f600}',
    "it's",
    '"quoted"',
    'C:\\temp',
    '5 m',
    '\nnext',
    '100%',
    '{x}',
  ],
)
const sentence = fc.array(word, { minLength: 1, maxLength: 8 }).map((words) => `a ${words.join(' ')} z`)
const args = fc.dictionary(
  fc.constantFrom('text', 'tag', 'count', 'deep', 'öäü'),
  fc.oneof(sentence, fc.integer(), fc.boolean(), fc.constant(null), fc.record({ inner: sentence })),
)

const wireMessage = z.looseObject({
  role: z.string(),
  content: z.string().nullable(),
  tool_call_id: z.string().optional(),
  tool_calls: z
    .array(
      z.looseObject({
        id: z.string(),
        function: z.looseObject({ name: z.string(), arguments: z.unknown() }),
      }),
    )
    .optional(),
})

/** The request as it came in, read back. */
function saidOnWire(asked: Asked | undefined): Said[] {
  const said = (asked?.messages ?? []).flatMap((raw): Said[] => {
    const { role, content, tool_calls, tool_call_id } = wireMessage.parse(raw)
    if (role === 'system') return []
    if (role === 'tool') return [{ result: tool_call_id ?? '', text: content ?? '' }]
    const text: Said[] = content ? [{ who: role === 'user' ? 'person' : 'model', text: content }] : []
    const calls = (tool_calls ?? []).map((one): Said => {
      const { name, arguments: given } = one.function
      return { call: one.id, name, args: typeof given === 'string' ? JSON.parse(given) : given }
    })
    return [...text, ...calls]
  })
  return merged(said)
}

function merged(said: Said[]): Said[] {
  const all: Said[] = []
  for (const one of said) {
    const last = all.at(-1)
    if (last && 'who' in last && 'who' in one && last.who === one.who)
      all[all.length - 1] = { who: one.who, text: last.text + one.text }
    else all.push(one)
  }
  return all
}

describe('what is stored, sent and read back, is the same', () => {
  let sequence = 0
  const toolCall = fc
    .record({ args, outcome: sentence, result: fc.option(args) })
    .map(({ args: given, outcome, result }): Part => {
      sequence += 1
      return {
        ...{
          kind: 'tool-call',
          callId: `m-${sequence}-call_1`,
          server: 'netbox',
          tool: 'find_item',
          title: 'Find',
        },
        ...{ input: JSON.stringify(given), state: 'done', outcome, itemId: null, changeId: null, result },
      }
    })
  const advisorPart = fc.oneof(
    sentence.map((text): Part => ({ kind: 'text', text })),
    toolCall,
    sentence.map((text): Part => ({ kind: 'reasoning', text: `THOUGHT ${text}`, elapsedMs: 1 })),
    sentence.map((text): Part => ({ kind: 'notice', tone: 'muted', text: `NOTICE ${text}` })),
  )
  const exchange = fc
    .tuple(sentence, fc.array(advisorPart, { minLength: 1, maxLength: 6 }))
    .map(([question, parts]): Message[] => [
      {
        id: 'o',
        role: 'operator',
        createdAt: '',
        parts: [{ kind: 'text', text: question }],
        answeredBy: null,
      },
      { id: 'a', role: 'advisor', createdAt: '', parts, answeredBy: null },
    ])
  const transcript = fc.array(exchange, { minLength: 1, maxLength: 4 }).map((exchanges) => exchanges.flat())

  /** Of the calls of a stretch: first the calls, then their results, as every wire wants it. */
  function saidInStore(messages: Message[]): Said[] {
    const said: Said[] = []
    let results: Said[] = []
    const settle = () => {
      said.push(...results)
      results = []
    }
    for (const { role, parts } of messages) {
      for (const part of parts) {
        if (part.kind === 'text') {
          settle()
          said.push({ who: role === 'operator' ? 'person' : 'model', text: part.text })
        } else if (part.kind === 'tool-call') {
          const facts = part.result === null ? '' : `\n${JSON.stringify(part.result)}`
          said.push({ call: part.callId, name: 'netbox_find_item', args: JSON.parse(part.input) })
          results.push({ result: part.callId, text: `${part.outcome}${facts}`.trim() })
        }
      }
      settle()
    }
    return merged(said)
  }

  const wires: { name: string; dialect: DialectName; model(server: DialectServer): LanguageModelV4 }[] = [
    ...dialectNames.map((dialect) => ({
      ...{ name: dialect, dialect },
      model: ({ baseUrl }: DialectServer) => bareModel(namedServer({ baseUrl }), 'scripted', fetch),
    })),
    {
      ...{ name: 'ollama, its own API', dialect: 'ollama' },
      model: ({ baseUrl }) =>
        ollamaModel(namedServer({ baseUrl }), { modelId: 'scripted', windowTokens: 131_072 }, fetch),
    },
  ]
  for (const { name, dialect, model } of wires)
    test(name, async () => {
      const server = await openDialectServer(dialect, {
        models: [{ contextTokens: 1_000_000 }],
        reply: () => say('ok'),
      })
      try {
        await fc.assert(
          fc.asyncProperty(transcript, async (messages) => {
            await generateText({ model: model(server), messages: toModelMessages(messages), maxRetries: 0 })
            const asked = server.asked.splice(0)[0]
            expect(saidOnWire(asked)).toEqual(saidInStore(messages))
            expect(asked?.text).not.toMatch(/THOUGHT|NOTICE/)
          }),
          { numRuns: 40 },
        )
      } finally {
        await server.close()
      }
    })
})

describe('what a server says, stored and sent on with the next question, is the same', () => {
  const step = fc.record({
    thought: fc.option(sentence),
    text: fc.option(sentence),
    calls: fc.array(args, { minLength: 1, maxLength: 2 }),
  })
  /** The same call twice ends a turn, so each says where it stands. */
  const answer = fc
    .tuple(fc.array(step, { maxLength: 3 }), sentence)
    .map(([steps, last]): [Made[], string] => [
      steps.map((one, at) => ({ ...one, calls: one.calls.map((given, nth) => ({ ...given, at, nth })) })),
      last,
    ])

  for (const dialect of dialectNames)
    test(dialect, async () => {
      let replies: Step[][] = []
      const server = await openDialectServer(dialect, {
        models: [{ contextTokens: 1_000_000 }],
        reply: () => replies.shift() ?? say('ok'),
      })
      const talk = openModelTalk(server, { windowTokens: 131_072 })
      try {
        await fc.assert(
          fc.asyncProperty(answer, async ([steps, last]) => {
            replies = [...steps.map(repliesOf), [think('THOUGHT at last'), say(last, 3)]]
            const { outcome, writer } = await talk.turn([{ role: 'user', content: 'a question' }])
            expect(outcome).toMatchObject({ kind: 'done' })
            const parts = writer.parts()
            const advisor: Message = { id: 'a', role: 'advisor', createdAt: '', parts, answeredBy: null }
            server.asked.splice(0)
            await talk.turn([
              { role: 'user', content: 'a question' },
              ...toModelMessages([advisor]),
              { role: 'user', content: 'another' },
            ])
            const sent = saidOnWire(server.asked[0]).filter((one) => !('result' in one))
            expect(withoutIds(sent)).toEqual(withoutIds(saidBy(steps, last)))
            expect(server.asked[0]?.text).not.toContain('THOUGHT')
            const thoughts = parts.flatMap((part) => (part.kind === 'reasoning' ? [part.text] : []))
            expect(thoughts.at(-1)).toBe('THOUGHT at last')
          }),
          { numRuns: 15 },
        )
      } finally {
        talk.close()
        await server.close()
      }
    })

  type Made = { thought: string | null; text: string | null; calls: Record<string, unknown>[] }
  function repliesOf({ thought, text, calls }: Made): Step[] {
    return [
      ...(thought === null ? [] : [think(`THOUGHT ${thought}`)]),
      ...(text === null ? [] : [say(text, 3)]),
      ...calls.map((given, at) => call('netbox_find_item', given, `call_${at}`)),
    ]
  }
  function saidBy(steps: Made[], last: string): Said[] {
    const said = steps.flatMap(({ text, calls }): Said[] => [
      ...(text === null ? [] : [{ who: 'model' as const, text }]),
      ...calls.map((given): Said => ({ call: '', name: 'netbox_find_item', args: given })),
    ])
    return [
      { who: 'person', text: 'a question' },
      ...said,
      { who: 'model', text: last },
      { who: 'person', text: 'another' },
    ]
  }
  const withoutIds = (said: Said[]) => said.map((one) => ('call' in one ? { ...one, call: '' } : one))
})
