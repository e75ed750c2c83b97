import type { Interval } from '../intervals.ts'
import { bootstrapped } from './bootstrap.ts'
import { type CasePasses, casesOf } from './leaderboard.ts'
import type { Result } from './run-folder.ts'

export interface Pair {
  a: string
  b: string
  /** Cases that both were asked. */
  cases: number
  /** Share of passes of `b` less that of `a`, case by case. */
  difference: number
  interval: Interval
  verdict: 'better' | 'worse' | 'not distinguishable'
}

/** Fewer cannot show a difference, whatever they show: five that all go one way do so by chance one time in sixteen. */
const casesMin = 6

/** Every two models on the same cases. The verdict is about `b`. */
export function pairsOf(models: string[], results: Result[]): Pair[] {
  const judged = results.filter(({ end }) => end === 'passed' || end === 'failed')
  const cases = new Map(models.map((model) => [model, casesOf(judged.filter((one) => one.model === model))]))
  return models.flatMap((a, at) =>
    models.slice(at + 1).flatMap((b) => paired({ a, b }, cases.get(a) ?? [], cases.get(b) ?? [])),
  )
}

function paired({ a, b }: { a: string; b: string }, first: CasePasses[], second: CasePasses[]): Pair[] {
  const differences = second.flatMap((one) => {
    const other = first.find(({ suite, name }) => suite === one.suite && name === one.name)
    return other ? [share(one) - share(other)] : []
  })
  if (differences.length === 0) return []
  const interval = bootstrapped(differences)
  const difference = differences.reduce((sum, one) => sum + one, 0) / differences.length
  const isEnough = differences.length >= casesMin
  const verdict = !isEnough
    ? 'not distinguishable'
    : interval.low > 0
      ? 'better'
      : interval.high < 0
        ? 'worse'
        : 'not distinguishable'
  return [{ a, b, cases: differences.length, difference, interval, verdict }]
}

const share = ({ passes }: CasePasses): number => passes.filter(Boolean).length / passes.length
