import type { GrayImage } from './gray-image.ts'

/**
 * For bars that stand upright in the picture: averages along the bars, which takes out noise, then sharpens across them,
 * which takes back some blur. `reachPixels` is the half height of the average.
 */
export function sharpenAlong(image: GrayImage, reachPixels: number): GrayImage {
  const smooth = averageColumns(image, Math.max(1, Math.floor(reachPixels)))
  const pixels = new Uint8Array(smooth.length)
  const { width, height } = image
  for (let y = 0; y < height; y++) {
    const start = y * width
    for (let x = 0; x < width; x++) {
      const at = start + x
      const here = smooth[at] ?? 0
      const near = (smooth[x > 1 ? at - 2 : at] ?? 0) + (smooth[x < width - 2 ? at + 2 : at] ?? 0)
      const far = (smooth[x > 4 ? at - 5 : at] ?? 0) + (smooth[x < width - 5 ? at + 5 : at] ?? 0)
      const value = here + 1.4 * (here - near / 2) + 0.8 * (here - far / 2)
      pixels[at] = value < 0 ? 0 : Math.min(value, 255)
    }
  }
  return { pixels, width, height }
}

/**
 * For bars that stand upright: stretches every column between the darkest and lightest tone of its surroundings, so that
 * a shadow across the code does not hide half of it from a single threshold.
 */
export function levelAlong(image: GrayImage): GrayImage {
  const { pixels, width, height } = image
  const smooth = averageColumns(image, 2)
  const columnLow = new Float32Array(width).fill(255)
  const columnHigh = new Float32Array(width)
  for (let at = 0; at < smooth.length; at++) {
    const x = at % width
    columnLow[x] = Math.min(columnLow[x] ?? 255, smooth[at] ?? 255)
    columnHigh[x] = Math.max(columnHigh[x] ?? 0, smooth[at] ?? 0)
  }
  const reach = Math.max(16, Math.round(width / 16))
  const darkest = new Float32Array(width)
  const lightest = new Float32Array(width)
  for (let x = 0; x < width; x++) {
    const [from, to] = [Math.max(0, x - reach), Math.min(width, x + reach + 1)]
    darkest[x] = columnLow.subarray(from, to).reduce((low, value) => Math.min(low, value), 255)
    lightest[x] = columnHigh.subarray(from, to).reduce((high, value) => Math.max(high, value), 0)
  }
  const widest = lightest.reduce((range, high, x) => Math.max(range, high - (darkest[x] ?? 0)), 0)
  const out = new Uint8Array(pixels.length)
  for (let x = 0; x < width; x++) {
    const high = lightest[x] ?? 255
    const range = Math.max(high - (darkest[x] ?? 0), widest * 0.15, 6)
    for (let at = x; at < pixels.length; at += width) {
      out[at] = Math.max(0, Math.min(255, 255 - ((high - (pixels[at] ?? 0)) / range) * 255))
    }
  }
  return { pixels: out, width, height }
}

function averageColumns(image: GrayImage, reach: number): Float32Array {
  const { pixels, width, height } = image
  const out = new Float32Array(pixels.length)
  for (let x = 0; x < width; x++) {
    let sum = 0
    let count = 0
    for (let y = 0; y < Math.min(reach, height); y++) {
      sum += pixels[y * width + x] ?? 0
      count++
    }
    for (let y = 0; y < height; y++) {
      if (y + reach < height) {
        sum += pixels[(y + reach) * width + x] ?? 0
        count++
      }
      if (y - reach - 1 >= 0) {
        sum -= pixels[(y - reach - 1) * width + x] ?? 0
        count--
      }
      out[y * width + x] = sum / count
    }
  }
  return out
}
