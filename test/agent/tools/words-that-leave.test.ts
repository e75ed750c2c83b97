import { beforeEach, expect, test } from 'vitest'
import type { Toolbox } from '../../../agent/tools/toolbox.ts'
import { openWordsThatLeave } from '../../../agent/tools/words-that-leave.ts'

/** A model between the inventory and the web: what it may search for. */

const record = { tag: 'HW-00102', model: 'Synology DS923+', serial: '2210SBRW7TN4X', location: 'Cellar' }
let searched: unknown[]
let typed: string
let tools: Toolbox
beforeEach(() => {
  searched = []
  typed = ''
  const answer = (text: string) => ({
    ...{ kind: 'answer' as const, text, words: '', result: null, itemId: null, changeId: null },
  })
  const toolbox: Toolbox = {
    cards: [],
    card: (name) => ({
      ...{ name, tool: name, title: name, description: '', readOnly: true, inputSchema: { type: 'object' } },
      server: name.split('_')[0] ?? '',
    }),
    async call(name, args) {
      if (name === 'searxng_search_web') searched.push(args.query)
      return answer(name.startsWith('netbox') ? JSON.stringify({ records: [record] }) : '{}')
    },
    resume: async () => ({ kind: 'refused', why: 'Not here.' }),
    close: async () => {},
  }
  tools = openWordsThatLeave(() => [typed])(toolbox, 'c1')
})

const options = { signal: new AbortController().signal, onProgress() {} }
const search = (query: string) => tools.call('searxng_search_web', { query }, options)
const lookUp = () => tools.call('netbox_find_item', { text: 'nas' }, options)

test('a serial number that the inventory told is not searched for, and the refusal says which word', async () => {
  await lookUp()
  expect(await search('Synology DS923+ 2210SBRW7TN4X')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('“2210sbrw7tn4x”'),
  })
  expect(searched).toEqual([])
})

test('the product that the inventory told is searched for', async () => {
  await lookUp()
  await search('Synology DS923+ datasheet')
  expect(searched).toEqual(['Synology DS923+ datasheet'])
})

test('a product that nobody looked up or typed is not', async () => {
  expect(await search('Synology DS923+ datasheet')).toMatchObject({ kind: 'refused' })
})

test('what a person typed may go out, a serial number too', async () => {
  typed = 'is 2210SBRW7TN4X under warranty?'
  await search('2210sbrw7tn4x warranty')
  expect(searched).toEqual(['2210sbrw7tn4x warranty'])
})

test('a secret that is spelt out with letters that are known is not searched for', async () => {
  typed = 'a b c d e f 0 1 2 3'
  expect(await search('b 2 d 0 f 1')).toMatchObject({ kind: 'refused' })
  expect(searched).toEqual([])
})

test('plain words of an owner’s note are not searched for', async () => {
  await lookUp()
  expect(await search('key under the flowerpot')).toMatchObject({ kind: 'refused' })
})
