import { expect, test } from 'vitest'
import type { LiveRow } from '../../agent/protocol/meters.ts'
import { columnsOf, withRows } from '../../ui/bench/meter/live-columns.ts'
import { clockWords, durationWords, gapWords } from '../../ui/bench/meter/quantities.ts'

const rows = (fromMs: number, count: number): LiveRow[] =>
  Array.from({ length: count }, (_, at) => [fromMs + at * 10, 5, 2, 0.6, 0.7])

test('the last minute is kept, and no more', () => {
  const kept = withRows(rows(0, 5000), rows(50_000, 3000))
  expect(kept.at(-1)?.[0]).toBe(79_990)
  expect(kept[0]?.[0]).toBe(19_990)
})

test('rows that came before are not drawn twice', () => {
  expect(withRows(rows(0, 100), rows(500, 100))).toHaveLength(150)
})

test('time without rows is a gap, although nobody told of it', () => {
  const held = withRows(rows(0, 10), rows(3000, 10))
  expect(columnsOf(held).watts).toEqual([...Array(10).fill(10), null, ...Array(10).fill(10)])
  expect(columnsOf(held).seconds[0]).toBeCloseTo(-3.09)
  expect(columnsOf(held).seconds.at(-1)).toBe(0)
})

test('times and gaps are told as a person says them', () => {
  expect([8.24, 59, 134, 3905].map(durationWords)).toEqual(['8.2 s', '59 s', '2 min 14 s', '1 h 05 min'])
  expect([30, 3905].map(clockWords)).toEqual(['0:30', '1:05:05'])
  expect(gapWords(0, 0)).toBe(null)
  expect(gapWords(2, 9.2)).toBe('2 gaps, 9.2 s without samples')
})
