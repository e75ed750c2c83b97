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
  const { low, high } = columnTones(image)
  const reach = Math.max(16, Math.round(width / 16))
  const darkest = spreadTones(low, reach, Math.min)
  const lightest = spreadTones(high, reach, Math.max)
  const widest = lightest.reduce((range, tone, x) => Math.max(range, tone - (darkest[x] ?? 0)), 0)
  const ranges = lightest.map((tone, x) => Math.max(tone - (darkest[x] ?? 0), widest * 0.15, 6))
  const out = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    const start = y * width
    for (let x = 0; x < width; x++) {
      const tone = 255 - (((lightest[x] ?? 255) - (pixels[start + x] ?? 0)) / (ranges[x] ?? 6)) * 255
      out[start + x] = tone < 0 ? 0 : Math.min(tone, 255)
    }
  }
  return { pixels: out, width, height }
}

/** Darkest and lightest tone of every column, grain averaged out. */
function columnTones(image: GrayImage): { low: Float32Array; high: Float32Array } {
  const { width, height } = image
  const smooth = averageColumns(image, 2)
  const low = new Float32Array(width).fill(255)
  const high = new Float32Array(width)
  for (let y = 0; y < height; y++) {
    const start = y * width
    for (let x = 0; x < width; x++) {
      const tone = smooth[start + x] ?? 0
      if (tone < (low[x] ?? 0)) low[x] = tone
      if (tone > (high[x] ?? 0)) high[x] = tone
    }
  }
  return { low, high }
}

/** The extreme of all tones within `reach`: of whole blocks first, so that wide surroundings cost little. */
function spreadTones(tones: Float32Array, reach: number, extreme: (a: number, b: number) => number) {
  const block = Math.max(1, reach >> 3)
  const blocks = new Float32Array(Math.ceil(tones.length / block))
  for (let at = 0; at < blocks.length; at++)
    blocks[at] = tones
      .subarray(at * block, (at + 1) * block)
      .reduce((best, tone) => extreme(best, tone), tones[at * block] ?? 0)
  return tones.map((tone, x) => {
    const from = Math.max(0, Math.floor((x - reach) / block))
    const to = Math.min(blocks.length - 1, Math.floor((x + reach) / block))
    let best = tone
    for (let at = from; at <= to; at++) best = extreme(best, blocks[at] ?? best)
    return best
  })
}

/** Mean of each pixel and those up to `reach` above and below; whole rows at a time, as memory lies. */
function averageColumns(image: GrayImage, reach: number): Float32Array {
  const { pixels, width, height } = image
  const out = new Float32Array(pixels.length)
  const sums = new Float32Array(width)
  let count = 0
  const addRow = (row: number, sign: 1 | -1) => {
    const start = row * width
    for (let x = 0; x < width; x++) sums[x] = (sums[x] ?? 0) + sign * (pixels[start + x] ?? 0)
    count += sign
  }
  for (let y = 0; y < Math.min(reach, height); y++) addRow(y, 1)
  for (let y = 0; y < height; y++) {
    if (y + reach < height) addRow(y + reach, 1)
    if (y - reach - 1 >= 0) addRow(y - reach - 1, -1)
    const start = y * width
    const part = 1 / count
    for (let x = 0; x < width; x++) out[start + x] = (sums[x] ?? 0) * part
  }
  return out
}
