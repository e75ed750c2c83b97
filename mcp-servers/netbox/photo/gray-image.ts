/** Eight-bit brightness, row by row. */
export interface GrayImage {
  pixels: Uint8Array
  width: number
  height: number
}

/** The photo at full size, half, quarter, eighth: `levels[n]` is 2ⁿ smaller. */
export interface Pyramid {
  levels: [GrayImage, ...GrayImage[]]
}

export function buildPyramid(full: GrayImage): Pyramid {
  const levels: Pyramid['levels'] = [full]
  let last = full
  while (Math.max(last.width, last.height) > 600) {
    last = halve(last)
    levels.push(last)
  }
  return { levels }
}

function halve(image: GrayImage): GrayImage {
  const width = image.width >> 1
  const height = image.height >> 1
  const pixels = new Uint8Array(width * height)
  for (let y = 0; y < height; y++) {
    let from = y * 2 * image.width
    let below = from + image.width
    for (let at = y * width, end = at + width; at < end; at++, from += 2, below += 2) {
      pixels[at] =
        ((image.pixels[from] ?? 0) +
          (image.pixels[from + 1] ?? 0) +
          (image.pixels[below] ?? 0) +
          (image.pixels[below + 1] ?? 0) +
          2) >>
        2
    }
  }
  return { pixels, width, height }
}

/** A turned rectangle of the photo, drawn upright at its own scale. */
export interface Frame {
  /** Middle of the rectangle in photo pixels. */
  centreX: number
  centreY: number
  /** Clockwise turn of its reading direction in the photo. */
  angleRadians: number
  /** Pixels of the cut per pixel of the photo. */
  scale: number
  /** Size of the cut. */
  width: number
  height: number
}

/** Where a point of the cut lies in the photo. */
export function toPhoto(frame: Frame, x: number, y: number): { x: number; y: number } {
  const cos = Math.cos(frame.angleRadians) / frame.scale
  const sin = Math.sin(frame.angleRadians) / frame.scale
  const awayX = x - frame.width / 2
  const awayY = y - frame.height / 2
  return { x: frame.centreX + awayX * cos - awayY * sin, y: frame.centreY + awayX * sin + awayY * cos }
}

/** Cuts the frame out, bilinear, from the level that needs no more than a twofold shrink. Outside is the edge's colour. */
export function cutFrame(pyramid: Pyramid, frame: Frame): GrayImage {
  const wanted = Math.max(0, Math.floor(Math.log2(1 / frame.scale) + 0.01))
  const level = Math.min(wanted, pyramid.levels.length - 1)
  const source = pyramid.levels[level] ?? pyramid.levels[0]
  const shrink = 2 ** level
  const width = Math.max(1, Math.round(frame.width))
  const height = Math.max(1, Math.round(frame.height))
  const pixels = new Uint8Array(width * height)
  const start = toPhoto(frame, 0.5, 0.5)
  const stepX = Math.cos(frame.angleRadians) / frame.scale / shrink
  const stepY = Math.sin(frame.angleRadians) / frame.scale / shrink
  const { pixels: from, width: sourceWidth, height: sourceHeight } = source
  const maxX = sourceWidth - 1.001
  const maxY = sourceHeight - 1.001
  for (let row = 0; row < height; row++) {
    let x = start.x / shrink - 0.5 - row * stepY
    let y = start.y / shrink - 0.5 + row * stepX
    for (let at = row * width, end = at + width; at < end; at++, x += stepX, y += stepY) {
      const clampedX = x < 0 ? 0 : Math.min(x, maxX)
      const clampedY = y < 0 ? 0 : Math.min(y, maxY)
      const column = clampedX | 0
      const line = clampedY | 0
      const partX = clampedX - column
      const corner = line * sourceWidth + column
      const a = from[corner] ?? 0
      const b = from[corner + 1] ?? 0
      const c = from[corner + sourceWidth] ?? 0
      const d = from[corner + sourceWidth + 1] ?? 0
      const upper = a + (b - a) * partX
      pixels[at] = upper + (c + (d - c) * partX - upper) * (clampedY - line) + 0.5
    }
  }
  return { pixels, width, height }
}

export function invertGray(image: GrayImage): GrayImage {
  return { ...image, pixels: image.pixels.map((value) => 255 - value) }
}

/** A binary PGM file: both the code reader and the text reader take it without a codec. */
export function encodePgm(image: GrayImage): Uint8Array {
  const head = new TextEncoder().encode(`P5\n${image.width} ${image.height}\n255\n`)
  const file = new Uint8Array(head.length + image.pixels.length)
  file.set(head)
  file.set(image.pixels, head.length)
  return file
}

/** The upright box around a turned rectangle, cut to the photo. */
export function boxAround(points: { x: number; y: number }[], photo: { width: number; height: number }) {
  const clampX = (x: number) => Math.min(photo.width, Math.max(0, x))
  const clampY = (y: number) => Math.min(photo.height, Math.max(0, y))
  const left = Math.floor(clampX(Math.min(...points.map((point) => point.x))))
  const top = Math.floor(clampY(Math.min(...points.map((point) => point.y))))
  const right = Math.ceil(clampX(Math.max(...points.map((point) => point.x))))
  const bottom = Math.ceil(clampY(Math.max(...points.map((point) => point.y))))
  return { left, top, width: right - left, height: bottom - top }
}
