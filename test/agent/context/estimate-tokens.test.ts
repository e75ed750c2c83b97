import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { encode } from 'gpt-tokenizer/encoding/o200k_base'
import { describe, expect, test } from 'vitest'
import { estimateTokens } from '../../../agent/context/estimate-tokens.ts'
import { loadPrompt } from '../../../prompts/load-prompt.ts'

/**
 * The estimate was fitted to Gemma 3, whose tokenizer takes 245 MB; what counts here is o200k, that of GPT-4o and gpt-oss. It
 * says what a tokenizer that the estimate never saw makes of a text, and nothing about Gemma.
 */
const countedTokens = (text: string): number => encode(text, { disallowedSpecial: new Set() }).length
/** As for a model of which nothing is learned yet. */
const margin = 1.25

const root = join(import.meta.dirname, '../../..')
const textsOf = (folder: string, ending: string): string[] =>
  readdirSync(join(root, folder))
    .filter((name) => name.endsWith(ending))
    .map((name) => readFileSync(join(root, folder, name), 'utf8'))

let state = 42
function upTo(max: number): number {
  state = (state * 1_103_515_245 + 12_345) % 2 ** 31
  return Math.floor((state / 2 ** 31) * max)
}
const letters = (alphabet: string, count: number) =>
  Array.from({ length: count }, () => alphabet[upTo(alphabet.length)]).join('')
const serial = () => letters('ABCDEFGHJKLMNPQRSTUVWXYZ0123456789', 7 + upTo(6))
const mac = () => Array.from({ length: 6 }, () => letters('0123456789ABCDEF', 2)).join(':')
const device = () => ({
  ...{ id: upTo(9999), asset_tag: `HW-${String(upTo(99_999)).padStart(5, '0')}`, serial: serial() },
  ...{ manufacturer: 'Ubiquiti', model: 'USW-24-PoE', mac_address: mac(), status: 'active', site: 'Attic' },
  url: `http://127.0.0.1:8000/dcim/devices/${upTo(999)}/`,
})
const times = <Made>(count: number, make: () => Made): Made[] => Array.from({ length: count }, make)

const mix: Record<string, string[]> = {
  prose: [...textsOf('.', '.md'), ...textsOf('docs', '.md')],
  code: [...textsOf('agent/conversation', '.ts'), ...textsOf('mcp-servers/netbox/outbox', '.ts')],
  'JSON in one line': times(30, () => JSON.stringify(times(10, device))),
  'JSON in many lines': times(30, () => JSON.stringify(times(10, device), null, 2)),
  'serial numbers': times(30, () => times(40, () => `${serial()} ${mac()}`).join('\n')),
  base64: times(20, () => letters('abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+/', 800)),
  German: ['Zwei Höheneinheiten im Schrank sind frei; das Netzteil hängt an beiden Schienen. '.repeat(12)],
  Chinese: ['机架中有两个单元是空闲的，电源连接到两条线路。'.repeat(20)],
  emoji: ['\u{1f642}\u{1f680}\u{1f525}\u{1f44d}\u{1f3fd}'.repeat(40)],
}
const pieces = Object.fromEntries(
  Object.entries(mix).map(([kind, texts]) => [
    kind,
    texts.flatMap((text) => text.match(/[\s\S]{1,2000}/g) ?? []).filter((piece) => piece.length > 200),
  ]),
)

describe('tokens are estimated without a tokenizer', () => {
  test('at most one text in a hundred is counted more than a tenth too short', () => {
    const all = Object.values(pieces).flat()
    const short = all.filter((piece) => estimateTokens(piece) * margin < 0.9 * countedTokens(piece))
    expect(all.length).toBeGreaterThan(200)
    expect(short.length / all.length).toBeLessThanOrEqual(0.01)
  })

  test.each(Object.entries(pieces))('%s is not overestimated beyond use', (_, texts) => {
    for (const piece of texts) expect(estimateTokens(piece) / countedTokens(piece)).toBeLessThan(1.9)
  })

  test('the instructions for small windows take at most 300', () => {
    const { text } = loadPrompt('advisor-short', { operator: 'the operator' })
    expect(estimateTokens(text) * margin).toBeLessThanOrEqual(300)
  })

  test('control tokens of a chat template are counted as text', () => {
    expect(estimateTokens('<|im_start|>system')).toBeGreaterThan(3)
  })
})
