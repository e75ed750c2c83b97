/** A straight piece of an outline, in dots: from its upper end, `slope` dots to the right with each row. */
export interface Edge {
  topX: number
  topY: number
  bottomY: number
  slope: number
  /** Which way the outline runs here. */
  turn: 1 | -1
}

export type Point = readonly [x: number, y: number]

/** No curve is further than this from the straight pieces that stand for it. */
const flatDots = 0.02

/** Closed outlines of moves, lines and quadratic curves at absolute places: what a TrueType font draws with. */
export function edgesOf(outline: string, place: (point: Point) => Point): Edge[] {
  const words = outline.split(' ')
  const edges: Edge[] = []
  let start: Point = [0, 0]
  let last = start
  let at = 0
  const nextPoint = () => place([Number(words[at++]), Number(words[at++])])
  const lineTo = (to: Point) => {
    const edge = edgeBetween(last, to)
    if (edge) edges.push(edge)
    last = to
  }
  while (at < words.length) {
    const word = words[at++]
    if (word === 'M') {
      start = nextPoint()
      last = start
    } else if (word === 'L') lineTo(nextPoint())
    else if (word === 'Q') for (const point of flattened(last, nextPoint(), nextPoint())) lineTo(point)
    else if (word === 'Z') lineTo(start)
    else throw new Error(`An outline of a label has a part that is not drawn: ${word}`)
  }
  return edges
}

/** A level piece bounds nothing. */
function edgeBetween(from: Point, to: Point): Edge | null {
  const [fromX, fromY] = from
  const [toX, toY] = to
  if (fromY === toY) return null
  const slope = (toX - fromX) / (toY - fromY)
  return fromY < toY
    ? { topX: fromX, topY: fromY, bottomY: toY, slope, turn: 1 }
    : { topX: toX, topY: toY, bottomY: fromY, slope, turn: -1 }
}

/** Points on a quadratic curve; equal steps of it are off by its second difference over 4 steps². */
function flattened(from: Point, control: Point, to: Point): Point[] {
  const bend = Math.hypot(from[0] - 2 * control[0] + to[0], from[1] - 2 * control[1] + to[1])
  const steps = Math.max(1, Math.ceil(Math.sqrt(bend / (4 * flatDots))))
  return Array.from({ length: steps }, (_, step): Point => {
    if (step === steps - 1) return to
    const along = (step + 1) / steps
    const left = 1 - along
    const mix = (axis: 0 | 1) =>
      left * left * from[axis] + 2 * left * along * control[axis] + along * along * to[axis]
    return [mix(0), mix(1)]
  })
}
