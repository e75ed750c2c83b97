import type { Blob } from './blobs.ts'

/** Direction in which letters follow each other, as an angle in (-π/2, π/2], with its share of all votes. */
export interface TextDirection {
  angleRadians: number
  share: number
}

const binDegrees = 2
const binCount = 180 / binDegrees

/** Lets every letter-like blob vote for the direction to its nearest neighbours of its size; at most `limit` peaks. */
export function findDirections(blobs: Blob[], limit: number): TextDirection[] {
  const votes = new Float64Array(binCount)
  const grid = gridOf(blobs)
  for (const blob of blobs) {
    const size = sizeOf(blob)
    const near = grid
      .around(blob, size * 3)
      .filter((other) => other !== blob && sizeOf(other) > size * 0.55 && sizeOf(other) < size * 1.8)
      .map((other) => ({ other, distance: distanceBetween(blob, other) }))
      .filter(({ distance }) => distance > 0 && distance < size * 2.2)
      .sort((a, b) => a.distance - b.distance)
      .slice(0, 2)
    for (const { other } of near) {
      const angle = Math.atan2(middleY(other) - middleY(blob), middleX(other) - middleX(blob))
      const degrees = ((angle * 180) / Math.PI + 360) % 180
      const bin = Math.floor(degrees / binDegrees) % binCount
      votes[bin] = (votes[bin] ?? 0) + 1
    }
  }
  return peaksOf(votes, limit)
}

function peaksOf(votes: Float64Array, limit: number): TextDirection[] {
  const at = (bin: number) => votes[(bin + binCount) % binCount] ?? 0
  const smooth = Array.from(
    votes,
    (_, bin) => at(bin - 2) + 2 * at(bin - 1) + 3 * at(bin) + 2 * at(bin + 1) + at(bin + 2),
  )
  const total = smooth.reduce((sum, vote) => sum + vote, 0) || 1
  const peaks: TextDirection[] = []
  while (peaks.length < limit) {
    const best = smooth.reduce((top, vote, bin) => (vote > (smooth[top] ?? 0) ? bin : top), 0)
    if ((smooth[best] ?? 0) <= 0) break
    let weight = 0
    let lean = 0
    for (let step = -4; step <= 4; step++) {
      weight += at(best + step)
      lean += at(best + step) * step
    }
    const degrees = (best + 0.5 + (weight > 0 ? lean / weight : 0)) * binDegrees
    let share = 0
    for (let step = -8; step <= 8; step++) {
      const bin = (best + step + binCount) % binCount
      share += smooth[bin] ?? 0
      smooth[bin] = 0
    }
    peaks.push({
      angleRadians: ((degrees > 90 ? degrees - 180 : degrees) * Math.PI) / 180,
      share: share / total,
    })
  }
  return peaks
}

export const sizeOf = (blob: Blob) => Math.max(blob.right - blob.left, blob.bottom - blob.top)
export const middleX = (blob: Blob) => (blob.left + blob.right) / 2
export const middleY = (blob: Blob) => (blob.top + blob.bottom) / 2

function distanceBetween(a: Blob, b: Blob): number {
  return Math.hypot(middleX(a) - middleX(b), middleY(a) - middleY(b))
}

const cellPixels = 32

function gridOf(blobs: Blob[]) {
  const cells = Map.groupBy(blobs, (blob) => cellOf(middleX(blob), middleY(blob)))
  return {
    around(blob: Blob, distance: number): Blob[] {
      const reach = Math.min(6, Math.ceil(distance / cellPixels))
      const found: Blob[] = []
      for (let stepY = -reach; stepY <= reach; stepY++)
        for (let stepX = -reach; stepX <= reach; stepX++)
          found.push(
            ...(cells.get(cellOf(middleX(blob) + stepX * cellPixels, middleY(blob) + stepY * cellPixels)) ??
              []),
          )
      return found
    },
  }
}

function cellOf(x: number, y: number): number {
  return Math.floor(y / cellPixels) * 10_000 + Math.floor(x / cellPixels)
}
