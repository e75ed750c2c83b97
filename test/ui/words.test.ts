import { describe, expect, test } from 'vitest'
import { approveWords } from '../../ui/cards/approve-words.ts'
import { askedWords } from '../../ui/cards/change-card.tsx'
import { sentencesOf } from '../../ui/chat/announcer.tsx'
import { costWords, timeWords } from '../../ui/chat/answered-by.tsx'
import { claimIn, placeIn } from '../../ui/house/place.ts'
import { cropUrl } from '../../ui/intake/crop.tsx'
import { changeLook, isFirstReading, itemLook } from '../../ui/intake/item-look.ts'
import { likelihoodWords } from '../../ui/intake/likelihood.ts'
import { agoWords, remainingWords } from '../../ui/kit/elapsed.ts'
import { refusalBefore } from '../../ui/upload-photos.ts'
import { fakeChange, fakeField, fakeItem } from '../support/fake-lab-things.ts'
import { fakeRecord } from '../support/fake-record.ts'

const nowMs = Date.parse('2026-11-20T12:00:00.000Z')
const isoIn = (ms: number) => new Date(nowMs + ms).toISOString()

describe('times in words', () => {
  test.each([
    [1_000, 'in 1 second'],
    [40_000, 'in 40 seconds'],
    [61_000, 'in 2 minutes'],
    [15 * 60_000, 'in 15 minutes'],
    [5 * 3_600_000, 'in 5 hours'],
    [72 * 3_600_000, 'in 3 days'],
  ])('%d ms from now is %s', (ms, words) => {
    expect(remainingWords(isoIn(ms), nowMs)).toBe(words)
  })

  test('a time that is over has no words, a broken one neither', () => {
    expect(remainingWords(isoIn(0), nowMs)).toBeNull()
    expect(remainingWords('never', nowMs)).toBeNull()
    expect(agoWords('never', nowMs)).toBe('')
    expect(agoWords(isoIn(-30_000), nowMs)).toBe('just now')
    expect(agoWords(isoIn(-5 * 60_000), nowMs)).toBe('5 min ago')
  })
})

test.each([
  ['client:HWLab chat', 'Asked for in the chat'],
  ['client:claude-desktop', 'Asked for by claude-desktop, another program'],
  ['operator:bench', 'Asked for by bench'],
  ['operator', 'Asked for by operator'],
])('who asked for a request: %s', (requester, words) => {
  expect(askedWords(requester)).toBe(words)
})

describe('how sure a field is', () => {
  const evidence = [{ id: 'e', kind: 'read' as const, words: '', value: 'x', quote: '', crop: null }]
  test.each([
    [0.98, 'certain'],
    [0.7, 'likely'],
    [0.69, 'unsure'],
    [0.3, 'doubtful'],
  ])('%d is %s', (probability, words) => {
    expect(likelihoodWords(fakeField('serial', 'Serial', { value: 'x', probability, evidence }))).toBe(words)
  })
  test('a conflict is said before any number', () => {
    const field = fakeField('serial', 'Serial', { value: 'x', probability: 0.9, conflict: true, evidence })
    expect(likelihoodWords(field)).toBe('readings disagree')
  })
  test('a value without evidence has nothing to weigh', () => {
    expect(likelihoodWords(fakeField('role', 'Role', { value: 'Server', probability: 1 }))).toBeNull()
  })
})

describe('the looks of a card', () => {
  test.each([
    ['proposed', 'waiting'],
    ['approved', 'working'],
    ['executing', 'working'],
    ['done', 'done'],
    ['failed', 'failed'],
    ['unknown', 'failed'],
    ['stale', 'failed'],
    ['declined', 'expired'],
    ['cancelled', 'expired'],
    ['expired', 'expired'],
    ['superseded', 'expired'],
  ] as const)('a request that is %s looks %s', (state, look) => {
    expect(changeLook(fakeChange({ state }))).toBe(look)
  })
  test('an item that is being read works, whatever its request says', () => {
    const stages = [{ name: 'Text', words: 'Reading text…', status: 'working' as const }]
    expect(itemLook(fakeItem({ stages, change: fakeChange() }))).toBe('working')
  })
  test('a field is not called invisible before anything was read', () => {
    const stages = [{ name: 'Codes', words: 'Reading codes…', status: 'working' as const }]
    expect(isFirstReading(fakeItem({ stages, fields: [fakeField('serial', 'Serial', {})] }))).toBe(true)
    expect(isFirstReading(fakeItem({ stages }))).toBe(false)
    expect(isFirstReading(fakeItem({ fields: [fakeField('serial', 'Serial', {})] }))).toBe(false)
  })
  test('a record stays done when a later request about it expires', () => {
    const record = fakeRecord
    expect(itemLook(fakeItem({ record, change: fakeChange({ state: 'expired' }) }))).toBe('done')
  })
})

test('the approving button promises no print that was switched off', () => {
  expect(approveWords(fakeChange(), [])).toBe('Confirm and print')
  expect(approveWords(fakeChange(), [1])).toBe('Confirm')
})

test('a crop is asked for in whole pixels that hold the whole box', () => {
  const box = { left: 10.6, top: -0.4, width: 99.2, height: 0.2 }
  expect(cropUrl({ attachmentId: 'a b', box })).toBe(
    '/attachments/a%20b/crop?left=10&top=0&width=100&height=1',
  )
})

test('only whole sentences are read out while an answer is being made', () => {
  expect(sentencesOf('It is a switch. It has 24 po', false)).toEqual(['It is a switch.'])
  expect(sentencesOf('It is a switch. It has 24 ports', true)).toEqual(['It is a switch.', 'It has 24 ports'])
})

test('time and cost have units', () => {
  expect([timeWords(840), timeWords(3_240), timeWords(95_000)]).toEqual(['840 ms', '3.2 s', '1 min 35 s'])
  expect([timeWords(59_980), timeWords(119_700)]).toEqual(['1 min 0 s', '2 min 0 s'])
  expect(timeWords(null)).toBe('time unknown')
  expect([costWords(0), costWords(0.002), costWords(1.5)]).toEqual(['free', 'under 1 cent', '$1.50'])
  expect([costWords(0.002, true), costWords(0.05, true)]).toEqual(['under 1 cent', 'up to $0.05'])
})

describe('the address of a label', () => {
  test('an unknown label starts an intake for its tag', () => {
    expect(claimIn('/a/hw-00007')).toBe('HW-00007')
    expect(claimIn('/')).toBeNull()
  })
  test('a known one opens its item or its record', () => {
    expect(placeIn('?item=01H')).toEqual({ kind: 'item', itemId: '01H' })
    expect(placeIn('?tag=hw-00007')).toEqual({ kind: 'tag', tag: 'HW-00007' })
    expect(placeIn('')).toEqual({ kind: 'chat' })
  })
})

describe('a file that is not worth sending', () => {
  test.each([
    [{ name: 'a.svg', type: 'image/svg+xml', size: 10 }, /not a JPEG/],
    [{ name: 'a.jpg', type: 'image/jpeg', size: 0 }, /empty/],
    [{ name: 'a.jpg', type: 'image/jpeg', size: 200 * 1024 * 1024 }, /200 MB/],
  ])('%o is refused with a sentence', (file, words) => {
    expect(refusalBefore(file)).toMatch(words)
  })
  test('a HEIC photo passes even when the browser does not know the type', () => {
    expect(refusalBefore({ name: 'IMG_1.HEIC', type: '', size: 10 })).toBeNull()
  })
})
