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

const opaqueWhite = 0xffffffff

/**
 * Dark enough (Rec. 601 luma under half) becomes black; expects opaque RGBA pixels. A label is mostly white, and a white
 * pixel is seen by one comparison.
 */
export function thresholdRgba(
  pixels: Uint8Array,
  widthDots: number,
  heightDots: number,
  turn: 'upright' | 'clockwise' = 'upright',
): Bitmap {
  const isUpright = turn === 'upright'
  const bitmap = isUpright ? blankBitmap(widthDots, heightDots) : blankBitmap(heightDots, widthDots)
  const bytes = pixels.byteOffset % 4 === 0 ? pixels : Uint8Array.from(pixels)
  const whole = new Uint32Array(bytes.buffer, bytes.byteOffset, bytes.length >> 2)
  let pixel = 0
  for (let y = 0; y < heightDots; y += 1) {
    for (let x = 0; x < widthDots; x += 1, pixel += 1) {
      if (whole[pixel] === opaqueWhite) continue
      const at = pixel * 4
      const luma = 299 * (bytes[at] ?? 255) + 587 * (bytes[at + 1] ?? 255) + 114 * (bytes[at + 2] ?? 255)
      if (luma >= 128_000) continue
      if (isUpright) blacken(bitmap, x, y)
      else blacken(bitmap, heightDots - 1 - y, x)
    }
  }
  return bitmap
}

/** A quarter turn clockwise: the upper edge becomes the right one. */
export function turnClockwise(bitmap: Bitmap): Bitmap {
  const turned = blankBitmap(bitmap.heightDots, bitmap.widthDots)
  bitmap.rows.forEach((row, y) => {
    const column = bitmap.heightDots - 1 - y
    const mask = 0x80 >> (column & 7)
    for (let at = 0; at < row.length; at += 1) {
      const byte = row[at] ?? 0
      for (let bit = 0; byte !== 0 && bit < 8; bit += 1) {
        const to = (byte << bit) & 0x80 ? turned.rows[at * 8 + bit] : undefined
        if (to) to[column >> 3] = (to[column >> 3] ?? 0) | mask
      }
    }
  })
  return turned
}

/** A quarter turn back, for looking at what a printer got. */
export function turnAnticlockwise(bitmap: Bitmap): Bitmap {
  return turnClockwise(turnClockwise(turnClockwise(bitmap)))
}
