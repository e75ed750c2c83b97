/** A one-bit picture in printer dots; rows are packed eight dots to the byte, leftmost dot first, 1 is black. */
export interface Bitmap {
  widthDots: number
  heightDots: number
  rows: Uint8Array[]
}

export function blankBitmap(widthDots: number, heightDots: number): Bitmap {
  const rows = Array.from({ length: heightDots }, () => new Uint8Array(Math.ceil(widthDots / 8)))
  return { widthDots, heightDots, rows }
}

export function isBlack(bitmap: Bitmap, x: number, y: number): boolean {
  return (((bitmap.rows[y]?.[x >> 3] ?? 0) >> (7 - (x & 7))) & 1) === 1
}

export function blacken(bitmap: Bitmap, x: number, y: number): void {
  const row = bitmap.rows[y]
  if (row) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7))
}

/** Dark enough (Rec. 601 luma under half) becomes black; expects opaque RGBA pixels. */
export function thresholdRgba(pixels: Uint8Array, widthDots: number, heightDots: number): Bitmap {
  const bitmap = blankBitmap(widthDots, heightDots)
  let at = 0
  for (const row of bitmap.rows) {
    for (let x = 0; x < widthDots; x += 1, at += 4) {
      const luma = 299 * (pixels[at] ?? 255) + 587 * (pixels[at + 1] ?? 255) + 114 * (pixels[at + 2] ?? 255)
      if (luma < 128_000) row[x >> 3] = (row[x >> 3] ?? 0) | (0x80 >> (x & 7))
    }
  }
  return bitmap
}

/** A quarter turn clockwise: the upper edge becomes the right one. */
export function turnClockwise(bitmap: Bitmap): Bitmap {
  const turned = blankBitmap(bitmap.heightDots, bitmap.widthDots)
  bitmap.rows.forEach((row, y) => {
    for (let x = 0; x < bitmap.widthDots; x += 1) {
      if (row[x >> 3] === 0) x |= 7
      else if (isBlack(bitmap, x, y)) blacken(turned, bitmap.heightDots - 1 - y, x)
    }
  })
  return turned
}

/** A quarter turn back, for looking at what a printer got. */
export function turnAnticlockwise(bitmap: Bitmap): Bitmap {
  return turnClockwise(turnClockwise(turnClockwise(bitmap)))
}
