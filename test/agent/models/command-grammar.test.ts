import { describe, expect, test } from 'vitest'
import {
  commandNames,
  isPlainlyCommand,
  nearestCommand,
  parseCommand,
} from '../../../agent/models/command-grammar.ts'
import { nextMove } from '../../../agent/models/command-moves.ts'
import { sayResult } from '../../../agent/models/command-words.ts'
import { readShipped } from '../../../agent/routing/shipped-examples.ts'

test.each([
  ['/find rack ears', { kind: 'find', text: 'rack ears' }],
  ['FIND rack', { kind: 'find', text: 'rack' }],
  ['hw-7', { kind: 'show', what: 'HW-00007' }],
  ['show HW-00012', { kind: 'show', what: 'HW-00012' }],
  ['print hw12 on PNG file', { kind: 'print', tag: 'HW-00012', printer: 'PNG file' }],
  ['print the switch', { kind: 'incomplete', usage: 'print HW-00001 [on <printer>]' }],
  [
    'change hw-7 serial=SN 1; name=core',
    { kind: 'change', tag: 'HW-00007', fields: ['serial=SN 1', 'name=core'] },
  ],
  ['change HW-00007', { kind: 'incomplete', usage: 'change HW-00001 serial=SN-1; name=core' }],
  ['interfaces hw-7', { kind: 'change', tag: 'HW-00007', fields: ['interfaces=standard'] }],
  ['interfaces of the switch', { kind: 'incomplete', usage: 'interfaces HW-00001' }],
  ['undo hw-7', { kind: 'undo', what: 'HW-00007' }],
  ['find', { kind: 'incomplete', usage: 'find <text>' }],
  ['place hw-7 near Rack 1', { kind: 'place', thing: 'HW-00007', near: 'Rack 1' }],
  ['place PowerEdge R640', { kind: 'place', thing: 'PowerEdge R640', near: null }],
  ['ip-plan', { kind: 'ip-plan', prefix: null }],
  ['ips 192.168.10.0/24', { kind: 'ip-plan', prefix: '192.168.10.0/24' }],
  ['devices', { kind: 'devices' }],
  ['What’s plugged in right now?', { kind: 'devices' }],
  ['Which printers are there?', { kind: 'printers' }],
  ['who is on the console?', { kind: 'console', place: null }],
  ['console usb:0403:6001:A9', { kind: 'console', place: 'usb:0403:6001:A9' }],
  ['console server of rack 2', { kind: 'incomplete', usage: 'console [<place>]' }],
  ['Please read the meter.', { kind: 'meter', seconds: null }],
  ['read my USB power meter for 10 seconds', { kind: 'meter', seconds: 10 }],
  ['meter 2.5 s', { kind: 'meter', seconds: 2.5 }],
  ['meter the current', { kind: 'incomplete', usage: 'meter [10 s]' }],
  ['cables', { kind: 'cable-tests', tag: null, most: null }],
  ['cables hw-42', { kind: 'cable-tests', tag: 'HW-00042', most: null }],
  ['cable tests of HW-00042', { kind: 'cable-tests', tag: 'HW-00042', most: null }],
  ['Show me the last cable tests.', { kind: 'cable-tests', tag: null, most: null }],
  ['Did the last cable pass?', { kind: 'cable-tests', tag: null, most: 1 }],
  ['the last cable test', { kind: 'cable-tests', tag: null, most: 1 }],
  ['cables of the switch', { kind: 'incomplete', usage: 'cables [last | HW-00001]' }],
  ['cable tests of the blue one', { kind: 'unknown' }],
  ['who is on the console of rack 2', { kind: 'unknown' }],
  ['what is a switch?', { kind: 'unknown' }],
  ['Start an intake for the thing with the label HW-00007.', { kind: 'describe', text: 'HW-00007' }],
])('%j is understood', (text, command) => {
  expect(parseCommand(text)).toEqual(command)
})

test('only what cannot be anything else is kept from a model', () => {
  expect(['/find x', 'HW-00001', 'queue', 'help'].map(isPlainlyCommand)).toEqual([true, true, true, true])
  for (const line of ['who is on the console?', 'read the meter', 'did the last cable pass?'])
    expect(isPlainlyCommand(line), line).toBe(true)
  const forModels = ['what is in the queue?', 'show', 'is the meter plugged in?', 'which cables did I test?']
  for (const line of ['find me a quiet switch', ...forModels]) expect(isPlainlyCommand(line)).toBe(false)
})

test('a misspelt command has a nearest one, and noise has none', () => {
  expect([nearestCommand('prnt'), nearestCommand('serch'), nearestCommand('zzzzzzzz')]).toEqual([
    'print',
    'search',
    null,
  ])
  expect(commandNames).toContain('queue')
})

describe('print on a printer', () => {
  const world = { hasTool: () => true, connections: async () => [], remembered: () => [] }
  const request = { kind: 'command', command: { kind: 'print', tag: 'HW-00001', printer: 'png' } } as const
  const printers = (names: string[]) => ({
    tool: 'devices_list_printers',
    text: JSON.stringify({ printers: names.map((name, index) => ({ printer_id: `id-${index}`, name })) }),
  })

  test('finds the printer by a piece of its name', async () => {
    expect(await nextMove(request, [], world)).toMatchObject({ tool: 'devices_list_printers' })
    expect(await nextMove(request, [printers(['Simulated', 'PNG file'])], world)).toEqual({
      kind: 'call',
      tool: 'devices_print_label',
      input: { tag: 'HW-00001', printer_id: 'id-1' },
    })
  })

  test('prints nothing when the name fits none or two', async () => {
    expect(await nextMove(request, [printers(['Brother'])], world)).toMatchObject({ kind: 'say' })
    expect(await nextMove(request, [printers(['PNG a', 'PNG b'])], world)).toMatchObject({
      kind: 'say',
      text: expect.stringContaining('More than one printer'),
    })
  })
})

test('an outage of the search is never told as "nothing found"', () => {
  const answer = { outcome: 'not-connected', note: 'SearXNG is not connected.', results: [], more: 0 }
  expect(sayResult('searxng_search_web', JSON.stringify(answer))).toBe('SearXNG is not connected.')
})

test('values from outside are shown as code, and only web addresses become links', () => {
  const answer = {
    results: [
      { title: '**bold** `tick` [x](javascript:1)', url: 'https://maker.example/a', domain: 'maker.example' },
      { title: 'bad', url: 'javascript:alert(1)', domain: 'x' },
    ],
  }
  expect(sayResult('searxng_search_web', JSON.stringify(answer)).split('\n')).toEqual([
    "- `**bold** 'tick' [x](javascript:1)` · `maker.example` · <https://maker.example/a>",
    '- `bad` · `x`',
  ])
})

/** Read in a second or never: each took as long as the square of its length. */
test.each([
  ['blanks', `find${' '.repeat(1_000_000)}x`, 'find'],
  ['hyphens', 'a-'.repeat(500_000), 'unknown'],
])('a message of a million %s holds nobody up', (_, text, kind) => {
  expect(parseCommand(text).kind).toBe(kind)
  expect(readShipped()(text)).not.toBe('action')
})
