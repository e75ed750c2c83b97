import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import fc from 'fast-check'
import { encode as cl100k } from 'gpt-tokenizer/encoding/cl100k_base'
import { encode as o200k } from 'gpt-tokenizer/encoding/o200k_base'
import { encode as p50k } from 'gpt-tokenizer/encoding/p50k_base'
import { describe, expect, test } from 'vitest'
import { sizeOfCall, tokensAtMost } from '../../../agent/spend/size-of-call.ts'

const root = join(import.meta.dirname, '..', '..', '..')
const file = (name: string) => readFileSync(join(root, name), 'utf8').slice(0, 40_000)
const numbers = Array.from({ length: 400 }, (_, at) => (at * 2_654_435_761) >>> 0)

const kinds: Record<string, string> = {
  prose: file('README.md'),
  code: file('agent/conversation/runner.ts'),
  JSON: file('package-lock.json'),
  serials: numbers.map((n) => `FOC${n % 9999}V0${(n % 1296).toString(36).toUpperCase()}`).join(', '),
  MACs: numbers.map((n) => (n % 0xffffff).toString(16).padStart(6, '0').replace(/(..)/g, '$1:')).join(' '),
  German:
    'Im Serverschrank stehen zwei Geräte mit Überspannungsschutz, daneben eine Steckdosenleiste. '.repeat(40),
  Russian: 'В стойке два сервера и коммутатор. '.repeat(60),
  Chinese: '机架里有两台服务器和一台交换机，'.repeat(80),
  Base64: Buffer.from(numbers.map((n) => n & 255)).toString('base64'),
  'random letters': numbers.map((n) => n.toString(36).replace(/[0-9]/g, 'q')).join(' '),
  boxes: '─│┌┐└┘░▒▓█'.repeat(80),
}

/** Other models' own tokenizers differ; these three are as unlike as public ones are. */
const tokens = (text: string) => Math.max(...[o200k, cl100k, p50k].map((encode) => encode(text).length))

describe('what is reserved for the tokens of a text', () => {
  test.each(Object.keys(kinds))('is enough for %s, and not much more', (kind) => {
    const text = kinds[kind] ?? ''
    const share = tokensAtMost(text) / tokens(text)
    expect(share).toBeGreaterThanOrEqual(1)
    expect(share).toBeLessThan(2)
  })

  test('is enough for letters and signs in any order', () => {
    const part = fc.constantFrom(
      'FOC2133',
      'a0:36',
      '\n',
      '  ',
      '{"',
      '":',
      'rack',
      'R640',
      'é',
      '–',
      '机',
      '0x7f',
      '//',
      ' Dell',
    )
    fc.assert(
      fc.property(fc.array(part, { minLength: 20, maxLength: 200 }), (parts) => {
        const text = parts.join('')
        expect(tokensAtMost(text)).toBeGreaterThanOrEqual(tokens(text))
      }),
      { numRuns: 300 },
    )
  })

  test('counts tools, calls, results and pictures', () => {
    const prompt = [{ role: 'user' as const, content: [{ type: 'text' as const, text: 'rack' }] }]
    const bare = sizeOfCall({ prompt })
    const schema = { type: 'object' as const, properties: { text: { type: 'string' as const } } }
    const tools = [{ type: 'function' as const, name: 'find_item', inputSchema: schema }]
    const data = { type: 'data' as const, data: 'AAAA' }
    const picture = [
      { role: 'user' as const, content: [{ type: 'file' as const, mediaType: 'image/png', data }] },
    ]
    expect(sizeOfCall({ prompt, tools }).tokensAtMost).toBeGreaterThan(bare.tokensAtMost + 20)
    expect(sizeOfCall({ prompt: picture })).toEqual({ images: 1, tokensAtMost: 64 + 12 + 3100 })
  })
})
