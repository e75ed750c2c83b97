import type { GrayImage } from './gray-image.ts'

export type Ink = 'dark' | 'light'

/**
 * Pixels that stand out from their neighbourhood by enough of its spread: `dark` marks ink on something lighter, `light`
 * the opposite. The neighbourhood's mean and spread (Niblack 1986) follow shadows; the floor, three times the sensor's grain,
 * keeps noise out.
 */
export function inkMasks(image: GrayImage, reachPixels: number): Record<Ink, Uint8Array> {
  const { pixels, width, height } = image
  const dark = new Uint8Array(pixels.length)
  const light = new Uint8Array(pixels.length)
  const columns = columnWindow(image, reachPixels)
  const grain = grainOf(image) ** 2
  const [leastVariance, leastAway] = [Math.max(20, grain * 2), Math.max(25, grain * 9)]
  for (let y = 0; y < height; y++) {
    const { sums, squares, rows } = columns.moveTo(y)
    let sum = 0
    let square = 0
    for (let x = 0; x < Math.min(reachPixels, width); x++) {
      sum += sums[x] ?? 0
      square += squares[x] ?? 0
    }
    for (let x = 0; x < width; x++) {
      const entering = x + reachPixels
      if (entering < width) {
        sum += sums[entering] ?? 0
        square += squares[entering] ?? 0
      }
      const leaving = x - reachPixels - 1
      if (leaving >= 0) {
        sum -= sums[leaving] ?? 0
        square -= squares[leaving] ?? 0
      }
      const area = rows * (Math.min(entering, width - 1) - Math.max(leaving, -1))
      const mean = sum / area
      const variance = square / area - mean * mean
      if (variance < leastVariance) continue
      const away = (pixels[y * width + x] ?? 0) - mean
      if (away * away <= Math.max(leastAway, 0.25 * variance)) continue
      if (away < 0) dark[y * width + x] = 1
      else light[y * width + x] = 1
    }
  }
  return { dark, light }
}

/** Sums and squares of every column over the rows around the current one; moved down row by row. */
function columnWindow({ pixels, width, height }: GrayImage, reach: number) {
  const sums = new Int32Array(width)
  const squares = new Int32Array(width)
  let rows = 0
  const addRow = (row: number, sign: 1 | -1) => {
    const start = row * width
    for (let x = 0; x < width; x++) {
      const value = pixels[start + x] ?? 0
      sums[x] = (sums[x] ?? 0) + sign * value
      squares[x] = (squares[x] ?? 0) + sign * value * value
    }
    rows += sign
  }
  for (let row = 0; row < Math.min(reach, height); row++) addRow(row, 1)
  return {
    moveTo(y: number) {
      if (y + reach < height) addRow(y + reach, 1)
      if (y - reach - 1 >= 0) addRow(y - reach - 1, -1)
      return { sums, squares, rows }
    },
  }
}

/** More than this is texture. */
const mostGrain = 12

/** Standard deviation of the sensor's noise: the median of a Laplacian (after Immerkær 1996), which print hardly moves. */
function grainOf({ pixels, width, height }: GrayImage): number {
  const counts = new Uint32Array(1021)
  let total = 0
  for (let y = 1; y < height - 1; y += 3) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at += 3) {
      const around =
        (pixels[at - 1] ?? 0) + (pixels[at + 1] ?? 0) + (pixels[at - width] ?? 0) + (pixels[at + width] ?? 0)
      const bend = Math.abs(4 * (pixels[at] ?? 0) - around)
      counts[bend] = (counts[bend] ?? 0) + 1
      total++
    }
  }
  let seen = 0
  const median = counts.findIndex((count) => {
    seen += count
    return seen * 2 > total
  })
  // For white noise the Laplacian spreads √20 times as wide; the median of |x| is 0.6745 σ.
  return Math.min(mostGrain, Math.max(0, median) / (0.6745 * Math.sqrt(20)))
}
