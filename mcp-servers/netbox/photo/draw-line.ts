import type { FoundLine } from './find-text.ts'
import { cutFrame, type Frame, type GrayImage, type Pyramid } from './gray-image.ts'

/** How a line is drawn for the reader. */
export interface LineLook {
  capitalPixels: number
  /** 0: as photographed; 1 and more: edges drawn harder. */
  sharpening: number
}

export interface DrawnLine {
  image: GrayImage
  /** Where the picture lies in the photo. */
  frame: Frame
}

/** Cuts the line out, level, dark on white, its light evened out and its contrast stretched. `flipped`: upside down. */
export function drawLine(pyramid: Pyramid, line: FoundLine, look: LineLook, flipped: boolean): DrawnLine {
  const scale = look.capitalPixels / line.capitalPixels
  const margin = look.capitalPixels * 0.5
  const frame: Frame = {
    centreX: line.centreX,
    centreY: line.centreY,
    angleRadians: line.angleRadians + (flipped ? Math.PI : 0),
    scale,
    width: Math.round(Math.min(4000, line.lengthPixels * scale + look.capitalPixels * 2)),
    height: Math.round(look.capitalPixels + margin * 2),
  }
  const cut = cutFrame(pyramid, frame)
  const even = evenOut(cut, line.ink)
  return { image: look.sharpening > 0 ? sharpenBoth(even, look.sharpening, scale) : even, frame }
}

/** Maps each column's local background to white and its ink to near black, both taken from a window about four letters wide. */
function evenOut(image: GrayImage, ink: FoundLine['ink']): GrayImage {
  const { width, height } = image
  const pixels = ink === 'dark' ? image.pixels : image.pixels.map((value) => 255 - value)
  const step = Math.max(4, Math.round(height / 4))
  const reach = height * 2
  const anchors: { paper: number; print: number }[] = []
  for (let x = 0; x <= width + step; x += step) anchors.push(tonesAround(pixels, image, x, reach))
  const strongest = Math.max(...anchors.map((tones) => tones.paper - tones.print))
  const out = new Uint8Array(pixels.length)
  for (let x = 0; x < width; x++) {
    const place = x / step
    const first = anchors[Math.floor(place)] ?? { paper: 255, print: 0 }
    const second = anchors[Math.floor(place) + 1] ?? first
    const part = place - Math.floor(place)
    const paper = first.paper + (second.paper - first.paper) * part
    const print = first.print + (second.print - first.print) * part
    const range = Math.max(paper - print, strongest * 0.4, 8)
    for (let at = x; at < pixels.length; at += width) {
      const value = 255 - ((paper - (pixels[at] ?? 0)) / range) * 235
      out[at] = value < 0 ? 0 : Math.min(value, 255)
    }
  }
  return { pixels: out, width, height }
}

function tonesAround(pixels: Uint8Array, size: { width: number; height: number }, x: number, reach: number) {
  const counts = new Uint32Array(256)
  const from = Math.max(0, Math.min(size.width - 1, x - reach))
  const to = Math.min(size.width, Math.max(1, x + reach))
  let total = 0
  for (let row = 0; row < size.height; row += 2) {
    for (let at = row * size.width + from, end = row * size.width + to; at < end; at += 2) {
      const value = pixels[at] ?? 0
      counts[value] = (counts[value] ?? 0) + 1
      total++
    }
  }
  return { print: valueAt(counts, total * 0.04), paper: valueAt(counts, total * 0.75) }
}

function valueAt(counts: Uint32Array, rank: number): number {
  let seen = 0
  for (let value = 0; value < 256; value++) {
    seen += counts[value] ?? 0
    if (seen > rank) return value
  }
  return 255
}

function sharpenBoth(image: GrayImage, amount: number, scale: number): GrayImage {
  const { pixels, width, height } = image
  const reach = Math.max(1, Math.round(scale))
  const out = new Uint8Array(pixels.length)
  for (let y = 0; y < height; y++) {
    const above = (y >= reach ? y - reach : 0) * width
    const below = (y + reach < height ? y + reach : height - 1) * width
    for (let x = 0; x < width; x++) {
      const left = x >= reach ? x - reach : 0
      const right = x + reach < width ? x + reach : width - 1
      const here = pixels[y * width + x] ?? 0
      const around =
        (pixels[above + x] ?? 0) +
        (pixels[below + x] ?? 0) +
        (pixels[y * width + left] ?? 0) +
        (pixels[y * width + right] ?? 0)
      const value = here + amount * (here - around / 4) * 2
      out[y * width + x] = value < 0 ? 0 : Math.min(value, 255)
    }
  }
  return { pixels: out, width, height }
}
