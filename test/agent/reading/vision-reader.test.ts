import { MockLanguageModelV4 } from 'ai/test'
import { expect, test } from 'vitest'
import { promptFor } from '../../../agent/reading/families.ts'
import { readReply } from '../../../agent/reading/reading-schema.ts'
import { openVisionReader } from '../../../agent/reading/vision-reader.ts'
import type { Toolbox } from '../../../agent/tools/toolbox.ts'

function open(reply: string | Error, where: 'local' | 'cloud' = 'local') {
  const shownTo: string[] = []
  const calls: { name: string; args: Record<string, unknown> }[] = []
  const told: string[] = []
  const model = new MockLanguageModelV4({
    async doGenerate() {
      if (reply instanceof Error) throw reply
      return {
        content: [{ type: 'text', text: reply }],
        finishReason: { unified: 'stop', raw: 'stop' },
        usage: {
          inputTokens: { total: 1, noCache: 1, cacheRead: 0, cacheWrite: 0 },
          outputTokens: { total: 1, text: 1, reasoning: 0 },
        },
        warnings: [],
      }
    },
  })
  const toolbox: Toolbox = {
    cards: [],
    card: () => null,
    async call(name, args) {
      calls.push({ name, args })
      return { kind: 'answer', text: '', words: '', result: null, itemId: 'item-1', changeId: null }
    },
    resume: async () => ({ kind: 'refused', why: '' }),
    close: async () => {},
  }
  const reader = openVisionReader({
    toolbox,
    reader: () => ({
      ...{ key: 'test/eyes', name: 'eyes (Test)', where, tier: 1, model },
      ...{ capabilities: null, price: null, quirks: [] },
    }),
    async photo(_, { where: to }) {
      shownTo.push(to)
      return { bytes: new Uint8Array([0xff, 0xd8]), mediaType: 'image/jpeg' }
    },
    onOutcome: ({ words }) => told.push(words),
  })
  return { reader, calls, told, model, shownTo }
}

const item = { itemId: 'item-1', attachmentIds: ['photo-1'], knownText: 'Cisco switch' }

test('what the model says it sees is handed over as its word, with prompt and raw reply', async () => {
  const reply = 'Sure!\n```json\n{"manufacturer":"Cisco","model":"SG350-10","serial":null,"extra":"x"}\n```'
  const { reader, calls, told, model } = open(reply)
  await reader.read(item)
  expect(calls).toEqual([
    {
      name: 'netbox_add_reading',
      args: {
        item_id: 'item-1',
        manufacturer: 'Cisco',
        model: 'SG350-10',
        model_name: 'eyes (Test)',
        prompt_hash: expect.stringMatching(/^[0-9a-f]{64}$/),
        raw_reply: reply,
      },
    },
  ])
  expect(told).toEqual(['reading stored'])
  const asked = model.doGenerateCalls[0]
  expect(asked?.tools).toBeUndefined()
  expect(JSON.stringify(asked?.prompt)).toContain('image/jpeg')
})

test.each([
  ['I cannot see anything.', 'answered something that is not a reading'],
  ['{"manufacturer": null, "serial": "not visible"}', 'saw nothing that it was sure of'],
  [new Error('socket hang up'), 'did not answer'],
])('a reply of %j adds nothing and stops nothing', async (reply, words) => {
  const { reader, calls, told } = open(reply)
  await reader.read(item)
  expect([calls, told]).toEqual([[], [words]])
})

test('a model in the cloud is shown the photo that is meant for it', async () => {
  const { reader, shownTo } = open('{"model":"SG350-10"}', 'cloud')
  await reader.read(item)
  expect(shownTo).toEqual(['cloud'])
})

test('a reply is bounded and never more than its six fields', () => {
  const said = readReply(
    JSON.stringify({
      serial: 'S'.repeat(500),
      model: { nested: true },
      __proto__: { x: 1 },
      tool: 'approve',
    }),
  )
  expect(said).toEqual({
    manufacturer: null,
    model: null,
    part_number: null,
    serial: 'S'.repeat(80),
    mac_address: null,
    description: null,
  })
  expect(readReply('no json')).toBeNull()
})

test('the prompt fits the family that codes and text already show', () => {
  expect([promptFor('Cisco SG350 switch'), promptFor('NVMe SSD 1 TB'), promptFor('Intel NUC')]).toEqual([
    'read-network',
    'read-part',
    'read-computer',
  ])
})
