import type { Interval } from '../intervals.ts'
import { openRandom } from '../worlds/random.ts'

const resamples = 4000

/** 95 % percentile bootstrap of a mean (Efron 1979). Cases are drawn, not trials: the trials of one case are alike. */
export function bootstrapped(values: number[]): Interval {
  const random = openRandom(1979)
  const means = Array.from({ length: resamples }, () => {
    let total = 0
    for (let draw = 0; draw < values.length; draw += 1)
      total += values[random.integer(0, values.length - 1)] ?? 0
    return total / values.length
  }).sort((a, b) => a - b)
  const at = (share: number) => means[Math.min(resamples - 1, Math.floor(resamples * share))] ?? 0
  return { low: at(0.025), high: at(0.975) }
}
