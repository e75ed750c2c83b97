import type { FoundLine } from './find-text.ts'
import { cutFrame, type GrayImage, type Pyramid } from './gray-image.ts'

const gradedCapitalPixels = 16
const marginPixels = 7

/**
 * How much a found line looks like print, 0 to 1: two clearly apart tones, the background tone above and below it, and
 * about as many strokes as letters need. Textures and edges of things fail at least one of these.
 */
export function gradeLine(pyramid: Pyramid, line: FoundLine): number {
  const scale = gradedCapitalPixels / line.capitalPixels
  const width = Math.round(Math.min(1600, line.lengthPixels * scale))
  const height = gradedCapitalPixels + 2 * marginPixels
  const image = cutFrame(pyramid, { ...line, scale, width, height })
  const flat = levelLight(image)
  const { threshold, separation, contrast } = splitTones(flat)
  const darkInk = line.ink === 'dark'
  const isInk = (at: number) => (flat[at] ?? 0) < threshold === darkInk
  const marginInk = (shareOf(isInk, width, [0, 3]) + shareOf(isInk, width, [height - 3, height])) / 2
  const coreInk = shareOf(isInk, width, [marginPixels, marginPixels + gradedCapitalPixels])
  if (coreInk < 0.08 || coreInk > 0.72 || marginInk > coreInk * 0.75) return 0
  const crossings = crossingsPerCapital(isInk, width)
  if (crossings < 0.9) return 0
  const clear = Math.min(1, contrast / 45)
  return separation * clear * Math.min(1, crossings / 1.8) * (1 - marginInk / 2)
}

/** Removes slow changes of light along the line: the background of each column's surroundings becomes one tone. */
function levelLight(image: GrayImage): Uint8Array {
  const { pixels, width, height } = image
  const columnMeans = new Float64Array(width)
  for (let x = 0; x < width; x++) {
    let sum = 0
    for (let y = 0; y < height; y++) sum += pixels[y * width + x] ?? 0
    columnMeans[x] = sum / height
  }
  const reach = 48
  const out = new Uint8Array(pixels.length)
  for (let x = 0; x < width; x++) {
    let sum = 0
    let count = 0
    for (let near = Math.max(0, x - reach); near <= Math.min(width - 1, x + reach); near += 4) {
      sum += columnMeans[near] ?? 0
      count++
    }
    const shift = 128 - sum / count
    for (let y = 0; y < height; y++) {
      const value = (pixels[y * width + x] ?? 0) + shift
      out[y * width + x] = value < 0 ? 0 : Math.min(value, 255)
    }
  }
  return out
}

/** Otsu 1979: the threshold, the share of the variance that it explains, and the distance of the two means. */
export function splitTones(pixels: Uint8Array): { threshold: number; separation: number; contrast: number } {
  const counts = new Float64Array(256)
  for (const value of pixels) counts[value] = (counts[value] ?? 0) + 1
  let total = 0
  let sum = 0
  let squares = 0
  counts.forEach((count, value) => {
    total += count
    sum += count * value
    squares += count * value * value
  })
  const variance = squares / total - (sum / total) ** 2
  let best = { threshold: 128, between: 0, contrast: 0 }
  let below = 0
  let belowSum = 0
  for (let value = 0; value < 255; value++) {
    below += counts[value] ?? 0
    belowSum += (counts[value] ?? 0) * value
    if (below === 0 || below === total) continue
    const contrast = (sum - belowSum) / (total - below) - belowSum / below
    const between = (below / total) * (1 - below / total) * contrast * contrast
    if (between > best.between) best = { threshold: value + 1, between, contrast }
  }
  return {
    threshold: best.threshold,
    separation: variance > 0 ? best.between / variance : 0,
    contrast: best.contrast,
  }
}

function shareOf(isInk: (at: number) => boolean, width: number, [from, to]: [number, number]): number {
  let ink = 0
  for (let at = from * width; at < to * width; at++) if (isInk(at)) ink++
  return ink / ((to - from) * width)
}

function crossingsPerCapital(isInk: (at: number) => boolean, width: number): number {
  let crossings = 0
  const rows = [0.25, 0.5, 0.75].map((part) => marginPixels + Math.round(part * gradedCapitalPixels))
  for (const row of rows)
    for (let x = 1; x < width; x++) if (isInk(row * width + x) && !isInk(row * width + x - 1)) crossings++
  return crossings / rows.length / (width / gradedCapitalPixels)
}
