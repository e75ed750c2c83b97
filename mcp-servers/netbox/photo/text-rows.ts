import type { Blob } from './blobs.ts'
import type { Ink } from './ink-mask.ts'
import { middleX, middleY } from './text-direction.ts'

/** Letters that follow each other along a nearly level line of an upright picture. */
export interface TextRow {
  ink: Ink
  left: number
  right: number
  /** Height of the row's capitals and the turn that is left, fitted through its letters. */
  capitalPixels: number
  slopeRadians: number
  /** Middle of the row. */
  x: number
  y: number
  letters: number
  /** Larger is more like text. */
  score: number
}

/** Between letters of one row. */
const widestGapHeights = 1.6

/** Chains letter-like blobs into rows: the next one begins close by, at about the same height and of about the same size. */
export function chainRows(blobs: Blob[], ink: Ink): TextRow[] {
  const sorted = [...blobs].sort((a, b) => a.left - b.left)
  const reach = Math.max(...blobs.map(heightOf), 0) * widestGapHeights
  const chains: Blob[][] = []
  let open: Blob[][] = []
  for (const [at, blob] of sorted.entries()) {
    if (at % 64 === 0) open = open.filter((chain) => blob.left - (chain.at(-1)?.right ?? 0) <= reach)
    const chain = bestChain(open, blob)
    if (chain) chain.push(blob)
    else {
      chains.push([blob])
      open.push(chains.at(-1) ?? [])
    }
  }
  return chains.flatMap((chain) => rowOf(chain, ink))
}

const heightOf = (blob: Blob) => blob.bottom - blob.top

function bestChain(chains: Blob[][], blob: Blob): Blob[] | null {
  let best: Blob[] | null = null
  let bestCost = Number.POSITIVE_INFINITY
  for (let at = chains.length - 1; at >= 0; at--) {
    const chain = chains[at]
    const last = chain?.at(-1)
    if (!chain || !last) continue
    const cost = linkCost(chain, last, blob)
    if (cost < bestCost) {
      best = chain
      bestCost = cost
    }
  }
  return best
}

function linkCost(chain: Blob[], last: Blob, blob: Blob): number {
  const before = chain.at(-2) ?? last
  const height = Math.max(heightOf(last), heightOf(before))
  const small = Math.min(height, heightOf(blob))
  const large = Math.max(height, heightOf(blob))
  if (large > small * 2.3) return Number.POSITIVE_INFINITY
  const gap = blob.left - last.right
  if (gap > large * widestGapHeights || gap < -large * 0.8) return Number.POSITIVE_INFINITY
  const bottomStep = Math.abs(blob.bottom - last.bottom)
  const middleStep = Math.abs(middleY(blob) - middleY(last))
  const step = Math.min(bottomStep, middleStep)
  const allowed = large * 0.32 + Math.max(0, middleX(blob) - middleX(last)) * 0.09
  if (step > allowed) return Number.POSITIVE_INFINITY
  return gap + step * 2
}

function rowOf(chain: Blob[], ink: Ink): TextRow[] {
  const heights = chain.map(heightOf).sort((a, b) => a - b)
  const capital = heights[Math.floor((heights.length - 1) * 0.75)] ?? 0
  const left = Math.min(...chain.map((blob) => blob.left))
  const right = Math.max(...chain.map((blob) => blob.right))
  const wide = right - left
  if (capital < 6 || wide < capital * 1.4) return []
  const tall = chain.filter((blob) => heightOf(blob) > capital * 0.68)
  const slope = slopeOf(tall)
  const offsets = tall.map((blob) => blob.bottom - slope * middleX(blob)).sort((a, b) => a - b)
  const base = offsets[Math.floor(offsets.length * 0.4)] ?? 0
  const x = (left + right) / 2
  const even = tall.length / chain.length
  return [
    {
      ink,
      left,
      right,
      capitalPixels: capital,
      slopeRadians: Math.atan(slope),
      x,
      y: base + slope * x - capital / 2,
      letters: chain.length,
      score: even * Math.min(12, Math.max(chain.length, wide / capital / 1.2)),
    },
  ]
}

/** Median of the slopes between letters that are far apart (Theil–Sen), bounded to what a photo's perspective leaves. */
function slopeOf(blobs: Blob[]): number {
  const slopes: number[] = []
  const step = Math.max(1, Math.floor(blobs.length / 24))
  for (let a = 0; a < blobs.length; a += step) {
    for (let b = a + 2 * step; b < blobs.length; b += step) {
      const [first, second] = [blobs[a], blobs[b]]
      if (!first || !second) continue
      slopes.push((second.bottom - first.bottom) / Math.max(1, middleX(second) - middleX(first)))
    }
  }
  slopes.sort((a, b) => a - b)
  const median = slopes[Math.floor(slopes.length / 2)] ?? 0
  return Math.abs(median) > 0.14 ? 0 : median
}
