import type { Rate } from './case.ts'

export interface Interval {
  low: number
  high: number
}

const z = 1.959964
const alpha = 0.05

/** 95 % Wilson score interval of a proportion (Wilson 1927), as shares from 0 to 1. */
export function wilson({ hits, of }: Rate): Interval {
  if (of === 0) return { low: 0, high: 1 }
  const share = hits / of
  const centre = share + (z * z) / (2 * of)
  const spread = z * Math.sqrt((share * (1 - share)) / of + (z * z) / (4 * of * of))
  const scale = 1 + (z * z) / of
  return { low: Math.max(0, (centre - spread) / scale), high: Math.min(1, (centre + spread) / scale) }
}

/** 95 % interval of a proportion that is never too narrow (Clopper and Pearson 1934): for limits that must hold. */
export function clopperPearson({ hits, of }: Rate): Interval {
  if (of === 0) return { low: 0, high: 1 }
  return {
    low: hits === 0 ? 0 : bisect((share) => 1 - atMost(hits - 1, of, share) < alpha / 2),
    high: hits === of ? 1 : bisect((share) => atMost(hits, of, share) > alpha / 2),
  }
}

/** 95 % interval of `b − a` for two proportions that were measured apart (Newcombe 1998, method 10). */
export function difference(a: Rate, b: Rate): Interval {
  const [from, to] = [wilson(a), wilson(b)]
  const [shareA, shareB] = [a.hits / a.of, b.hits / b.of]
  const change = shareB - shareA
  return {
    low: change - Math.hypot(shareB - to.low, from.high - shareA),
    high: change + Math.hypot(to.high - shareB, shareA - from.low),
  }
}

/** The share where `isBelow` turns from true to false. */
function bisect(isBelow: (share: number) => boolean): number {
  let [low, high] = [0, 1]
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2
    if (isBelow(middle)) low = middle
    else high = middle
  }
  return low
}

/** The probability of `hits` or fewer of `of`, each with probability `share`. */
function atMost(hits: number, of: number, share: number): number {
  if (share <= 0) return 1
  if (share >= 1) return hits >= of ? 1 : 0
  let sum = 0
  let logChoose = 0
  for (let count = 0; count <= hits; count++) {
    if (count > 0) logChoose += Math.log((of - count + 1) / count)
    sum += Math.exp(logChoose + count * Math.log(share) + (of - count) * Math.log1p(-share))
  }
  return Math.min(1, sum)
}
