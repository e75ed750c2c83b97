import type { CodeSeen } from './photo-reading.ts'

/** One decode in one pass over one picture. */
export interface Sighting extends Omit<CodeSeen, 'box'> {
  corners: { x: number; y: number }[]
  /** Passes with different numbers looked at different pixels (another scale, another half of the bars). */
  pass: number
  /** Scan lines that agreed, for linear codes. */
  lineCount: number
}

/**
 * How many different passes must read the same text before it counts. A wrong decode is worse than none: Code 39, ITF and
 * Codabar have no check digit, EAN's single digit lets one in ten through, Code 128's modulo 103 is good but not alone.
 */
function sightingsNeeded(sighting: Sighting): number {
  switch (sighting.symbology) {
    case 'Code 128':
      return sighting.lineCount >= 4 ? 1 : 2
    case 'Code 93':
      return sighting.lineCount >= 3 ? 1 : 2
    case 'Code 39':
    case 'ITF':
    case 'Codabar':
    case 'EAN-13':
    case 'UPC-A':
      return 2
    default:
      return 1
  }
}

const shortestText: Record<string, number> = { 'Code 39': 4, ITF: 8, Codabar: 6, 'Code 93': 3, 'Code 128': 2 }

/** `seenAt` holds the corners of every pass that read it: a linear code is seen line by line. */
export type BelievedCode = Omit<CodeSeen, 'box'> & {
  corners: Sighting['corners']
  seenAt: Sighting['corners']
}

/** The codes that can be believed, each once, top to bottom; at a spot where two texts compete, neither or the clear winner. */
export function believeSightings(sightings: Sighting[]): BelievedCode[] {
  const long = sightings.filter((seen) => seen.text.length >= (shortestText[seen.symbology] ?? 1))
  const spots: Sighting[][] = []
  for (const sighting of long) {
    const spot = spots.find((others) => others.some((other) => overlap(other, sighting)))
    if (spot) spot.push(sighting)
    else spots.push([sighting])
  }
  return spots
    .flatMap((spot) => winnerOf(spot))
    .sort((a, b) => (a.corners[0]?.y ?? 0) - (b.corners[0]?.y ?? 0))
}

function winnerOf(spot: Sighting[]): BelievedCode[] {
  const byText = Map.groupBy(spot, (sighting) => `${sighting.symbology}\n${sighting.text}`)
  const ranked = [...byText.values()]
    .map((same) => ({ same, passes: new Set(same.map((sighting) => sighting.pass)).size }))
    .sort((a, b) => b.passes - a.passes || mostLines(b.same) - mostLines(a.same))
  const [first, second] = ranked
  if (!first) return []
  if (second && second.passes * 2 > first.passes) return []
  const best = first.same.reduce((a, b) => (b.lineCount > a.lineCount ? b : a))
  if (first.passes < sightingsNeeded(best)) return []
  return [{ ...best, seenAt: first.same.flatMap((sighting) => sighting.corners) }]
}

const mostLines = (sightings: Sighting[]) => Math.max(...sightings.map((sighting) => sighting.lineCount))

function overlap(a: Sighting, b: Sighting): boolean {
  const [middleA, middleB] = [middleOf(a), middleOf(b)]
  return holds(a, middleB) || holds(b, middleA) || onOneCode(a, b)
}

const middleOf = (seen: Sighting) => ({
  x: seen.corners.reduce((sum, corner) => sum + corner.x, 0) / seen.corners.length,
  y: seen.corners.reduce((sum, corner) => sum + corner.y, 0) / seen.corners.length,
})

/** Scan lines of one linear code may lie apart: next to each other across the bars, within a tenth of its length. */
function onOneCode(a: Sighting, b: Sighting): boolean {
  const [first, second] = a.corners
  if (!first || !second) return false
  const length = Math.hypot(second.x - first.x, second.y - first.y)
  if (length === 0) return false
  const [cos, sin] = [(second.x - first.x) / length, (second.y - first.y) / length]
  const [middleA, middleB] = [middleOf(a), middleOf(b)]
  const [awayX, awayY] = [middleB.x - middleA.x, middleB.y - middleA.y]
  return (
    Math.abs(awayX * cos + awayY * sin) < length * 0.3 && Math.abs(-awayX * sin + awayY * cos) < length * 0.1
  )
}

/** Whether the point lies in the quadrilateral (all on one side of every edge). */
function holds(sighting: Sighting, point: { x: number; y: number }): boolean {
  const { corners } = sighting
  const sides = corners.map((corner, at) => {
    const next = corners[(at + 1) % corners.length] ?? corner
    return (next.x - corner.x) * (point.y - corner.y) - (next.y - corner.y) * (point.x - corner.x)
  })
  return sides.every((side) => side >= 0) || sides.every((side) => side <= 0)
}
