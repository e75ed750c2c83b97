import fc from 'fast-check'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { reseedTags } from '../../../../mcp-servers/netbox/tags/reseed-tags.ts'
import { tagNumber, tagText } from '../../../../mcp-servers/netbox/tags/tag-text.ts'
import {
  allocateTag,
  claimTag,
  itemOfTag,
  raiseTagFloor,
  tagOfItem,
} from '../../../../mcp-servers/netbox/tags/tags.ts'
import type { LabDatabase } from '../../../../mcp-servers/serving/database.ts'
import { enqueue, labDatabase, queueWorld } from '../outbox/queue-world.ts'

let database: LabDatabase
beforeEach(() => {
  database = labDatabase()
})
afterEach(() => {
  database.close()
})

test('tags count up from HW-00001, and an item keeps its tag', () => {
  expect(allocateTag(database, 'a')).toBe('HW-00001')
  expect(allocateTag(database, 'b')).toBe('HW-00002')
  expect(allocateTag(database, 'a')).toBe('HW-00001')
  expect([tagOfItem(database, 'b'), itemOfTag(database, 'hw-00002'), tagOfItem(database, 'c')]).toEqual([
    'HW-00002',
    'b',
    null,
  ])
})

test('a tag comes with its caller’s transaction or not at all', () => {
  expect(() =>
    database.transaction(() => {
      allocateTag(database, 'a')
      throw new Error('taken back')
    })(),
  ).toThrow('taken back')
  expect(tagOfItem(database, 'a')).toBeNull()
})

test('a given tag cannot be taken away or handed on, not even by hand', () => {
  allocateTag(database, 'a')
  expect(() => database.exec('delete from tags')).toThrow('once, ever')
  expect(() => database.exec("update tags set item_id = 'b'")).toThrow('once, ever')
})

test('a printed label is claimed once, and counting goes around it', () => {
  allocateTag(database, 'a')
  expect(claimTag(database, 'printed', ' hw-00003 ')).toEqual({ kind: 'claimed', tag: 'HW-00003' })
  expect(claimTag(database, 'printed', 'HW-00003')).toEqual({ kind: 'claimed', tag: 'HW-00003' })
  expect([allocateTag(database, 'b'), allocateTag(database, 'c')]).toEqual(['HW-00002', 'HW-00004'])
  expect(claimTag(database, 'other', 'HW-00003')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('belongs to another item'),
  })
  expect(claimTag(database, 'a', 'HW-00009')).toMatchObject({
    kind: 'refused',
    why: expect.stringContaining('keeps its tag'),
  })
  expect(claimTag(database, 'new', 'HW-1')).toMatchObject({ kind: 'refused' })
  expect(claimTag(database, 'new', 'HW-00000')).toMatchObject({ kind: 'refused' })
})

test('beyond HW-99999 the number grows', () => {
  raiseTagFloor(database, 99_998)
  expect([allocateTag(database, 'a'), allocateTag(database, 'b')]).toEqual(['HW-99999', 'HW-100000'])
  expect(claimTag(database, 'c', 'HW-100001')).toEqual({ kind: 'claimed', tag: 'HW-100001' })
})

test('every number has one way to be written, and comes back from it', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 999_999_999 }), (number) => {
      expect(tagNumber(tagText(number))).toBe(number)
      expect(tagNumber(`HW-0${tagText(number).slice(3)}`)).toBeNull()
    }),
  )
})

test('no mixture of allocating and claiming gives a tag to two items', () => {
  const step = fc.record({
    item: fc.integer({ min: 0, max: 12 }),
    claim: fc.option(fc.integer({ min: 1, max: 15 })),
  })
  fc.assert(
    fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
      const lab = labDatabase()
      const given = new Map<string, string>()
      for (const { item, claim } of steps) {
        const outcome =
          claim === null
            ? { kind: 'claimed' as const, tag: allocateTag(lab, `item-${item}`) }
            : claimTag(lab, `item-${item}`, tagText(claim))
        if (outcome.kind === 'refused') continue
        expect(given.get(outcome.tag) ?? `item-${item}`).toBe(`item-${item}`)
        given.set(outcome.tag, `item-${item}`)
      }
      expect(new Set(given.values()).size).toBe(given.size)
      lab.close()
    }),
    { numRuns: 60 },
  )
})

test('at start the sequence is lifted over the highest tag in the inventory', async () => {
  const lab = queueWorld()
  lab.outbox.start()
  for (const number of [7, 41, 100_002]) enqueue(lab.outbox, number)
  await lab.until(() => lab.settled.length === 3)
  expect(await reseedTags(database, lab.inventory)).toEqual({ kind: 'seeded', highest: 100_002 })
  expect(allocateTag(database, 'a')).toBe('HW-100003')
  await lab.outbox.stop()
})

test('an inventory that is away is told apart from an empty one', async () => {
  const lab = queueWorld({ next: () => ({ kind: 'refused' }) })
  expect(await reseedTags(database, lab.inventory)).toMatchObject({ kind: 'away' })
  expect(allocateTag(database, 'a')).toBe('HW-00001')
})
