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
