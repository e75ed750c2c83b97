import { expect, test } from 'vitest'
import { wilson } from '../../evals/case.ts'

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
