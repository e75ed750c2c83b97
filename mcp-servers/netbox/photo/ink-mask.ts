import type { GrayImage } from './gray-image.ts'

export type Ink = 'dark' | 'light'

/**
 * Pixels that stand out from their neighbourhood by enough of its spread: `dark` marks ink on something lighter, `light`
 * the opposite. The neighbourhood's mean and spread (Niblack 1986) follow shadows; the floor keeps grain out.
 */
export function inkMasks(image: GrayImage, reachPixels: number): Record<Ink, Uint8Array> {
  const { pixels, width, height } = image
  const { sums, squares } = integrals(image)
  const dark = new Uint8Array(pixels.length)
  const light = new Uint8Array(pixels.length)
  const stride = width + 1
  for (let y = 0; y < height; y++) {
    const top = Math.max(0, y - reachPixels) * stride
    const bottom = Math.min(height, y + reachPixels + 1) * stride
    const rows = (bottom - top) / stride
    for (let x = 0; x < width; x++) {
      const left = x > reachPixels ? x - reachPixels : 0
      const right = Math.min(x + reachPixels + 1, width)
      const area = rows * (right - left)
      const sum =
        (sums[bottom + right] ?? 0) -
        (sums[bottom + left] ?? 0) -
        (sums[top + right] ?? 0) +
        (sums[top + left] ?? 0)
      const square =
        (squares[bottom + right] ?? 0) -
        (squares[bottom + left] ?? 0) -
        (squares[top + right] ?? 0) +
        (squares[top + left] ?? 0)
      const mean = sum / area
      const variance = square / area - mean * mean
      if (variance < 20) continue
      const away = (pixels[y * width + x] ?? 0) - mean
      const spread = Math.sqrt(variance)
      const needed = Math.max(5, 0.5 * spread)
      if (away < -needed) dark[y * width + x] = 1
      else if (away > needed) light[y * width + x] = 1
    }
  }
  return { dark, light }
}

function integrals(image: GrayImage): { sums: Float64Array; squares: Float64Array } {
  const { pixels, width, height } = image
  const stride = width + 1
  const sums = new Float64Array(stride * (height + 1))
  const squares = new Float64Array(stride * (height + 1))
  for (let y = 0; y < height; y++) {
    let rowSum = 0
    let rowSquare = 0
    const above = y * stride
    const here = above + stride
    for (let x = 0; x < width; x++) {
      const value = pixels[y * width + x] ?? 0
      rowSum += value
      rowSquare += value * value
      sums[here + x + 1] = (sums[above + x + 1] ?? 0) + rowSum
      squares[here + x + 1] = (squares[above + x + 1] ?? 0) + rowSquare
    }
  }
  return { sums, squares }
}
