import { type Bitmap, blankBitmap } from '../../mcp-servers/devices/labels/bitmap.ts'

/** Random dots from a seed, in stripes, so that rows repeat and stay white as on labels. */
export function noiseBitmap(widthDots: number, heightDots: number, seed: number): Bitmap {
  const bitmap = blankBitmap(widthDots, heightDots)
  let state = seed || 1
  bitmap.rows.forEach((row, y) => {
    const stripe = (seed >> (y & 7)) & 3
    for (let at = 0; at < row.length; at += 1) {
      state = (state * 1_103_515_245 + 12_345) % 2_147_483_648
      row[at] = stripe === 0 ? 0 : stripe === 1 ? 0x3c : (state >> 8) & 0xff
    }
    const spare = row.length * 8 - widthDots
    row[row.length - 1] = (row.at(-1) ?? 0) & (0xff << spare)
  })
  return bitmap
}
