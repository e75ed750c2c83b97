import { expect, test } from 'vitest'
import { compared } from '../../evals/compare.ts'
import { clopperPearson, difference, wilson } from '../../evals/intervals.ts'

test('the Wilson interval of 0 of 10 begins at 0 and ends at 27.8 %', () => {
  const { low, high } = wilson({ hits: 0, of: 10 })
  expect(low).toBe(0)
  expect(high).toBeCloseTo(0.2775, 3)
})

test('the Wilson interval of 45 of 50 is 78.6 to 95.7 %', () => {
  const { low, high } = wilson({ hits: 45, of: 50 })
  expect(low).toBeCloseTo(0.7864, 3)
  expect(high).toBeCloseTo(0.9565, 3)
})

// Closed forms: 0 of n ends at 1 − (α/2)^(1/n), and n of n begins at (α/2)^(1/n).
test('the Clopper–Pearson interval of none and of all is the closed form', () => {
  expect(clopperPearson({ hits: 0, of: 10 })).toEqual({ low: 0, high: expect.closeTo(1 - 0.025 ** 0.1, 6) })
  expect(clopperPearson({ hits: 61, of: 61 })).toEqual({ low: expect.closeTo(0.025 ** (1 / 61), 6), high: 1 })
})

// Newcombe 1998, Statistics in Medicine 17:857, table I, 81 of 263: "exact" 0.2527 to 0.3676.
test('the Clopper–Pearson interval of 81 of 263 is the published one', () => {
  const { low, high } = clopperPearson({ hits: 81, of: 263 })
  expect(low).toBeCloseTo(0.2527, 4)
  expect(high).toBeCloseTo(0.3676, 4)
})

// Newcombe 1998, Statistics in Medicine 17:873, table II, case (a): 56/70 − 48/80, method 10: 0.0524 to 0.3339.
test('the interval of a difference is the published one', () => {
  const { low, high } = difference({ hits: 48, of: 80 }, { hits: 56, of: 70 })
  expect(low).toBeCloseTo(0.0524, 4)
  expect(high).toBeCloseTo(0.3339, 4)
})

test('two reports that chance can explain are not distinguishable', () => {
  expect(compared({ hits: 45, of: 50 }, { hits: 47, of: 50 }).at(-1)).toBe('not distinguishable')
  expect(compared({ hits: 25, of: 50 }, { hits: 47, of: 50 }).at(-1)).toBe('higher')
  expect(compared({ hits: 47, of: 50 }, { hits: 25, of: 50 }).at(-1)).toBe('lower')
})
