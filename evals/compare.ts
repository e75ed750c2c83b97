import { readFileSync } from 'node:fs'
import { z } from 'zod'
import { difference } from './intervals.ts'
import { alignedRows } from './table.ts'

const caseSchema = z.object({
  name: z.string(),
  rates: z.record(z.string(), z.object({ hits: z.number(), of: z.number() })),
})
const reportSchema = z.object({
  results: z.array(
    z.object({
      suite: z.string(),
      cases: z.array(caseSchema),
      beside: z.array(caseSchema).default([]),
    }),
  ),
})

/** Two reports beside each other, rate by rate. Where chance alone explains a difference, it says so. */
export function compareReports(before: string, after: string): string {
  const [first, second] = [before, after].map((file) => ratesOf(readFileSync(file, 'utf8')))
  const rows = [...(first ?? [])].flatMap(([name, a]) => {
    const b = second?.get(name)
    return b && a.of > 0 && b.of > 0 ? [[name, ...compared(a, b)]] : []
  })
  return alignedRows([['rate', 'before', 'after', 'difference', ''], ...rows]).join('\n')
}

type Counted = { hits: number; of: number }

function ratesOf(json: string): Map<string, Counted> {
  const { results } = reportSchema.parse(JSON.parse(json))
  return new Map(
    results.flatMap(({ suite, cases, beside }) =>
      [...cases, ...beside].flatMap((one) =>
        Object.entries(one.rates).map(([rate, counted]): [string, Counted] => [
          `${suite} / ${one.name} / ${rate}`,
          counted,
        ]),
      ),
    ),
  )
}

export function compared(a: Counted, b: Counted): string[] {
  const { low, high } = difference(a, b)
  const points = (share: number) => `${share < 0 ? '−' : '+'}${Math.abs(share * 100).toFixed(1)}`
  const verdict = low > 0 ? 'higher' : high < 0 ? 'lower' : 'not distinguishable'
  const shown = points(b.hits / b.of - a.hits / a.of)
  return [
    ...[`${a.hits}/${a.of}`, `${b.hits}/${b.of}`],
    ...[`${shown} points (${points(low)} to ${points(high)})`, verdict],
  ]
}
