import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type FoundCall, readCalls } from '../../../../agent/models/armour/found-calls.ts'

const word = fc.stringMatching(/^[a-z][a-z0-9_]{1,12}$/)
const text = fc.string({ unit: 'grapheme', maxLength: 24 })
const value = fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null), fc.array(text, { maxLength: 3 }))
const call = fc.record({ name: word, args: fc.dictionary(word, value, { maxKeys: 4 }) })

const json = ({ args }: FoundCall) => JSON.stringify(args)
const python = ({ args }: FoundCall) =>
  Object.entries(args)
    .map(
      ([key, given]) =>
        `${key}=${JSON.stringify(given)
          .replace(/^true$/, 'True')
          .replace(/^null$/, 'None')}`,
    )
    .join(', ')
/** Gemma 4’s form, from its chat template. */
function gemma(given: unknown): string {
  if (typeof given === 'string') return `<|"|>${given}<|"|>`
  if (Array.isArray(given)) return `[${given.map(gemma).join(',')}]`
  if (typeof given !== 'object' || given === null) return String(given)
  return `{${Object.entries(given)
    .map(([key, inner]) => `${key}:${gemma(inner)}`)
    .join(',')}}`
}

describe('what was meant is what is read', () => {
  test.each<[string, (call: FoundCall) => string]>([
    ['Hermes', (one) => JSON.stringify({ name: one.name, arguments: one.args })],
    ['Llama 3', (one) => JSON.stringify({ name: one.name, parameters: one.args }, null, 2)],
    [
      'OpenAI’s own, arguments as text',
      (one) =>
        JSON.stringify({
          tool_calls: [{ type: 'function', function: { name: one.name, arguments: json(one) } }],
        }),
    ],
    ['a fence', (one) => `\`\`\`json\n${JSON.stringify([{ tool: one.name, args: one.args }])}\n\`\`\``],
    ['Mistral', (one) => `${one.name}[ARGS]${json(one)}`],
    ['DeepSeek', (one) => `<｜tool▁call▁begin｜>${one.name}<｜tool▁sep｜>${json(one)}<｜tool▁call▁end｜>`],
    ['gpt-oss', (one) => `functions.${one.name} <|constrain|>json<|message|>${json(one)}`],
    ['Llama 4', (one) => `[${one.name}(${python(one)}), other(a=1)]`],
    ['Gemma 3', (one) => `\`\`\`tool_code\nprint(${one.name}(${python(one)}))\n\`\`\``],
    ['Gemma 4', (one) => `call:${one.name}${gemma(one.args)}`],
  ])('%s', (family, written) => {
    fc.assert(
      fc.property(call, (one) => {
        fc.pre(family !== 'Gemma 4' || !JSON.stringify(one.args).includes('<|'))
        const [found, ...others] = readCalls(written(one)) ?? []
        expect(others.map(({ name }) => name)).toEqual(family === 'Llama 4' ? ['other'] : [])
        expect(found?.name.replace('functions.', '')).toBe(one.name)
        expect(found?.args).toEqual(one.args)
      }),
      { numRuns: 400 },
    )
  })

  test('serials and tags keep every digit', () => {
    const serials = 'call:find{a:0042,b:12345678901234567890,c:-7,d:1.50}'
    expect(readCalls(serials)).toEqual([
      { name: 'find', args: { a: '0042', b: '12345678901234567890', c: -7, d: '1.50' } },
    ])
  })

  test('several calls come out in their order', () => {
    const two = '{"name":"a","arguments":{}}\n{"name":"b","arguments":{"x":1}}'
    expect(readCalls(two)?.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(readCalls('a[ARGS]{}[TOOL_CALLS]b[ARGS]{"x":1}')?.map(({ name }) => name)).toEqual(['a', 'b'])
  })
})

describe('what cannot be read for certain', () => {
  test.each([
    ['a text that has no end', 'call:find{text:<|"|>rack'],
    ['an object that has no end', '{"name":"find","arguments":{"text":"rack"'],
    ['words around the arguments', '<function=find>and then <parameter=text>rack</parameter></function>'],
    ['arguments that are no object', '{"name":"find","arguments":[1]}'],
    ['no name', '{"arguments":{"text":"rack"}}'],
    ['something behind it', 'find[ARGS]{"text":"rack"} and that is it'],
    ['too deep', `call:find${'{a:'.repeat(9)}1${'}'.repeat(9)}`],
    ['nothing', '  '],
  ])('is not read: %s', (_, body) => {
    expect(readCalls(body)).toBeNull()
  })

  test('never throws and never hangs, whatever stands there', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        '{',
        '}',
        '[',
        ']',
        ':',
        ',',
        '"',
        "'",
        '`',
        '<|"|>',
        'call:a',
        '[ARGS]',
        '<function=a>',
      ),
      fc.constantFrom(
        '</function>',
        '<parameter=b>',
        '</parameter>',
        '```json\n',
        '\\',
        '\n',
        'name',
        '"name":',
      ),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 40 }), (pieces) => {
        expect(() => readCalls(pieces.join(''))).not.toThrow()
      }),
      { numRuns: 5000 },
    )
  })
})
