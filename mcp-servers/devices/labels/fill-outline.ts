import type { Bitmap } from './bitmap.ts'
import type { Edge } from './outline.ts'

/** Sums of pieces that make exactly half a dot differ in their last bits. */
const half = 0.5 - 1e-9

/**
 * Colours every dot that the outline covers by half or more. The share of each dot is its true area: along a row every
 * edge adds what lies right of it, and the running sum is the share. One row is held at a time.
 */
export function fillOutline(bitmap: Bitmap, edges: Edge[], colour: 'black' | 'white'): void {
  const waiting = edges.toSorted((one, other) => other.topY - one.topY)
  const shares = new Float64Array(bitmap.widthDots + 2)
  const columns = columnsOf(edges, bitmap.widthDots)
  let active: Edge[] = []
  bitmap.rows.forEach((row, y) => {
    for (let next = waiting.at(-1); next && next.topY < y + 1; next = waiting.at(-1)) {
      active.push(next)
      waiting.pop()
    }
    active = active.filter((edge) => edge.bottomY > y)
    if (active.length === 0) return
    for (const edge of active) addEdge(shares, edge, y)
    colourRow(row, shares, columns, colour)
  })
}

interface Columns {
  from: number
  until: number
}

function columnsOf(edges: Edge[], widthDots: number): Columns {
  let [from, until] = [widthDots, 0]
  for (const { topX, topY, bottomY, slope } of edges) {
    const bottomX = topX + (bottomY - topY) * slope
    from = Math.min(from, topX, bottomX)
    until = Math.max(until, topX, bottomX)
  }
  return { from: Math.max(0, Math.floor(from)), until: Math.min(widthDots, Math.ceil(until)) }
}

/** The part of the edge within the row, cut where it passes from dot to dot. */
function addEdge(shares: Float64Array, edge: Edge, y: number): void {
  const { slope, turn } = edge
  const fromY = Math.max(edge.topY, y)
  const untilY = Math.min(edge.bottomY, y + 1)
  const startX = edge.topX + (fromY - edge.topY) * slope
  const endX = edge.topX + (untilY - edge.topY) * slope
  const [leftX, rightX] = startX < endX ? [startX, endX] : [endX, startX]
  const [firstColumn, lastColumn] = [Math.floor(leftX), Math.floor(rightX)]
  const tall = turn * (untilY - fromY)
  if (firstColumn === lastColumn) addPiece(shares, firstColumn, (leftX + rightX) / 2, tall)
  else
    for (let column = firstColumn; column <= lastColumn; column += 1) {
      const pieceLeft = Math.max(leftX, column)
      const pieceRight = Math.min(rightX, column + 1)
      const part = (pieceRight - pieceLeft) / (rightX - leftX)
      addPiece(shares, column, (pieceLeft + pieceRight) / 2, tall * part)
    }
}

/** What lies left of the label covers its first dot; what lies right of it, none. */
function addPiece(shares: Float64Array, column: number, middleX: number, tall: number): void {
  const at = Math.min(Math.max(column, 0), shares.length - 2)
  const within = column < 0 ? 0 : Math.min(middleX - column, 1)
  shares[at] = (shares[at] ?? 0) + tall * (1 - within)
  shares[at + 1] = (shares[at + 1] ?? 0) + tall * within
}

/** Leaves the shares cleared for the next row. */
function colourRow(
  row: Uint8Array,
  shares: Float64Array,
  { from, until }: Columns,
  colour: 'black' | 'white',
): void {
  let share = 0
  for (let x = from; x < until; x += 1) {
    share += shares[x] ?? 0
    if (share < half && share > -half) continue
    const bit = 0x80 >> (x & 7)
    const byte = row[x >> 3] ?? 0
    row[x >> 3] = colour === 'black' ? byte | bit : byte & ~bit
  }
  shares.fill(0)
}
