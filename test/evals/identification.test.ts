import { expect, test } from 'vitest'
import identification from '../../evals/suites/identification.ts'

/** The whole suite is `npm run evals`; this is its small share, for every commit. */
test('on generated label photos no code is misread, no wrong serial is believed, and most serials and models are found', async () => {
  const result = await identification.run({ quick: true, progress: () => {} })
  expect(result.broken).toEqual([])
  const total = (measure: string) => {
    const rates = result.cases.flatMap((one) => one.rates[measure] ?? [])
    const sum = (pick: 'hits' | 'of') => rates.reduce((all, rate) => all + rate[pick], 0)
    return sum('hits') / sum('of')
  }
  expect(total('serial decoded')).toBeGreaterThan(0.7)
  expect(total('serial by OCR, 0/O folded')).toBeGreaterThan(0.5)
  expect(total('model')).toBeGreaterThan(0.75)
}, 300_000)
